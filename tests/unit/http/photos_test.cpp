#include "http/handlers/photos.hpp"

#include <catch2/catch.hpp>

using namespace suara::http;
using namespace std::string_literals;

TEST_CASE("a picture's type is what its first bytes say") {
  CHECK(picture_type("\xFF\xD8\xFF\xE0 and more"s) == "image/jpeg");
  CHECK(picture_type("\x89PNG\r\n\x1A\n and more"s) == "image/png");
  CHECK(picture_type("RIFF\x10\x00\x00\x00WEBPVP8 "s) == "image/webp");
}

TEST_CASE("what is no picture has no type") {
  for (const std::string& content :
       {""s, "\xFF\xD8"s, "<svg xmlns='http://www.w3.org/2000/svg'/>"s, "GIF89a"s, "<!doctype html>"s,
        "\x89PNG\n\x1A\n"s, "RIFF\x10\x00\x00\x00WAVEfmt "s, "RIFFWEBP"s, "xxRIFF\x10\x00\x00\x00WEBP"s}) {
    CAPTURE(content);
    CHECK_FALSE(picture_type(content));
  }
}

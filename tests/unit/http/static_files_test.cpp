#include "http/static_files.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/temp_folder.hpp"

namespace suara::http {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

std::string field(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

Request with(std::string name, std::string value) {
  Request request;
  request.headers.emplace_back(std::move(name), std::move(value));
  return request;
}

}  // namespace

TEST_CASE("a file is served with its type and an entity tag, and not again to who has it") {
  const test::TempFolder folder;
  put(folder.path() / "assets" / "app.js", "let x = 1;");
  StaticFiles files(folder.path());
  const auto response = files.serve(Request{}, "assets/app.js");
  REQUIRE(response);
  CHECK(*response->body == "let x = 1;");
  CHECK(response->content_type == "text/javascript; charset=utf-8");
  const std::string etag = field(*response, "ETag");
  CHECK(etag.size() == 34);
  const auto again = files.serve(with("if-none-match", "\"other\", W/" + etag), "assets/app.js");
  REQUIRE(again);
  CHECK(again->status == 304);
  CHECK_FALSE(again->body);
  CHECK(files.serve(with("if-none-match", "\"other\""), "assets/app.js")->status == 200);
}

TEST_CASE("a changed file is read again") {
  const test::TempFolder folder;
  put(folder.path() / "a.css", "one");
  StaticFiles files(folder.path());
  CHECK(*files.serve(Request{}, "a.css")->body == "one");
  put(folder.path() / "a.css", "another");
  CHECK(*files.serve(Request{}, "a.css")->body == "another");
}

TEST_CASE("the compressed file goes to those who take gzip") {
  const test::TempFolder folder;
  put(folder.path() / "a.js", "plain");
  put(folder.path() / "a.js.gz", "squeezed");
  fs::last_write_time(folder.path() / "a.js.gz", fs::last_write_time(folder.path() / "a.js"));
  StaticFiles files(folder.path());
  const auto gzip = files.serve(with("accept-encoding", "br, gzip;q=0.8"), "a.js");
  CHECK(*gzip->body == "squeezed");
  CHECK(gzip->content_type == "text/javascript; charset=utf-8");
  CHECK(field(*gzip, "Content-Encoding") == "gzip");
  const auto plain = files.serve(with("accept-encoding", "gzip;q=0, br"), "a.js");
  CHECK(*plain->body == "plain");
  CHECK(field(*plain, "Vary") == "Accept-Encoding");
  CHECK(field(*plain, "ETag") != field(*gzip, "ETag"));
}

TEST_CASE("a compressed file from an older build is not used") {
  const test::TempFolder folder;
  put(folder.path() / "a.js", "plain");
  put(folder.path() / "a.js.gz", "old");
  fs::last_write_time(folder.path() / "a.js.gz",
                      fs::last_write_time(folder.path() / "a.js") - std::chrono::seconds(10));
  StaticFiles files(folder.path());
  CHECK(*files.serve(with("accept-encoding", "gzip"), "a.js")->body == "plain");
}

TEST_CASE("nothing outside the folder can be named") {
  const test::TempFolder folder;
  put(folder.path() / "secret", "secret");
  put(folder.path() / "web" / "a.css", "a");
  put(folder.path() / "web" / ".hidden", "hidden");
  StaticFiles files(folder.path() / "web");
  const auto path =
      GENERATE(as<std::string>{}, "", "/", "../secret", "assets/../../secret", "..", ".", "./a.css", "/etc/passwd",
               "a.css/", "//a.css", ".hidden", "a.css%00", "%2e%2e/secret", "..\\secret", "none.css", "a.css/b");
  CAPTURE(path);
  const auto response = files.serve(Request{}, path);
  REQUIRE_FALSE(response);
  CHECK(response.error().code == ErrorCode::not_found);
}

}  // namespace suara::http

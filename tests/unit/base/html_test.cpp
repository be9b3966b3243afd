#include "core/base/html.hpp"

#include <catch2/catch.hpp>

TEST_CASE("what HTML would read as its own is escaped") {
  CHECK(suara::escape_html("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  CHECK(suara::escape_html("Putri Ramadhani é") == "Putri Ramadhani é");
}

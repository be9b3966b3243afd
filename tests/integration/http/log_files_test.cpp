#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "core/crypto/hash.hpp"
#include "core/log/tiles.hpp"
#include "ledger/log_folder.hpp"
#include "tests/integration/http/site.hpp"

// The bulletin board: files and headers of /log/<uuid>/, for readers of every site.
namespace suara::test {
namespace {

using namespace std::chrono_literals;

const std::string uuid = "ucSijHEHGk8LHG";

// A log's files as the publisher leaves them, of entries that are no matter here.
struct Board {
  MariadbServer database;
  std::unique_ptr<TestSite> site = std::make_unique<TestSite>(database);
  ledger::LogFolder folder{database.dir() / "suara" / "log" / uuid};
  std::string large = std::string(300'000, 'x');  // more than is sent from memory

  Board() {
    put("tile/0/000", std::string(8192, 'a'));
    put("tile/0/001.p/3", std::string(96, 'b'));
    put("tile/entries/000", large);
    put("tile/entries/x001/067", "full");
    put("checkpoint", "a note\n");
    put("keys.json", "{}");
  }
  void put(const std::string& file, const std::string& content) {
    REQUIRE(folder.write(file, content, ledger::LogFolder::Keep::durable));
  }
  HttpReply send(const std::string& method, const std::string& file, const HttpHeaders& headers = {}) const {
    return site->client().send(method, "/log/" + uuid + "/" + file, headers);
  }
};

void check_all(const Board& board) {
  struct Expected {
    std::string file, type, caching;
    bool tagged;
  };
  const std::string bytes = "application/octet-stream", forever = "public, max-age=31536000, immutable";
  for (const auto& [file, type, caching, tagged] :
       {Expected{"tile/0/000", bytes, forever, false}, Expected{"tile/entries/000", bytes, forever, false},
        Expected{"tile/entries/x001/067", bytes, forever, false},
        Expected{"tile/0/001.p/3", bytes, "public, max-age=60", true},
        Expected{"checkpoint", "text/plain; charset=utf-8", "no-cache", true},
        Expected{"keys.json", "application/json", "no-cache", true}}) {
    CAPTURE(file);
    const auto reply = board.send("GET", file);
    CHECK(reply.status == 200);
    CHECK(reply.body == board.folder.read(file, 1 << 20).value());
    CHECK(reply.header("content-type") == type);
    CHECK(reply.header("cache-control") == caching);
    CHECK(reply.header("access-control-allow-origin") == "*");
    CHECK(reply.header("etag").empty() != tagged);
    const auto head = board.send("HEAD", file);
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(head.header("content-length") == std::to_string(reply.body.size()));
    CHECK(head.header("access-control-allow-origin") == "*");
    if (!tagged) continue;
    const auto same = board.send("GET", file, {{"If-None-Match", reply.header("etag")}});
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    CHECK(same.header("etag") == reply.header("etag"));
    CHECK(same.header("cache-control") == caching);
    CHECK(same.header("access-control-allow-origin") == "*");
    CHECK(board.send("GET", file, {{"If-None-Match", "\"other\""}}).status == 200);
  }
}

}  // namespace

TEST_CASE("a log's files come with the headers of tlog-tiles, also without a database") {
  Board board;
  SECTION("with it") {}
  SECTION("it is lost while the service runs") { board.database.kill9(); }
  SECTION("the service is started without it") {
    board.database.kill9();
    board.site = std::make_unique<TestSite>(board.database);
  }
  check_all(board);
}

TEST_CASE("a changed file is sent anew to who knows the one before") {
  Board board;
  const auto before = board.send("GET", "checkpoint");
  board.put("checkpoint", "another note\n");
  const auto after = board.send("GET", "checkpoint", {{"If-None-Match", before.header("etag")}});
  CHECK(after.status == 200);
  CHECK(after.body == "another note\n");
  CHECK(after.header("etag") != before.header("etag"));
}

TEST_CASE("pages of other sites may ask first, and see what is refused them") {
  Board board;
  const auto leave = board.send("OPTIONS", "checkpoint",
                                {{"Origin", "https://saksi.example"},
                                 {"Access-Control-Request-Method", "GET"},
                                 {"Access-Control-Request-Headers", "if-none-match"}});
  CHECK(leave.status == 204);
  CHECK(leave.header("access-control-allow-origin") == "*");
  CHECK(leave.header("access-control-allow-methods") == "GET, HEAD");
  CHECK(leave.header("access-control-allow-headers") == "If-None-Match");
  for (const char* file : {"checkpoint.witnessed", "tile/0/009", "other", "checkpoint.lock", ".lock", ".cosigned/3"}) {
    CAPTURE(file);
    const auto missing = board.send("GET", file);
    CHECK(missing.status == 404);
    CHECK(error_code(missing) == "not_found");
    CHECK(missing.header("access-control-allow-origin") == "*");
  }
  CHECK(board.send("POST", "checkpoint").status == 405);
}

}  // namespace suara::test

#include "core/codec/bel_archive.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/unit/ballot/archive_reader.hpp"

using namespace suara;
using namespace suara::codec;
using test::BasicElection;

namespace {

constexpr std::size_t block = 512;

struct Item {
  std::string name;
  std::string content;
};

std::string octal(std::uint64_t value, int digits) {
  char out[32];
  std::snprintf(out, sizeof out, "%0*llo", digits, static_cast<unsigned long long>(value));
  return out;
}

// Written apart from the reader, so that the tests can make archives that are well-formed tar and wrong inside.
std::string tar(const std::vector<Item>& items, std::uint64_t mtime = 1795386492) {
  std::string out;
  for (const auto& [name, content] : items) {
    std::string header(block, '\0');
    const auto put = [&](std::size_t at, const std::string& text) { header.replace(at, text.size(), text); };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, octal(content.size(), 11));
    put(136, octal(mtime, 11));
    put(148, std::string(8, ' '));
    put(156, "0");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + std::string(1, '\0'));
    out += header + content + std::string((block - content.size() % block) % block, '\0');
  }
  return out;
}

std::vector<Item> items_of(const std::string& bytes) {
  std::vector<Item> out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = std::stoul(bytes.substr(at + 124, 11), nullptr, 8);
    out.push_back({bytes.substr(at, bytes.find('\0', at) - at), bytes.substr(at + block, size)});
    at += block + (size + block - 1) / block * block;
  }
  return out;
}

std::vector<Item> basic_items() { return items_of(BasicElection::get().bytes); }

ErrorCode refusal_of(const std::string& bytes) {
  const auto archive = read_bel_archive(bytes);
  REQUIRE_FALSE(archive);
  CHECK(archive.error().detail.starts_with("archive: "));
  INFO(archive.error().detail);
  return archive.error().code;
}

Item event(const std::string& json) { return {crypto::to_hex(crypto::sha256(json).view()) + ".event.json", json}; }
Item data(const std::string& json) { return {crypto::to_hex(crypto::sha256(json).view()) + ".data.json", json}; }

}  // namespace

TEST_CASE("the archive of the independent election is read whole") {
  const auto& archive = BasicElection::get().archive;
  CHECK(archive.timestamp == 1795386492);
  REQUIRE(archive.events.size() == 17);
  CHECK(archive.events.front().type == BelEventType::setup);
  CHECK(archive.events[11].type == BelEventType::end_ballots);
  CHECK_FALSE(archive.events[11].payload);
  CHECK(archive.events.back().type == BelEventType::result);
  CHECK(BasicElection::get().payloads(BelEventType::ballot).size() == 10);
  CHECK(BasicElection::get().payloads(BelEventType::partial_decryption).size() == 3);
  REQUIRE(tar(basic_items()) == BasicElection::get().bytes);  // or the tests below would prove nothing
}

TEST_CASE("the threshold archive is read with all it holds") {
  const std::string bytes = test::read_file(test::vector_path("belenios/threshold/election.bel"));
  const auto archive = read_bel_archive(bytes).value();
  const auto setup = read_setup_data(archive.data.at(archive.events[0].payload.value())).value();
  CHECK(read_trustees(archive.data.at(setup.trustees)));
  CHECK(read_election(archive.data.at(setup.election)));
  CHECK(read_public_credentials(archive.data.at(setup.credentials)));
}

TEST_CASE("an archive that ends early is that of an open election") {
  auto items = basic_items();
  items.resize(10);  // up to the event of the second ballot
  const auto bytes = tar(items);
  const auto archive = read_bel_archive(bytes);
  REQUIRE(archive);
  CHECK(archive->events.back().type == BelEventType::ballot);
}

TEST_CASE("every changed byte of an archive is found") {
  const std::string good = BasicElection::get().bytes;
  // All headers and paddings, and contents by a stride: any of 60,000 would take minutes under the sanitizers.
  for (std::size_t at = 0; at < good.size(); at += at % block < 160 ? 7 : 97) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    INFO("byte " << at);
    REQUIRE_FALSE(read_bel_archive(bad));
  }
}

TEST_CASE("an archive that is cut, lengthened or of another tar is refused") {
  const std::string good = BasicElection::get().bytes;
  CHECK(refusal_of("") == ErrorCode::malformed);
  CHECK(refusal_of(good.substr(0, good.size() - 1)) == ErrorCode::malformed);
  CHECK(refusal_of(good.substr(0, 600)) == ErrorCode::malformed);
  CHECK(refusal_of(good + std::string(1024, '\0')) == ErrorCode::malformed);  // tar's usual end
  CHECK(refusal_of(good + "x") == ErrorCode::malformed);
  CHECK(refusal_of(good.substr(1024)) == ErrorCode::malformed);               // no BELENIOS
  CHECK(refusal_of(tar(basic_items(), 1795386493)) == ErrorCode::malformed);  // not the timestamp inside
  auto huge = good;
  huge.replace(124, 11, "77777777777");
  CHECK(refusal_of(huge) == ErrorCode::malformed);
}

TEST_CASE("data and events must be what their names, places and parents say") {
  const auto with = [](auto change) {
    auto items = basic_items();
    change(items);
    return refusal_of(tar(items));
  };
  CHECK(with([](auto& i) { i[6].content += " "; }) == ErrorCode::integrity);                    // not its name
  CHECK(with([](auto& i) { i[6].name[0] = 'z'; }) == ErrorCode::malformed);                     // no hash
  CHECK(with([](auto& i) { i.erase(i.begin() + 6); }) == ErrorCode::integrity);                 // data missing
  CHECK(with([](auto& i) { i.erase(i.begin() + 6, i.begin() + 8); }) == ErrorCode::integrity);  // chain broken
  CHECK(with([](auto& i) { std::swap(i[6], i[7]); }) == ErrorCode::integrity);                  // data after the event
  CHECK(with([](auto& i) { std::swap(i[1], i[2]); }) == ErrorCode::integrity);                  // another order of data
  CHECK(with([](auto& i) { i.insert(i.begin() + 6, i[6]); }) == ErrorCode::integrity);          // the same data twice
  CHECK(with([](auto& i) { i.insert(i.begin() + 6, data("{}")); }) == ErrorCode::integrity);    // data nobody needs
  CHECK(with([](auto& i) { i.push_back(data("{}")); }) == ErrorCode::integrity);
  CHECK(with([](auto& i) { i.resize(1); }) == ErrorCode::malformed);
  CHECK(with([](auto& i) { i[0].content = "{\"version\":2,\"timestamp\":\"1795386492\"}"; }) == ErrorCode::unsupported);
}

TEST_CASE("events in an order that the protocol does not have are refused") {
  const auto& events = BasicElection::get().archive.events;
  const std::string parent = "{\"parent\":\"" + crypto::to_hex(events[2].id.view()) + "\",";
  const auto after_two_ballots = [&](const Item& last) {
    auto items = basic_items();
    items.resize(10);
    items.push_back(last);
    return refusal_of(tar(items));
  };
  CHECK(after_two_ballots(event(parent + "\"height\":4,\"type\":\"EndBallots\"}")) == ErrorCode::integrity);
  CHECK(after_two_ballots(event(parent + "\"height\":3,\"type\":\"Shuffle\"}")) == ErrorCode::unsupported);
  CHECK(after_two_ballots(event(parent + "\"height\":3,\"type\":\"Ballot\"}")) == ErrorCode::malformed);
  CHECK(after_two_ballots(event("{\"height\":3,\"type\":\"EndBallots\"}")) == ErrorCode::integrity);
  CHECK(after_two_ballots(event(parent + "\"height\":3, \"type\":\"EndBallots\"}")) == ErrorCode::malformed);
  CHECK(after_two_ballots(event(parent + "\"height\":3,\"type\":\"Result\",\"payload\":\"" +
                                crypto::to_hex(events[1].payload->view()) + "\"}")) == ErrorCode::integrity);
  auto items = basic_items();
  items.resize(10);
  items.push_back(event(parent + "\"height\":3,\"type\":\"EndBallots\"}"));
  CHECK(read_bel_archive(tar(items)));
  // The bytes of a ballot that stood already are not repeated.
  items.pop_back();
  items.push_back(event(parent + "\"height\":3,\"type\":\"Ballot\",\"payload\":\"" +
                        crypto::to_hex(events[1].payload->view()) + "\"}"));
  CHECK(read_bel_archive(tar(items)));
}

#include "core/codec/opening.hpp"

#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/codec/json_writer.hpp"

namespace suara::codec {

std::string write_opening(const OpeningFile& opening) {
  JsonWriter w(JsonWriter::Order::as_written);
  w.begin_object().number("version", 1).text("election", opening.election).text("ballot", opening.ballot);
  w.key("randomness").begin_array();
  for (const auto& question : opening.randomness) {
    w.begin_array();
    for (const auto& scalar : question) w.text(scalar.to_decimal());
    w.end_array();
  }
  w.end_array().end_object();
  return w.take();
}

Result<OpeningFile> read_opening(std::string_view json) {
  const auto document = parts::parse(json, "opening", max_opening_size);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"version", "election", "ballot", "randomness"});
  OpeningFile out;
  if (f.uint("version") != 1) f.refuse("version", ErrorCode::unsupported, "must be 1.");
  out.election = f.text("election");
  out.ballot = f.text("ballot");
  out.parsed_election = f.parsed("election", read_election);
  out.parsed_ballot = f.parsed("ballot", read_ballot);
  if (f.failed()) return fail(f.error());
  auto randomness = parts::table(*document->root().member("randomness"), parts::scalar);
  if (!randomness) return fail(std::move(randomness).error());
  out.randomness = std::move(*randomness);
  return out;
}

}  // namespace suara::codec

#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"

// One voter as the roll knows them. Personal data: it goes to tables that can be erased, and never into the ledger or a
// log.
namespace suara::codec {

constexpr std::size_t max_roll_cell = 200;  // bytes
constexpr std::size_t max_roll_id = 100;    // bytes

// How the voter gets the code: sent before the day, or handed out at the polling place.
enum class Delivery { post, place };
std::string_view delivery_name(Delivery delivery);  // "post", "place"
// "post" or "pos", "place" or "tps", in any case.
std::optional<Delivery> delivery_from_text(std::string_view text);

struct RollRow {
  VoterId id;
  std::string name;
  std::string klass;
  PlaceId place;
  std::uint64_t weight = 1;
  Delivery delivery = Delivery::post;
  std::size_t line = 0;  // of the file, from 1; 0 where it comes from none
};

// Why a text cannot be an id, a name or a class, as the end of a sentence ("is empty."). None where it can.
std::optional<std::string> roll_text_fault(std::string_view text, std::size_t longest = max_roll_cell);

// SHA-256(salt || 0x00 || canonical JSON {"class","delivery","id","name","place","weight"}): what VotersEnrolled
// records of a voter. `weight` stands in it only where it is not 1, `delivery` only where it is "place".
Hash roll_commitment(ByteView salt, const RollRow& row);

}  // namespace suara::codec

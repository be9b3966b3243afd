#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/codec/roll_row.hpp"
#include "core/election/types.hpp"

// The committee's roll, as spreadsheets export it (RFC 4180):
//   - UTF-8, with or without a byte order mark; lines end with LF or CRLF;
//   - cells are separated by ',' or ';', whichever the header uses; a cell may be in double quotes;
//   - the first line names the columns, in any order and case: id (nomor), name (nama), class (kelas), place (tps), and
//     where votes have weights, weight (bobot): a whole number from 1 to 1,000,000, 1 where the cell is empty; and
//     where some get their code at the polling place, delivery (penyerahan): post (pos) or place (tps), post where the
//     cell is empty;
//   - blank lines and spaces around a cell are passed over.
namespace suara::codec {

constexpr std::size_t max_roll_bytes = 64u << 20;
constexpr std::size_t max_roll_rows = 500'000;

// All rows, or every fault as "line 7, column 3 (place): ..." in `items`; no fault repeats a name or an id.
// Errors: roll_invalid; too_large (file or number of rows).
Result<std::vector<RollRow>> read_roll_csv(std::string_view bytes, const std::vector<election::Place>& places);

}  // namespace suara::codec

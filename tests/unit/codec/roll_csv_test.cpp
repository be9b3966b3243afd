#include "core/codec/roll_csv.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::codec;
using suara::test::refused;

namespace {

const std::vector<election::Place> places{{PlaceId{"tps-1"}, "TPS 1"}, {PlaceId{"tps-2"}, "TPS 2"}};

Result<std::vector<RollRow>> read(const std::string& text) { return read_roll_csv(text, places); }

std::vector<std::string> faults(const std::string& text) {
  const auto roll = read(text);
  if (roll) return {};
  CHECK(roll.error().code == ErrorCode::roll_invalid);
  return roll.error().items;
}

// The only fault of `row` under a good header, in line 2.
std::string fault_of(const std::string& row) {
  const auto items = faults("id,name,class,place\n" + row + "\n");
  CAPTURE(items);
  REQUIRE(items.size() == 1);
  return items.front();
}

}  // namespace

TEST_CASE("a roll is read with its columns in any order and language") {
  for (const std::string text :
       {"id,name,class,place\n7,Ayu,XII-1,tps-1\n8,\"Bima, S.\",XI,tps-2\n",
        "TPS;Kelas;Nama;Nomor\ntps-1;XII-1;Ayu;7\ntps-2;XI;Bima, S.;8",
        "\xEF\xBB\xBFid,NAME , Class,tps\r\n 7 ,Ayu,XII-1,tps-1\r\n\r\n8,\"Bima, S.\",XI,tps-2\r\n",
        "\n\nid,name,class,place\n7,Ayu,XII-1,tps-1\n,,,\n8,\"Bima, S.\",\"XI\",tps-2\n\n"}) {
    CAPTURE(text);
    const auto roll = read(text);
    REQUIRE(roll);
    REQUIRE(roll->size() == 2);
    CHECK((*roll)[0].id.value == "7");
    CHECK((*roll)[0].name == "Ayu");
    CHECK((*roll)[0].klass == "XII-1");
    CHECK((*roll)[0].place.value == "tps-1");
    CHECK((*roll)[1].name == "Bima, S.");
    CHECK((*roll)[1].place.value == "tps-2");
  }
}

TEST_CASE("a row knows its line of the file") {
  const auto roll = read("id,name,class,place\r\n\r\n7,\"Ayu \"\"A\"\"\",X,tps-1\r\n\r\n\r\n8,Bima,X,tps-1");
  REQUIRE(roll);
  CHECK((*roll)[0].line == 3);
  CHECK((*roll)[0].name == "Ayu \"A\"");
  CHECK((*roll)[1].line == 6);
}

TEST_CASE("each kind of faulty cell is named by line and column") {
  CHECK(fault_of("7,,X,tps-1") == "line 2, column 2 (name): is empty.");
  CHECK(fault_of("7,   ,X,tps-1") == "line 2, column 2 (name): is empty.");
  CHECK(fault_of("7,Ayu,X,tps-9") ==
        "line 2, column 4 (place): 'tps-9' is not one of the election's polling places (tps-1, tps-2).");
  CHECK(fault_of("7,Ayu,X") == "line 2: has 3 cells, the header 4.");
  CHECK(fault_of("7,Ayu,X,tps-1,5") == "line 2: has 5 cells, the header 4.");
  CHECK(fault_of("7," + std::string(201, 'a') + ",X,tps-1").find("has 201 bytes; at most 200") != std::string::npos);
  CHECK(fault_of(std::string(101, '7') + ",Ayu,X,tps-1").find("(id): has 101 bytes; at most 100") != std::string::npos);
  CHECK(fault_of("7,\"Ayu\nBima\",X,tps-1") == "line 2, column 2 (name): holds a line break: remove it.");
  CHECK(fault_of(std::string("7,A\0yu,X,tps-1", 14)) ==
        "line 2, column 2 (name): holds a control character: remove it.");
  CHECK(fault_of("7,Ay\xFF,X,tps-1").find("line 2: is not UTF-8") == 0);
  CHECK(fault_of("7,Ayu\rBima,X,tps-1").find("line 2: holds a carriage return") == 0);
  CHECK(fault_of("7,A\"yu,X,tps-1").find("line 2: a double quote is out of place") == 0);
  CHECK(fault_of("7,\"Ayu,X,tps-1").find("line 2: a cell's opening quote is never closed") == 0);
}

TEST_CASE("cells that a spreadsheet would run are refused") {
  for (const std::string name : {"=1+1", "+62812", "-5", "@SUM(A1)", "\tx", " =HYPERLINK(1)", "\"=1\"", "\"\tx\""}) {
    CAPTURE(name);
    CHECK(fault_of("7," + name + ",X,tps-1").find("line 2, column 2 (name): begins with =") == 0);
  }
  CHECK(read("id,name,class,place\n7,Ayu-Bima = @x,X,tps-1"));
}

TEST_CASE("an id stands once in a roll, and no complaint repeats it") {
  const auto items = faults("id,name,class,place\n77,Ayu,X,tps-1\n78,Bima,X,tps-1\n77,Citra,X,tps-1\n");
  REQUIRE(items == std::vector<std::string>{"line 4, column 1 (id): the same id stands in line 2."});
}

TEST_CASE("a column of weights may be there, and an empty cell weighs one") {
  for (const std::string header : {"id,name,class,place,weight", "id,name,class,place,Bobot"}) {
    const auto roll = read(header + "\n7,Ayu,X,tps-1,12\n8,Bima,X,tps-1,\n9,Citra,X,tps-2, 1000000 \n");
    REQUIRE(roll);
    CHECK((*roll)[0].weight == 12);
    CHECK((*roll)[1].weight == 1);
    CHECK((*roll)[2].weight == 1'000'000);
  }
  const auto without = read("id,name,class,place\n7,Ayu,X,tps-1\n");
  REQUIRE(without);
  CHECK((*without)[0].weight == 1);
  for (const std::string wrong : {"0", "-1", "+1", "1.5", "\"1,5\"", "01", "1000001", "99999999999999999999", "x"}) {
    CAPTURE(wrong);
    const auto items = faults("weight,id,name,class,place\n" + wrong + ",7,Ayu,X,tps-1\n");
    REQUIRE(items.size() == 1);
    CHECK(items[0] == "line 2, column 1 (weight): must be a whole number from 1 to 1000000, without a sign or point.");
  }
}

TEST_CASE("how a voter gets the code is read in both languages, by post where nothing says so") {
  const auto roll = read("nomor;nama;kelas;tps;Penyerahan\n7;A;X;tps-1;TPS\n8;B;X;tps-1;pos\n9;C;X;tps-1;\n");
  REQUIRE(roll);
  CHECK((*roll)[0].delivery == Delivery::place);
  CHECK((*roll)[1].delivery == Delivery::post);
  CHECK((*roll)[2].delivery == Delivery::post);
  const auto english = read("id,name,class,place,delivery\n7,A,X,tps-1,Place\n8,B,X,tps-1,post\n");
  REQUIRE(english);
  CHECK((*english)[0].delivery == Delivery::place);
  CHECK((*english)[1].delivery == Delivery::post);
  CHECK((*read("id,name,class,place\n7,A,X,tps-1\n"))[0].delivery == Delivery::post);
  CHECK(faults("id,name,class,place,delivery\n7,A,X,tps-1,kurir\n") ==
        std::vector<std::string>{"line 2, column 5 (delivery): must be post (pos) or place (tps)."});
}

TEST_CASE("headers must name the four columns, each once, and no other") {
  CHECK(faults("id,name,class\n7,Ayu,X\n") ==
        std::vector<std::string>{"line 1: the column 'place' (or 'tps') is missing."});
  CHECK(faults("id,name,class,place,alamat\n") ==
        std::vector<std::string>{"line 1, column 5 ('alamat'): is no column of the roll: remove it."});
  CHECK(faults("id,nomor,name,class,place\n") ==
        std::vector<std::string>{"line 1, column 2 (id): stands twice in the header."});
  const auto headless = faults("7,Ayu Lestari,X,tps-1\n8,Bima,X,tps-1\n");
  REQUIRE(headless.size() == 1);
  CHECK(headless[0].find("must name the columns") != std::string::npos);
  CHECK(headless[0].find("Ayu") == std::string::npos);
}

TEST_CASE("every fault is listed, and after a hundred only counted") {
  std::string text = "id,name,class,place\n";
  for (int i = 0; i < 150; ++i) text += std::to_string(i) + ",,X,tps-1\n";
  const auto items = faults(text);
  REQUIRE(items.size() == 101);
  CHECK(items[0] == "line 2, column 2 (name): is empty.");
  CHECK(items[99] == "line 101, column 2 (name): is empty.");
  CHECK(items[100] == "... and 50 more.");
  CHECK(faults("id,name,class,place\n,,X,tps-3\n").size() == 3);
}

TEST_CASE("files that are no roll are refused") {
  CHECK(refused(read("")) == ErrorCode::roll_invalid);
  CHECK(refused(read("\n\n")) == ErrorCode::roll_invalid);
  CHECK(refused(read("id,name,class,place\n")) == ErrorCode::roll_invalid);
  CHECK(refused(read(std::string("\xFF\xFEi\0d\0", 6))) == ErrorCode::roll_invalid);
  CHECK(refused(read(std::string(max_roll_bytes + 1, 'x'))) == ErrorCode::too_large);
}

TEST_CASE("the number of rows is bounded") {
  std::string text = "id,name,class,place\n";
  for (std::size_t i = 0; i < max_roll_rows; ++i) text += std::to_string(i) + ",A,X,tps-1\n";
  const auto full = read(text);
  REQUIRE(full);
  CHECK(full->size() == max_roll_rows);
  CHECK(refused(read(text + "x,A,X,tps-1\n")) == ErrorCode::too_large);
}

TEST_CASE("a voter's commitment binds salt and row") {
  const RollRow row{VoterId{"7"}, "Ayu \"A\"", "XII", PlaceId{"tps-1"}, 1, Delivery::post, 2};
  const Bytes salt{1, 2, 3};
  const std::string json = R"({"class":"XII","id":"7","name":"Ayu \"A\"","place":"tps-1"})";
  CHECK(roll_commitment(salt, row) == crypto::sha256(std::string("\x01\x02\x03\x00", 4) + json));
  RollRow other = row;
  other.line = 9;
  CHECK(roll_commitment(salt, other) == roll_commitment(salt, row));
  other.klass = "XI";
  CHECK(roll_commitment(salt, other) != roll_commitment(salt, row));
  CHECK(roll_commitment(Bytes{1, 2, 4}, row) != roll_commitment(salt, row));
  RollRow heavy = row;
  heavy.weight = 3;
  const std::string weighed = R"({"class":"XII","id":"7","name":"Ayu \"A\"","place":"tps-1","weight":3})";
  CHECK(roll_commitment(salt, heavy) == crypto::sha256(std::string("\x01\x02\x03\x00", 4) + weighed));
  RollRow handed = row;
  handed.delivery = Delivery::place;
  const std::string by_hand = R"({"class":"XII","delivery":"place","id":"7","name":"Ayu \"A\"","place":"tps-1"})";
  CHECK(roll_commitment(salt, handed) == crypto::sha256(std::string("\x01\x02\x03\x00", 4) + by_hand));
}

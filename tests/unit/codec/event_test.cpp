#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <catch2/catch.hpp>
#include <set>

#include "core/codec/canonical_json.hpp"
#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "tests/support/polling_day.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;
using namespace suara::codec;
using namespace suara::election;
using namespace suara::test;

namespace {

const std::string witness_key = "saksi.example/1+ed1c393b+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

// Elections which together record every type: a live one, a sealed one, one with weights, a key ceremony that begins
// twice, and a challenged ballot, one with a polling day that is cancelled, and one whose ledger's key is changed.
const std::vector<Recorded>& every_event() {
  static const auto events = [] {
    HeldElection live;
    live.open(small_draft(TallyPolicy::live), 2);
    live.must(VerifyVoter{ballot::public_credential(live.voters[0])}, voter);
    live.must(live.ballot_of(0, 0), voter);
    live.must(live.ballot_of(1, 1), voter);
    live.must(live.live_tally(), service);
    live.finish();
    auto draft = small_draft();
    draft.trustees = 3;
    HeldElection sealed;
    sealed.open(draft, 2);
    sealed.must(sealed.ballot_of(0, 1), voter);
    sealed.finish();
    HeldElection rich;
    rich.draft(rich_draft());
    rich.must(rich.new_certificate(), trustee);
    rich.must(RestartCeremony{"Berkas \"kunci\" hilang"}, committee);
    rich.must(rich.new_trustee_key(), trustee);
    rich.run_ceremony();
    rich.enrol(1, PlaceId{"tps-1"}, 12);
    rich.seal();
    rich.must(OpenElection{}, committee);
    const std::vector<std::vector<unsigned>> blank{{1, 0, 0}, {0, 0, 0, 0}};
    rich.must(HeldElection::challenge(rich.ballot_with(rich.voters[0], blank)), voter);
    rich.must(rich.ballot_with(rich.voters[0], blank), voter);
    rich.finish();
    PollingDay day;
    day.set_up_day(day.open_ledger({}));
    day.seal_day();
    day.vote_day();
    day.cancel_day();
    HeldElection rotated;
    auto watched = small_draft();
    watched.policies.witnesses = WitnessPolicy{1, {witness_key}};
    rotated.draft(watched);
    rotated.must(rotated.rotation(crypto::SigningKey::generate()), committee);
    auto all = live.recorded;
    for (const HeldElection* each : {&sealed, &rich, static_cast<HeldElection*>(&day), &rotated})
      all.insert(all.end(), each->recorded.begin(), each->recorded.end());
    return all;
  }();
  return events;
}

// The first event of a type in the elections above.
const Event& one(std::string_view type) {
  for (const auto& each : every_event()) {
    if (type_name(each.event) == type) return each.event;
  }
  throw std::logic_error("no event of this type");
}

std::string with_replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("text to replace is not there");
  return text.replace(at, from.size(), to);
}

// What reading gives after a change of the written data.
std::optional<ErrorCode> read_changed(std::string_view type, std::string_view from, std::string_view to) {
  return refused(read_event(type, 1, with_replaced(write_event_data(one(type)), from, to), Trust::full));
}

}  // namespace

TEST_CASE("every type of event is written canonically and read back the same") {
  std::set<std::string_view> types;
  for (const auto& each : every_event()) {
    const auto type = type_name(each.event);
    types.insert(type);
    CAPTURE(type);
    const std::string data = write_event_data(each.event);
    CHECK(check_canonical(data));
    for (const Trust trust : {Trust::full, Trust::trusted}) {
      const auto read = read_event(type, event_version, data, trust);
      REQUIRE(read);
      CHECK(read->index() == each.event.index());
      CHECK(write_event_data(*read) == data);
    }
  }
  CHECK(types.size() == std::variant_size_v<Event>);
}

TEST_CASE("what is read beside a Belenios text is what decide had") {
  const auto read = [](std::string_view type) {
    return read_event(type, 1, write_event_data(one(type)), Trust::full).value();
  };
  const auto cast = std::get<BallotCast>(read("BallotCast"));
  const auto& given = std::get<BallotCast>(one("BallotCast"));
  CHECK(cast.parsed.credential == given.parsed.credential);
  CHECK(cast.parsed.tracker == given.parsed.tracker);
  CHECK(cast.parsed.answers == given.parsed.answers);
  const auto live = std::get<LiveTallyPublished>(read("LiveTallyPublished"));
  const auto& live_given = std::get<LiveTallyPublished>(one("LiveTallyPublished"));
  CHECK(live.counts == live_given.counts);
  CHECK(live.num_tallied == live_given.num_tallied);
  CHECK(live.total_weight == live_given.total_weight);
  CHECK(live.tally == live_given.tally);
  CHECK(live.shares.at(0).partial.factors == live_given.shares.at(0).partial.factors);
  CHECK(live.shares.at(0).strong == live_given.shares.at(0).strong);
  const auto sealed = std::get<ElectionSealed>(read("ElectionSealed"));
  CHECK(sealed.parsed_election.fingerprint ==
        std::get<ElectionSealed>(one("ElectionSealed")).parsed_election.fingerprint);
  CHECK(std::get<ElectionDrafted>(read("ElectionDrafted")).draft == small_draft(TallyPolicy::live));
  const auto certificate = std::get<TrusteeCertificatePublished>(read("TrusteeCertificatePublished"));
  const auto& certificate_given = std::get<TrusteeCertificatePublished>(one("TrusteeCertificatePublished"));
  CHECK(certificate.parsed.verification == certificate_given.parsed.verification);
  CHECK(certificate.parsed.encryption == certificate_given.parsed.encryption);
  CHECK(certificate.parsed.message.text == certificate_given.parsed.message.text);
  CHECK(certificate.coefexps_hash == certificate_given.coefexps_hash);
  const auto coefexps = std::get<TrusteeCoefexpsPublished>(read("TrusteeCoefexpsPublished"));
  const auto& coefexps_given = std::get<TrusteeCoefexpsPublished>(one("TrusteeCoefexpsPublished"));
  CHECK(coefexps.parsed.elements == coefexps_given.parsed.elements);
  CHECK(coefexps.shares == coefexps_given.shares);
  const auto challenged = std::get<BallotChallenged>(read("BallotChallenged"));
  CHECK(challenged.parsed.tracker == std::get<BallotChallenged>(one("BallotChallenged")).parsed.tracker);
}

TEST_CASE("every type of event is what its schema describes, and nothing more") {
  for (const auto& each : every_event()) {
    const std::string type(type_name(each.event));
    CAPTURE(type);
    const auto path = std::filesystem::path(SUARA_SOURCE_DIR) / "schema/events" / (type + ".v1.json");
    rapidjson::Document schema_text;
    REQUIRE(!schema_text.Parse(read_file(path).c_str()).HasParseError());
    const rapidjson::SchemaDocument schema(schema_text);
    const auto valid = [&](const rapidjson::Value& value) {
      rapidjson::SchemaValidator validator(schema);
      return value.Accept(validator);
    };
    rapidjson::Document data;
    data.Parse(write_event_data(each.event).c_str());
    CHECK(valid(data));

    rapidjson::Document more;
    more.CopyFrom(data, more.GetAllocator());
    more.AddMember("surplus", 1, more.GetAllocator());
    CHECK(!valid(more));
    for (const auto& member : data.GetObject()) {
      CAPTURE(member.name.GetString());
      rapidjson::Document changed;
      changed.CopyFrom(data, changed.GetAllocator());
      changed[member.name.GetString()].SetBool(true);
      CHECK(!valid(changed));
      changed.RemoveMember(member.name.GetString());
      CHECK(!valid(changed));
    }
  }
}

TEST_CASE("weights stand beside voters and credentials only where they are not one") {
  const Hash commitment = HeldElection::commitment_of(0);
  const PlaceId place{"tps-1"};
  const auto voters = write_event_data(VotersEnrolled{0, {{commitment, place, 1}, {commitment, place, 2}}});
  CHECK(voters.find(R"("place":"tps-1"},{)") != std::string::npos);
  CHECK(voters.find(R"("place":"tps-1","weight":2}])") != std::string::npos);
  const auto read = read_event("VotersEnrolled", 1, voters, Trust::full);
  REQUIRE(read);
  CHECK(std::get<VotersEnrolled>(*read).voters.at(0).weight == 1);
  CHECK(std::get<VotersEnrolled>(*read).voters.at(1).weight == 2);
  CHECK(refused(read_event("VotersEnrolled", 1, with_replaced(voters, "\"weight\":2", "\"weight\":1"), Trust::full)) ==
        ErrorCode::malformed);

  const std::string g = ballot::Element::generator().to_text();
  for (const auto trust : {Trust::full, Trust::trusted}) {
    CHECK(read_roll_credential(g, trust)->weight == 1);
    CHECK(read_roll_credential(g + ",2", trust)->weight == 2);
    CHECK(read_roll_credential(g + ",1000000", trust)->weight == 1'000'000);
    for (const auto* wrong :
         {",", ",1", ",0", ",02", ",+2", ",2 ", ",-2", ",2.0", ",1000001", ",99999999999999999999"}) {
      CAPTURE(wrong);
      CHECK(refused(read_roll_credential(g + wrong, trust)) == ErrorCode::malformed);
    }
  }
  CHECK(write_roll_credential({ballot::Element::generator(), 1}) == g);
  CHECK(write_roll_credential({ballot::Element::generator(), 30}) == g + ",30");
}

TEST_CASE("unknown types, versions and members are refused") {
  CHECK(refused(read_event("KingCrowned", 1, "{}", Trust::full)) == ErrorCode::unsupported);
  CHECK(refused(read_event("ElectionOpened", 2, "{}", Trust::full)) == ErrorCode::unsupported);
  CHECK(refused(read_event("ElectionOpened", 1, R"({"by":"ani"})", Trust::full)) == ErrorCode::malformed);
  CHECK(refused(read_event("ElectionOpened", 1, "[]", Trust::full)) == ErrorCode::malformed);
  CHECK(refused(read_event("ElectionOpened", 1, "", Trust::full)) == ErrorCode::malformed);
  CHECK(refused(read_event("ElectionOpened", 1, std::string(70'000, ' ') + "{}", Trust::full)) == ErrorCode::too_large);
  const auto missing = read_event("RollSealed", 1, R"({"voters":1,"credentials":1})", Trust::full);
  REQUIRE(!missing);
  CHECK(missing.error().code == ErrorCode::malformed);
  CHECK(missing.error().detail.find("credentials_hash") != std::string::npos);
}

TEST_CASE("members of another kind or form are refused") {
  CHECK(read_changed("VotersEnrolled", "\"first\":0", "\"first\":-1") == ErrorCode::malformed);
  CHECK(read_changed("VotersEnrolled", "\"first\":0", "\"first\":\"0\"") == ErrorCode::malformed);
  CHECK(read_changed("VotersEnrolled", "{\"commitment\":\"", "{\"commitment\":\"A") == ErrorCode::malformed);
  CHECK(read_changed("RollImported", "\"credentials\":[\"", "\"credentials\":[\"0") == ErrorCode::invalid_point);
  CHECK(read_changed("VoterVerified", "\"credential\"}", "\"friend\"}") == ErrorCode::unsupported);
  CHECK(read_changed("VoterVerified", "\"credential\"}", "\"officer\"}") == ErrorCode::malformed);
  CHECK(read_changed("OfficialAppointed", "\"committee\"", "\"king\"") == ErrorCode::malformed);
  CHECK(read_changed("StepProposed", "\"seal\"", "\"reseal\"") == ErrorCode::malformed);
  CHECK(read_changed("ProposalWithdrawn", "\"step\"", "\"stage\"") == ErrorCode::malformed);
  CHECK(read_changed("VotingExtended", "Z\"", "\"") == ErrorCode::malformed);
  CHECK(read_changed("CorrectionRecorded", "\"entry\":", "\"entry\":-") == ErrorCode::malformed);
  CHECK(read_changed("IncidentNoted", "\"entries\":[", "\"entries\":[-1,") == ErrorCode::malformed);
  CHECK(read_changed("KeyRotated", "\"key\":\"", "\"key\":\"x") == ErrorCode::integrity);
  CHECK(read_changed("KeyRotated", "\"proof\":\"", "\"proof\":\"A") == ErrorCode::malformed);
  CHECK(read_changed("VoterCorrected", "\"was\":\"", "\"was\":\"A") == ErrorCode::malformed);
  CHECK(read_changed("VoterRemoved", "\"voter\":\"", "\"voter\":\"A") == ErrorCode::malformed);
  CHECK(read_changed("ReserveImported", "\"credentials\":[\"", "\"credentials\":[\"0") == ErrorCode::invalid_point);
  CHECK(read_changed("CredentialReplaced", "\"lost\":\"", "\"lost\":\"0") == ErrorCode::invalid_point);
  CHECK(read_changed("BallotCast", "{\\\"election_uuid", "{ \\\"election_uuid") == ErrorCode::malformed);
  CHECK(read_changed("TallyDecrypted", "\"owner\":1", "\"owner\":1.5") == ErrorCode::malformed);
  CHECK(read_changed("ResultPublished", "[[", "[") == ErrorCode::malformed);
  CHECK(read_changed("ElectionDrafted", "\"live\"", "\"alive\"") == ErrorCode::unsupported);
  CHECK(read_changed("ElectionDrafted", ",\"trustees\":1", "") == ErrorCode::malformed);
  CHECK(read_changed("TrusteeCertificatePublished", "\"coefexps_hash\":\"", "\"coefexps_hash\":\"A") ==
        ErrorCode::malformed);
  CHECK(read_changed("TrusteeCoefexpsPublished", "\"shares\":[\"", "\"shares\":[\"A") == ErrorCode::malformed);
  CHECK(read_changed("TrusteeCoefexpsPublished", "\"trustee\":1", "\"trustee\":\"1\"") == ErrorCode::malformed);
  CHECK(read_changed("TrusteeShareConfirmed", "public_key", "private_key") == ErrorCode::malformed);
  CHECK(read_changed("KeyCeremonyRestarted", "\"reason\"", "\"cause\"") == ErrorCode::malformed);
  CHECK(read_changed("BallotChallenged", "{\\\"election_uuid", "{ \\\"election_uuid") == ErrorCode::malformed);
}

TEST_CASE("a sized tally that names another encrypted tally is refused") {
  const auto& computed = std::get<TallyComputed>(one("TallyComputed"));
  TallyComputed other = computed;
  other.sized_tally = write_sized_tally({computed.num_tallied, computed.num_tallied, Hash{}});
  CHECK(refused(read_event("TallyComputed", 1, write_event_data(other), Trust::full)) == ErrorCode::integrity);
  other.sized_tally = write_sized_tally({computed.num_tallied, 99, crypto::sha256(other.encrypted_tally)});
  const auto heavy = read_event("TallyComputed", 1, write_event_data(other), Trust::full);
  REQUIRE(heavy);
  CHECK(std::get<TallyComputed>(*heavy).total_weight == 99);
}

TEST_CASE("points outside the group are refused by a full reading") {
  // 2 is the encoding's y of no point of the prime-order subgroup; a trusted reading skips just that check.
  const std::string outside = R"({"credential":"0000000000000000000000000000000000000000000000000000000000000002",)"
                              R"("method":"credential"})";
  CHECK(refused(read_event("VoterVerified", 1, outside, Trust::full)) == ErrorCode::invalid_point);
  CHECK(read_event("VoterVerified", 1, outside, Trust::trusted));
}

TEST_CASE("an attendance names the voter's commitment and no credential, a sign-in the other way round") {
  const VoterVerified seen{VoterVerified::Method::officer, {}, HeldElection::commitment_of(0), PlaceId{"tps-1"}};
  const auto data = write_event_data(seen);
  CHECK(data == R"({"method":"officer","place":"tps-1","voter":")" +
                    crypto::to_hex(HeldElection::commitment_of(0).view()) + "\"}");
  const auto read = std::get<VoterVerified>(read_event("VoterVerified", 1, data, Trust::full).value());
  CHECK(read.method == VoterVerified::Method::officer);
  CHECK(read.voter == seen.voter);
  CHECK(read.place == seen.place);
}

TEST_CASE("a whole entry is read to its event") {
  const auto key = crypto::SigningKey::from_seed(Bytes(32, 7));
  const auto name = log::make_verifier_key("suara.test/x", key.public_key()).value();
  EntryBody body{"committee:ani", write_event_data(ElectionOpened{}), Origin{"suara.test/x"}, {},
                 Seq{4},          Timestamp{1'790'000'000'123},       "ElectionOpened",       1};
  const auto entry = [&] { return log::seal_entry(encode_entry_body(body), key, name).value(); };
  const auto recorded = read_recorded(entry(), Trust::full);
  REQUIRE(recorded);
  CHECK(recorded->seq == Seq{4});
  CHECK(recorded->time == body.time);
  CHECK(recorded->actor.text() == "committee:ani");
  CHECK(std::holds_alternative<ElectionOpened>(recorded->event));

  CHECK(refused(read_recorded("", Trust::full)) == ErrorCode::malformed);
  body.actor = "king:ani";
  CHECK(refused(read_recorded(entry(), Trust::full)) == ErrorCode::malformed);
  body.actor = "committee:ani";
  body.type = "Unheard";
  CHECK(refused(read_recorded(entry(), Trust::full)) == ErrorCode::unsupported);
}

TEST_CASE("the largest chunks of a roll fit into an entry") {
  const PlaceId place{std::string(32, 'p')};
  VotersEnrolled voters{9'007'199'254'740'000, {}};
  for (std::size_t i = 0; i < max_voters_per_event; ++i)
    voters.voters.push_back({HeldElection::commitment_of(i), place, max_weight});
  const ballot::PublicCredential heavy{ballot::Element::generator(), max_weight};
  RollImported roll{place, std::vector<ballot::PublicCredential>(max_credentials_per_event, heavy)};
  constexpr std::size_t around_data = 600;
  CHECK(write_event_data(voters).size() + around_data < log::max_body_size);
  CHECK(write_event_data(roll).size() + around_data < log::max_body_size);
  CHECK(write_event_data(ReserveImported{place, roll.credentials}).size() + around_data < log::max_body_size);
  CHECK(read_event("VotersEnrolled", 1, write_event_data(voters), Trust::full));
}

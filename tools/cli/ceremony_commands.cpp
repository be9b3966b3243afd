#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "core/ballot/threshold.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/trustees.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/ceremony_ledger.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/trustee_key_file.hpp"

// The key ceremony of threshold trustees, a command for each round.
namespace suara::cli {
namespace {

using election::CeremonyMember;
using election::CeremonyStep;

struct CeremonyKeyOptions {
  std::string uuid;
  std::string file;
};

std::string name_of(const CeremonyMember& member) {
  return fmt::format("trustee {} ({})", member.certificate.trustee, member.by.text());
}

Outcome<CeremonyKeyFile> key_for(const CeremonyKeyOptions& options) {
  auto key = read_ceremony_key(options.file);
  if (key && key->election.str() != options.uuid) {
    return stop(ExitCode::usage, "usage",
                fmt::format("{} was made for the election {}: each election has a key file of its own.", options.file,
                            key->election.str()));
  }
  return key;
}

std::string certificate_of(const ballot::CeremonyTrustee& trustee) {
  return codec::write_certificate(trustee.certificate());
}

// The member this key file is that of. A seed that has served a ceremony which was started again must not serve a
// second one: other trustees may have got other points of the same polynomial.
Outcome<const CeremonyMember*> own_member(const CeremonyLedger& ledger, const std::string& certificate,
                                          const CeremonyKeyOptions& options) {
  const auto* member = ledger.find(certificate);
  if (member || !ledger.certificates.contains(certificate)) return member;
  return stop(ExitCode::refused, "conflict",
              fmt::format("{} was used in a key ceremony that the committee has started again: it must not be used a "
                          "second time. Name a new file and join with that.",
                          options.file));
}

Outcome<const CeremonyMember*> joined_member(const CeremonyLedger& ledger, const std::string& certificate,
                                             const CeremonyKeyOptions& options) {
  auto member = own_member(ledger, certificate, options);
  if (!member || *member) return member;
  return stop(ExitCode::refused, "not_found",
              fmt::format("The certificate of {} is not in the key ceremony: publish it with `suara trustee join {} "
                          "--key {}`.",
                          options.file, options.uuid, options.file));
}

// Fault: conflict, which says for whom the step waits.
Outcome<void> reached(const CeremonyLedger& ledger, CeremonyStep wanted) {
  const auto& summary = ledger.summary;
  const auto step = *election::ceremony_step(summary);
  if (step >= wanted) return {};
  Fault fault{ExitCode::refused, "conflict", ""};
  if (step == CeremonyStep::certificates) {
    fault.message = fmt::format("{} of {} trustees have joined: wait for the others.", summary.ceremony.size(),
                                summary.draft.threshold->trustees);
    return stop(std::move(fault));
  }
  fault.message = "Not all trustees have published their commitments and shares: wait for them.";
  for (const auto& member : summary.ceremony) {
    if (!member.coefexps) fault.details.push_back(name_of(member) + " has not yet.");
  }
  return stop(std::move(fault));
}

std::string root_line(const CeremonyLedger& ledger) {
  return fmt::format("The ledger verifies: {} entries, root {}. Compare root and number with the other trustees.",
                     ledger.entries, ledger.root);
}

void print_nothing_left(const Settings& settings, const CeremonyKeyOptions& options, std::uint32_t trustee,
                        const std::string& plain) {
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().text("uuid", options.uuid).number("trustee", trustee).boolean("recorded", false).end_object();
  print_result(settings, out.take(), plain);
}

Outcome<void> join(const Settings& settings, const CeremonyKeyOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  const bool found = std::filesystem::exists(options.file);
  auto key = found ? key_for(options) : Outcome<CeremonyKeyFile>();
  if (found && !key) return stop(key.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const auto ledger = ceremony_ledger(*api, options.uuid);
  if (!ledger) return stop(ledger.error());
  const auto& threshold = *ledger->summary.draft.threshold;
  if (!found) {
    if (ledger->summary.ceremony.size() >= threshold.trustees) {
      return stop(ExitCode::refused, "conflict",
                  fmt::format("All {} trustees have joined already: no key was made.", threshold.trustees));
    }
    key = create_ceremony_key(options.file, ElectionUuid{options.uuid});
    if (!key) return stop(key.error());
  }
  const ballot::CeremonyTrustee trustee(std::move(key->seed), key->election, threshold.needed);
  const std::string certificate = certificate_of(trustee);
  const auto member = own_member(*ledger, certificate, options);
  if (!member) return stop(member.error());
  if (*member) {
    print_nothing_left(
        settings, options, (*member)->certificate.trustee,
        fmt::format("The certificate of {} is published already, as that of {}.", options.file, name_of(**member)));
    return {};
  }
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("certificate", certificate);
  const Hash hash = crypto::sha256(codec::write_coefexps(trustee.coefexps()));
  body.text("coefexps_hash", crypto::to_hex(hash.view())).end_object();
  auto json = api->post("/elections/" + options.uuid + "/ceremony/certificate", body.take());
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto number = answer->root().number("trustee");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  print_result(
      settings, *json,
      fmt::format("The key file is {}. Keep it safe and secret until the result is published.\nYou have joined "
                  "as trustee {}. {} Once all {} have joined, go on with `suara trustee share`.",
                  options.file, number, *recorded, threshold.trustees));
  return {};
}

Outcome<void> verify_certificates(const CeremonyLedger& ledger) {
  for (const auto& member : ledger.summary.ceremony) {
    const auto good = ballot::verify_certificate(member.certificate.parsed);
    if (!good) return stop(ExitCode::refused, good.error(), "The certificate of " + name_of(member) + " is wrong: ");
  }
  return {};
}

Outcome<void> share(const Settings& settings, const CeremonyKeyOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto key = key_for(options);
  if (!key) return stop(key.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const auto ledger = ceremony_ledger(*api, options.uuid);
  if (!ledger) return stop(ledger.error());
  const ballot::CeremonyTrustee trustee(std::move(key->seed), key->election, ledger->summary.draft.threshold->needed);
  const auto own = joined_member(*ledger, certificate_of(trustee), options);
  if (!own) return stop(own.error());
  const auto number = (*own)->certificate.trustee;
  if (auto ready = reached(*ledger, CeremonyStep::coefexps); !ready) return ready;
  if ((*own)->coefexps) {
    print_nothing_left(settings, options, number,
                       fmt::format("The commitments and shares of {} are published already.", name_of(**own)));
    return {};
  }
  if (auto good = verify_certificates(*ledger); !good) return good;
  const std::string coefexps = codec::write_coefexps(trustee.coefexps());
  if (crypto::sha256(coefexps) != (*own)->certificate.coefexps_hash) {
    return stop(
        ExitCode::refused, "integrity",
        "The ledger holds another hash of this trustee's commitments than the key file gives. Nothing was sent; "
        "the committee must start the ceremony again.");
  }
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().number("trustee", number).text("coefexps", coefexps).key("shares").begin_array();
  for (const auto& member : ledger->summary.ceremony) {
    body.text(crypto::to_base64(
        ByteView(trustee.sealed_share(member.certificate.trustee, member.certificate.parsed.encryption))));
  }
  body.end_array().end_object();
  auto json = api->post("/elections/" + options.uuid + "/ceremony/coefexps", body.take());
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *json,
               fmt::format("{}\nThe commitments of trustee {} are published, with a sealed share for each of {} "
                           "trustees. {} Once all have done so, go on with `suara trustee confirm`.",
                           root_line(*ledger), number, ledger->summary.ceremony.size(), *recorded));
  return {};
}

// The sealed shares for this trustee, each the one whose hash its sender has published.
Outcome<std::vector<std::vector<std::uint8_t>>> fetch_shares(Api& api, const CeremonyLedger& ledger,
                                                             const std::string& uuid, std::uint32_t number) {
  auto json = api.get_as_staff(fmt::format("/elections/{}/ceremony/shares/{}", uuid, number));
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto texts = answer->root().texts("shares");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  const auto& members = ledger.summary.ceremony;
  std::vector<std::vector<std::uint8_t>> out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto sealed = i < texts.size() ? crypto::from_base64(texts[i]) : Result<Bytes>(Bytes{});
    if (!sealed || crypto::sha256(ByteView(*sealed)) != members[i].coefexps->shares.at(number - 1)) {
      return stop(
          ExitCode::refused, "integrity",
          fmt::format("The service did not give the sealed share that {} has published the hash of. Nothing was "
                      "confirmed; tell the committee.",
                      name_of(members[i])));
    }
    out.emplace_back(sealed->begin(), sealed->end());
  }
  return out;
}

tl::unexpected<Fault> wrong_share(const CeremonyLedger& ledger, const Error& error) {
  Fault fault{ExitCode::refused, std::string(error_name(error.code)), error.detail};
  for (const auto& member : ledger.summary.ceremony) fault.details.push_back(name_of(member));
  return stop(std::move(fault));
}

Outcome<void> confirm(const Settings& settings, const CeremonyKeyOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto key = key_for(options);
  if (!key) return stop(key.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const auto ledger = ceremony_ledger(*api, options.uuid);
  if (!ledger) return stop(ledger.error());
  const ballot::CeremonyTrustee trustee(crypto::SecretBytes::copy_of(key->seed.view()), key->election,
                                        ledger->summary.draft.threshold->needed);
  const auto own = joined_member(*ledger, certificate_of(trustee), options);
  if (!own) return stop(own.error());
  const auto number = (*own)->certificate.trustee;
  if (auto ready = reached(*ledger, CeremonyStep::confirmations); !ready) return ready;
  const auto sealed = fetch_shares(*api, *ledger, options.uuid, number);
  if (!sealed) return stop(sealed.error());
  const auto coefexps = election::published_coefexps(ledger->summary);
  auto secret = trustee.collect(number, coefexps, *sealed);
  if (!secret) return wrong_share(*ledger, secret.error());
  // Kept before it is confirmed: a confirmed trustee without its key would be lost.
  const auto verification_key = ballot::trustee_public_key(*secret);
  key->share.emplace(CeremonyKeyFile::Share{number, std::move(*secret)});
  if (auto written = write_ceremony_key(options.file, *key); !written) return written;
  const std::string kept =
      fmt::format("{}\nThe key file {} is complete. Keep it safe and secret until the result is published.",
                  root_line(*ledger), options.file);
  if ((*own)->confirmed) {
    print_nothing_left(settings, options, number, kept + fmt::format(" {} had confirmed already.", name_of(**own)));
    return {};
  }
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().number("trustee", number);
  body.text("verification_key", codec::write_trustee_public_key(verification_key)).end_object();
  auto json = api->post("/elections/" + options.uuid + "/ceremony/confirmation", body.take());
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *json, fmt::format("{}\nTrustee {} has confirmed its share. {}", kept, number, *recorded));
  return {};
}

void add_with_key(CLI::App& group, Program& program, const std::string& name, const std::string& about,
                  Outcome<void> (*run)(const Settings&, const CeremonyKeyOptions&)) {
  auto* command = add_command(group, name, about, "suara --user sri trustee " + name + " ucSijHEHGk8LHG --key sri.key");
  auto options = std::make_shared<CeremonyKeyOptions>();
  command->add_option("UUID", options->uuid, "The election")->required();
  command->add_option("--key", options->file, "The key file")->required();
  command->callback([&program, options, run] {
    program.command = [&program, options, run] { return run(program.settings, *options); };
  });
}

}  // namespace

void add_ceremony_commands(CLI::App& group, Program& program) {
  add_with_key(
      group, program, "join",
      "Key ceremony, round 1: make the key file where there is none, and publish its certificate with the hash "
      "of the commitments to come (trustee, committee)",
      join);
  add_with_key(group, program, "share",
               "Key ceremony, round 2: after all have joined and the ledger verifies, publish the commitments and a "
               "sealed share for each trustee (trustee, committee)",
               share);
  add_with_key(group, program, "confirm",
               "Key ceremony, round 3: fetch the shares from the others, check each, complete the key file and publish "
               "its verification key (trustee, committee)",
               confirm);
}

}  // namespace suara::cli

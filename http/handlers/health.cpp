#include "http/handlers/health.hpp"

#include "core/codec/json_writer.hpp"

namespace suara::http {
namespace {

std::vector<std::string> faults(ledger::CommandHandler& commands, ledger::Publisher& publisher, ledger::Teller& teller,
                                projections::Runner& projections) {
  std::vector<std::string> list;
  if (!commands.available()) list.push_back("The database cannot be reached.");
  for (const auto& fault : publisher.faults()) {
    list.push_back("Publication of " + fault.uuid.value + " stopped: " + fault.error.detail);
  }
  for (const auto& fault : teller.faults()) list.push_back("Counting " + fault.uuid.value + ": " + fault.error.detail);
  for (const auto& summary : commands.summaries()) {
    if (const auto fault = commands.fault(summary->uuid)) list.push_back(*fault);
    for (const auto& status : projections.status(summary->uuid)) {
      if (!status.stopped) continue;
      list.push_back("Projection " + status.name + " of " + summary->uuid.value + " stopped: " + *status.stopped);
    }
  }
  return list;
}

}  // namespace

Handler show_health(ledger::CommandHandler& commands, ledger::Publisher& publisher, ledger::Teller& teller,
                    projections::Runner& projections) {
  return at_once([&](const Call&) -> Result<Response> {
    const auto list = faults(commands, publisher, teller, projections);
    codec::JsonWriter json(codec::JsonWriter::Order::as_written);
    json.begin_object();
    json.text("status", list.empty() ? "ok" : "failing");
    if (!list.empty()) {
      json.key("faults").begin_array();
      for (const auto& fault : list) json.text(fault);
      json.end_array();
    }
    json.end_object();
    return json_response(list.empty() ? 200 : 503, json.take());
  });
}

Handler show_metrics(Metrics& metrics, ledger::CommandHandler& commands, projections::Runner& projections,
                     ledger::Publisher& publisher, const ledger::WitnessFeed& witnesses, Pools& pools, LiveHub& live) {
  return at_once([&](const Call&) -> Result<Response> {
    for (const BoundedPool* pool : {&pools.database, &pools.verify, &pools.password, &pools.files}) {
      metrics.set_gauge("suara_queue_depth", "Work waiting for a thread", "queue", pool->name(),
                        static_cast<double>(pool->queued()));
    }
    metrics.set_gauge("suara_queue_depth", "", "queue", "commands", static_cast<double>(commands.queued()));
    metrics.set_gauge("suara_live_streams", "Open streams of live figures", "", "",
                      static_cast<double>(live.streams()));
    for (const auto& [name, answers] : witnesses.reachable())
      metrics.set_gauge("suara_witness_reachable", "1 while a witness answers", "witness", name, answers ? 1 : 0);
    metrics.set_gauge("suara_database_available", "1 while the database answers", "", "", commands.available() ? 1 : 0);
    for (const auto& summary : commands.summaries()) {
      const std::string& uuid = summary->uuid.value;
      metrics.set_gauge("suara_ledger_entries", "Durable entries of a ledger", "election", uuid,
                        static_cast<double>(commands.counts(summary->uuid).entries));
      if (const auto checkpoint = publisher.checkpoint(summary->uuid)) {
        metrics.set_gauge("suara_ledger_published", "Entries under the last checkpoint", "election", uuid,
                          static_cast<double>(checkpoint->size));
      }
      if (const auto& policy = summary->draft.policies.witnesses) {
        const auto witnessed = witnesses.witnessed(summary->uuid, *policy);
        metrics.set_gauge("suara_ledger_witnessed", "Entries under the last checkpoint that enough witnesses cosigned",
                          "election", uuid, witnessed ? static_cast<double>(witnessed->size) : 0);
      }
      std::uint64_t lag = 0;
      for (const auto& status : projections.status(summary->uuid)) lag = std::max(lag, status.lag);
      metrics.set_gauge("suara_projection_lag", "Entries that the slowest projection has not folded", "election", uuid,
                        static_cast<double>(lag));
    }
    return text_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
  });
}

}  // namespace suara::http

#include "tools/cli/code_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <thread>
#include <tuple>
#include <utility>

#include "core/ballot/credential.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

// "A-tps-1-0007": what a card without a name is called by.
void number_cards(std::vector<VoterCard>& cards, char series) {
  std::map<std::string, unsigned> numbers;
  for (auto& card : cards) card.id = fmt::format("{}-{}-{:04}", series, card.place, ++numbers[card.place]);
}

std::vector<VoterCard> reserve_for(const Cards& cards, double percent) {
  std::map<std::pair<std::string, std::uint64_t>, std::pair<std::string, std::size_t>> groups;
  for (const auto* list : {&cards.assigned, &cards.envelopes}) {
    for (const auto& card : *list) {
      auto& [place_name, count] = groups[{card.place, card.weight}];
      place_name = card.place_name;
      ++count;
    }
  }
  std::vector<VoterCard> out;
  for (const auto& [group, of] : groups) {
    const auto spare = static_cast<std::size_t>(std::ceil(static_cast<double>(of.second) * percent / 100));
    VoterCard card;
    card.place = group.first;
    card.place_name = of.first;
    card.weight = group.second;
    out.insert(out.end(), spare, card);
  }
  return out;
}

using Lists = std::map<std::string, std::vector<std::string>>;  // by place

void add_to(Lists& lists, const std::vector<VoterCard>& cards, const std::vector<ballot::PublicCredential>& publics) {
  for (std::size_t i = 0; i < cards.size(); ++i) {
    lists[cards[i].place].push_back(codec::write_roll_credential(publics[i]));
  }
}

void write_sorted(codec::JsonWriter& out, std::string_view member, std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  out.key(member).begin_array();
  for (const auto& credential : list) out.text(credential);
  out.end_array();
}

}  // namespace

Cards lay_out_cards(std::vector<VoterCard> roll, const std::vector<bool>& at_place, double percent) {
  Cards cards;
  for (std::size_t i = 0; i < roll.size(); ++i) {
    if (!at_place[i]) {
      cards.assigned.push_back(std::move(roll[i]));
      continue;
    }
    VoterCard blank;
    blank.place = roll[i].place;
    blank.place_name = roll[i].place_name;
    blank.weight = roll[i].weight;
    cards.envelopes.push_back(std::move(blank));
  }
  // By place and weight, so that the numbers say nothing of the roll's order.
  std::stable_sort(cards.envelopes.begin(), cards.envelopes.end(), [](const VoterCard& a, const VoterCard& b) {
    return std::tie(a.place, a.weight) < std::tie(b.place, b.weight);
  });
  cards.reserve = reserve_for(cards, percent);
  number_cards(cards.envelopes, 'A');
  number_cards(cards.reserve, 'C');
  return cards;
}

// A thousand rounds of PBKDF2 a credential is what takes the time, so all cores share it.
std::vector<ballot::PublicCredential> draw_codes(std::vector<VoterCard>& cards, const ElectionUuid& uuid,
                                                 const std::string& label) {
  std::vector<ballot::PublicCredential> publics(cards.size());
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  const auto work = [&](Progress* progress) {
    std::size_t told = 0;
    for (std::size_t i; (i = next.fetch_add(1)) < cards.size();) {
      cards[i].code = ballot::generate_code();
      auto normalized = ballot::normalize_code(cards[i].code);
      publics[i] = {ballot::public_credential(ballot::credential_secret(*normalized, uuid)), cards[i].weight};
      cards[i].public_key = publics[i].key.to_text();
      crypto::wipe(normalized->data(), normalized->size());
      const std::size_t now = done.fetch_add(1) + 1;
      if (!progress) continue;
      progress->advance(now - told);
      told = now;
    }
  };
  Progress progress(label, cards.size());
  std::vector<std::jthread> helpers;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < cores; ++i) helpers.emplace_back(work, nullptr);
  work(&progress);
  helpers.clear();
  return publics;
}

std::string public_list(const Cards& cards, const std::vector<ballot::PublicCredential>& assigned,
                        const std::vector<ballot::PublicCredential>& envelopes,
                        const std::vector<ballot::PublicCredential>& reserve) {
  Lists in_use;
  Lists spare;
  add_to(in_use, cards.assigned, assigned);
  add_to(in_use, cards.envelopes, envelopes);
  add_to(spare, cards.reserve, reserve);
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().key("places").begin_array();
  for (auto& [place, list] : in_use) {
    out.begin_object().text("place", place);
    write_sorted(out, "credentials", std::move(list));
    if (auto found = spare.find(place); found != spare.end()) write_sorted(out, "reserve", std::move(found->second));
    out.end_object();
  }
  return out.end_array().end_object().take();
}

}  // namespace suara::cli

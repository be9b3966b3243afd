#pragma once
#include <span>
#include <string>

#include "http/access.hpp"
#include "http/ledgers.hpp"
#include "http/live_hub.hpp"
#include "http/login_guard.hpp"
#include "http/metrics.hpp"
#include "http/nonces.hpp"
#include "http/rejections.hpp"
#include "http/route.hpp"
#include "http/setup_token.hpp"
#include "http/static_files.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/device_store.hpp"
#include "ledger/exporter.hpp"
#include "ledger/photo_store.hpp"
#include "ledger/people_store.hpp"
#include "ledger/publisher.hpp"
#include "ledger/roll_keeper.hpp"
#include "ledger/staff_store.hpp"
#include "ledger/teller.hpp"
#include "ledger/witness_feed.hpp"
#include "projections/runner.hpp"

namespace suara::http {

// What the table in routes.cpp makes handlers from. Each handler is given only what it needs of it.
struct Dependencies {
  ledger::CommandHandler& commands;
  ledger::EventStore& store;
  ledger::PeopleStore& people;
  ledger::RollKeeper& roll;
  ledger::PhotoStore& photos;
  ledger::StaffStore& staff;
  ledger::DeviceStore& devices;
  ledger::Publisher& publisher;
  ledger::WitnessFeed& witnesses;
  ledger::Exporter& exporter;
  ledger::Teller& teller;
  projections::Runner& projections;
  ledger::mariadb::Pool& reads;
  Ledgers& ledgers;
  LiveHub& live;
  LoginGuard& logins;
  LoginGuard& claims;  // of devices, by their codes
  Rejections& rejections;
  SetupToken& setup;
  const Nonces& nonces;
  StaticFiles& pages;
  Pools& pools;
  Metrics& metrics;
  Clock clock;
  std::string origin_prefix;  // empty: suara.local/<year>
  bool tls = false;
};

// Every address of the service: who may use it, what body it takes, where it runs.
std::span<const Route> route_table();

// Its parts, each in a file of its own: routes_setup.cpp and so on.
std::span<const Route> setup_routes();
std::span<const Route> roll_routes();
std::span<const Route> figure_routes();
std::span<const Route> official_routes();
std::span<const Route> staff_routes();
std::span<const Route> page_routes();

}  // namespace suara::http

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "http/rejections.hpp"
#include "projections/activity/queries.hpp"
#include "projections/turnout/queries.hpp"

// What the API answers about the course of an election, as JSON; see views.hpp.
namespace suara::http::views {

std::string feed(const projections::activity::Feed& feed);
std::string incidents(const std::vector<projections::activity::Incident>& incidents);

struct Alerts {
  std::vector<projections::turnout::PlacedAlert> recorded;  // newest first
  Rejections::Rate rejections;
};
std::string alerts(const Alerts& alerts);
std::string alert_count(const Alerts& alerts);  // for everybody

}  // namespace suara::http::views

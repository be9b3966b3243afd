#pragma once
#include "tests/integration/http/site.hpp"

// Elections that are held at polling places.
namespace suara::test {

// Two places; voters are dealt out to them in turn, the first to tps-1.
election::Draft polling_draft(election::VerificationPolicy verification,
                              election::RevotePolicy revote = election::RevotePolicy::last_counts);

// The session of an officer who is appointed at this place.
StaffAccess officer_at(const TestSite& site, const WebElection& election, const std::string& place);

// A device of the place, enrolled and claimed.
class Kiosk {
 public:
  Kiosk(const TestSite& site, const WebElection& election, const std::string& place);
  // The same device, whose user opens another election's pages.
  Kiosk(const Kiosk& other, const WebElection& election)
      : site_(other.site_), election_(election), cookie_(other.cookie_) {}
  // The same device, whose request goes to another node.
  Kiosk on(const TestSite& node) const {
    Kiosk moved(*this, election_);
    moved.site_ = &node;
    return moved;
  }
  HttpReply post(const std::string& path, const std::string& body) const;
  HttpReply sign_in(std::size_t voter) const;
  HttpReply cast(const std::string& ballot) const { return post("/ballots", ballot); }

 private:
  const TestSite* site_;
  const WebElection& election_;
  std::string cookie_;
};

HttpReply mark(const TestSite& site, const WebElection& election, const StaffAccess& officer, const std::string& voter);

}  // namespace suara::test

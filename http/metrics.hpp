#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace suara::http {

// Counters and gauges in the Prometheus text format. Thread-safe. Labels are route patterns, statuses, error codes
// and names of projections and pools: never anything a client chose.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void request(std::string_view method, std::string_view route, unsigned status, double seconds);
  void ballot(std::string_view outcome);  // "accepted", "challenged", "repeated", or the name of the error
  void set_gauge(const std::string& name, const std::string& help, const std::string& label, const std::string& value,
                 double number);

  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::http

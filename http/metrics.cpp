#include "http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

namespace suara::http {

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("suara_http_requests_total")
                                                          .Help("Requests answered, by route and status")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("suara_http_request_seconds")
          .Help("From the request's header to the end of its answer, by route")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& ballots = prometheus::BuildCounter()
                                                         .Name("suara_ballots_total")
                                                         .Help("Ballots by outcome: accepted, repeated, or why refused")
                                                         .Register(registry);
  const prometheus::Histogram::BucketBoundaries bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                       0.25,  0.5,    1,     2.5,  5,     10};
  std::mutex mutex;
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> gauges;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::request(std::string_view method, std::string_view route, unsigned status, double seconds) {
  const std::string pattern(route);
  impl_->requests.Add({{"method", std::string(method)}, {"route", pattern}, {"status", std::to_string(status)}})
      .Increment();
  impl_->seconds.Add({{"route", pattern}}, impl_->bounds).Observe(seconds);
}

void Metrics::ballot(std::string_view outcome) { impl_->ballots.Add({{"outcome", std::string(outcome)}}).Increment(); }

void Metrics::set_gauge(const std::string& name, const std::string& help, const std::string& label,
                        const std::string& value, double number) {
  const std::lock_guard lock(impl_->mutex);
  auto& family = impl_->gauges[name];
  if (family == nullptr) family = &prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry);
  family->Add(label.empty() ? prometheus::Labels{} : prometheus::Labels{{label, value}}).Set(number);
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

}  // namespace suara::http

#include "telemetry/exposition.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace euphone {
namespace {

TEST(Exposition, WritesFamiliesAsPrometheusReadsThem) {
  Exposition out;
  out.Begin("euphone_requests_total", MetricKind::kCounter, "Requests\nthat were \\ answered.");
  out.Add({{"route", "/a\"b\\c\nd"}, {"status", "200"}}, std::uint64_t{3});
  out.One("euphone_sessions", MetricKind::kGauge, "Open.", 0.25);
  EXPECT_EQ(out.text(),
            "# HELP euphone_requests_total Requests\\nthat were \\\\ answered.\n"
            "# TYPE euphone_requests_total counter\n"
            "euphone_requests_total{route=\"/a\\\"b\\\\c\\nd\",status=\"200\"} 3\n"
            "# HELP euphone_sessions Open.\n"
            "# TYPE euphone_sessions gauge\n"
            "euphone_sessions 0.25\n");
}

TEST(Exposition, AddsTheBucketsOfAHistogramUp) {
  static constexpr std::array<double, 2> kBounds = {0.5, 2};
  Histogram seconds(kBounds);
  for (const double value : {0.25, 0.5, 1.0, 3.0}) seconds.Add(value);
  Exposition out;
  out.Begin("s", MetricKind::kHistogram, "S.");
  out.Add({{"route", "/"}}, seconds);
  out.Add({}, Histogram(kBounds));
  EXPECT_EQ(out.Take(),
            "# HELP s S.\n# TYPE s histogram\n"
            "s_bucket{route=\"/\",le=\"0.5\"} 2\ns_bucket{route=\"/\",le=\"2\"} 3\n"
            "s_bucket{route=\"/\",le=\"+Inf\"} 4\ns_sum{route=\"/\"} 4.75\n"
            "s_count{route=\"/\"} 4\n"
            "s_bucket{le=\"0.5\"} 0\ns_bucket{le=\"2\"} 0\ns_bucket{le=\"+Inf\"} 0\n"
            "s_sum 0\ns_count 0\n");
}

TEST(Exposition, WritesNumbersWithoutALocaleOrATail) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(MetricNumber(0.1), "0.1");
  EXPECT_EQ(MetricNumber(100.0), "100");
  EXPECT_EQ(MetricNumber(90e6), "90000000");
  EXPECT_EQ(MetricNumber(kInfinity), "+Inf");
  EXPECT_EQ(MetricNumber(-kInfinity), "-Inf");
  EXPECT_EQ(MetricNumber(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

}  // namespace
}  // namespace euphone

#include "bench_report.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench_machine.h"

namespace euphone::cli {
namespace {

Spread SpreadAround(double middle) {
  return {.count = 20,
          .mean = middle,
          .least = middle - 1,
          .most = middle + 1,
          .p50 = {middle, middle - 0.5, middle + 0.5},
          .p90 = {middle + 0.8, middle + 0.5, middle + 1},
          .p99 = std::nullopt};
}

BenchResult Example() {
  BenchResult result;
  result.program = "euphone <1>";
  result.model = "en-us-standard 1.2.3";
  result.machine.processor = "A & B";
  result.machine.cores = 2;
  result.machine.load_before = 1.5;
  result.clip_seconds = 5.0;
  result.latencies_ms = {80, 81, 79};
  result.latency_ms = SpreadAround(80);
  result.steps = {{"decode", {100, 90, 110}}, {"model", {50000, 49000, 51000}}};
  result.sweep = {{1, 1.0, 5, {0.02, 0.019, 0.021}},
                  {1, 5.0, 5, {0.016, 0.015, 0.017}},
                  {2, 1.0, 5, {0.015, 0.014, 0.016}},
                  {2, 5.0, 5, {0.01, 0.009, 0.011}}};
  result.start.warm_ms = SpreadAround(200);
  result.memory.analyses = 2;
  result.memory.points = {{0.1, 50, 40.0}, {0.2, 90, 80.0}};
  result.memory.peak_mb = 95;
  result.energy = {.joules_per_clip = 0.4, .watts = 5, .measured = false, .how = "a guess"};
  return result;
}

TEST(BenchReport, ThePageNeedsNothingElseAndTakesNamesAsText) {
  const std::string page = BenchPage(Example());
  EXPECT_NE(page.find("A &amp; B"), std::string::npos);
  EXPECT_NE(page.find("euphone &lt;1&gt;"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("http://"), page.find("http://www.w3.org/2000/svg")) << "no other address";
  EXPECT_NE(page.find("prefers-color-scheme: dark"), std::string::npos);
  for (const char* name : {"latencytitle", "sweeptitle", "memorytitle"})
    EXPECT_NE(page.find(std::string("id=\"") + name), std::string::npos) << name;
}

TEST(BenchReport, ABusyMachineIsToldInEveryForm) {
  const BenchResult result = Example();
  EXPECT_NE(BusyWarning(result.machine).find("busy"), std::string::npos);
  EXPECT_NE(BenchPage(result).find("the machine is busy"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(BenchJson(result))["machine"]["busy"].get<bool>());
  MachineFacts quiet = result.machine;
  quiet.load_before = 0.1;
  EXPECT_EQ(BusyWarning(quiet), "");
}

TEST(BenchReport, WhatWasNotMeasuredIsNullNotNought) {
  const auto json = nlohmann::json::parse(BenchJson(Example()));
  EXPECT_TRUE(json["live"].is_null());
  EXPECT_TRUE(json["accuracy"].is_null());
  EXPECT_TRUE(json["start"]["cold_ms"].is_null());
  EXPECT_TRUE(json["clip"]["latency_ms"]["p99"].is_null());
}

TEST(BenchReport, TheTableHoldsARowForEachNumberOfThreads) {
  const std::string table = BenchTable(Example());
  EXPECT_NE(table.find("    threads       1 s       5 s\n          1    0.0200    0.0160\n"),
            std::string::npos)
      << table;
}

class EnergyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = std::filesystem::path(::testing::TempDir()) / "euphone-energy";
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(zone());
    std::filesystem::create_directories(root_ / "sys/class/powercap/intel-rapl:0:0");
    Write(root_ / "sys/class/powercap/intel-rapl:0:0/energy_uj", 1);
    Write(zone() / "max_energy_range_uj", 10'000'000);
    Write(zone() / "energy_uj", 1'000'000);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }
  std::filesystem::path zone() const { return root_ / "sys/class/powercap/intel-rapl:0"; }
  static void Write(const std::filesystem::path& file, long value) {
    std::ofstream(file) << value << "\n";
  }
  std::filesystem::path root_;
};

TEST_F(EnergyTest, TheMeterCountsPackagesAndGoesRound) {
  EnergyMeter meter(root_);
  ASSERT_TRUE(meter.there());
  Write(zone() / "energy_uj", 3'500'000);
  EXPECT_DOUBLE_EQ(meter.Spent(), 2.5);
  Write(zone() / "energy_uj", 500'000);
  EXPECT_DOUBLE_EQ(meter.Spent(), 7.0);
}

TEST_F(EnergyTest, WithoutAMeterThereIsNone) {
  EXPECT_FALSE(EnergyMeter(root_ / "nothing").there());
}

}  // namespace
}  // namespace euphone::cli

#include "model_ort/node_map.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

std::string Event(const char* name, const char* operation, const char* provider, int index) {
  return std::string(R"({"cat":"Node","pid":1,"dur":7,"ts":1,"ph":"X","name":")") + name +
         R"(_kernel_time","args":{"op_name":")" + operation + R"(","provider":")" + provider +
         R"(","node_index":")" + std::to_string(index) + R"("}},)";
}

std::string Profile(const std::string& events) {
  return R"([{"cat":"Session","name":"model_loading_array","dur":12,"args":{}},)" + events +
         R"({"cat":"Session","name":"session_run","dur":90,"args":{}}])";
}

constexpr const char* kCpu = "CPUExecutionProvider";
constexpr const char* kGpu = "WebGpuExecutionProvider";
constexpr const char* kCompiler = "OpenVINOExecutionProvider";

TEST(NodeMap, TellsWhichProviderRanWhat) {
  const auto map = ReadProfile(Profile(Event("a", "Conv", kCpu, 0) + Event("b", "Add", kGpu, 1)));
  ASSERT_TRUE(map) << map.error().message;
  ASSERT_EQ(map->nodes.size(), 2u);
  EXPECT_EQ(map->nodes[1].name, "b");
  EXPECT_EQ(map->nodes[1].operation, "Add");
  EXPECT_EQ(map->nodes[1].microseconds, 7);
  EXPECT_EQ(map->CountOn(kCpu), 1u);
  EXPECT_EQ(map->CountOn(kGpu), 1u);
}

TEST(NodeMap, ListsANodeThatRanOftenOnceAndNamelessOnesApart) {
  const auto map = ReadProfile(
      Profile(Event("", "Add", kCpu, 3) + Event("", "Add", kCpu, 4) + Event("", "Add", kCpu, 3)));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->nodes.size(), 2u);
}

TEST(NodeMap, APartitionIsWhatOneProviderRunsInARow) {
  const auto map =
      ReadProfile(Profile(Event("a", "Conv", kCpu, 0) + Event("m", "MemcpyFromHost", kGpu, 9) +
                          Event("b", "Add", kGpu, 1) + Event("c", "Mul", kGpu, 2) +
                          Event("n", "MemcpyToHost", kGpu, 10) + Event("d", "Add", kCpu, 3)));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->Partitions(), 3u);
  EXPECT_EQ(map->Copies(), 2u);
  EXPECT_EQ(map->CountOn(kGpu), 2u);
}

TEST(NodeMap, CompiledPartsAreAPartitionEach) {
  const std::string name = std::string(kCompiler) + "_OpenVINO-EP-subgraph_";
  const auto map = ReadProfile(Profile(Event((name + "1_0").c_str(), "subgraph_1", kCompiler, 0) +
                                       Event((name + "2_0").c_str(), "subgraph_2", kCompiler, 1)));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->Partitions(), 2u);
}

TEST(NodeMap, RefusesWhatIsNoProfile) {
  for (const char* text :
       {"", "{}", "[]", "[1, null, {\"cat\": \"Node\"}]", "[{\"cat\":\"Node\","}) {
    EXPECT_FALSE(ReadProfile(text)) << text;
  }
}

}  // namespace
}  // namespace euphone

#include "model_kernels/onnx_graph.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"

namespace euphone {
namespace {

std::string Tiny() {
  return ReadFile(EUPHONE_SOURCE_DIR "/models/en-us-tiny/model.onnx", 10'000'000).value();
}

auto BytesOf(const std::string& text) { return std::as_bytes(std::span(text)); }

TEST(OnnxGraph, ReadsNodesInputsAndConstants) {
  const std::string file = Tiny();
  const auto graph = OnnxGraph::Read(BytesOf(file));
  ASSERT_TRUE(graph) << graph.error().message;
  EXPECT_EQ(graph->inputs().front(), "pcm");
  EXPECT_EQ(graph->nodes()[1].kind, "Conv");
  OnnxWalk walk(*graph);
  walk.To("Conv");
  EXPECT_EQ(walk.Constant(1).shape, (std::vector<std::int64_t>{288, 1, 127}));
  EXPECT_EQ(walk.Constant(1).Floats().size(), 288u * 127);
}

TEST(OnnxGraph, IsRefusedIfItIsCutOffAnywhere) {
  const std::string file = Tiny();
  for (std::size_t size = 0; size < file.size(); size += 1 + size / 3) {
    const std::string part = file.substr(0, size);
    const auto graph = OnnxGraph::Read(BytesOf(part));
    ASSERT_FALSE(graph) << size;
    EXPECT_EQ(graph.error().code, Errc::kCorrupt);
  }
}

TEST(OnnxGraph, IsOfTheSameStructureWithOtherWeightsAndOfAnotherWithOtherNodes) {
  std::string file = Tiny();
  const auto before = OnnxGraph::Read(BytesOf(file))->Structure();
  std::string weights = file;
  // In the middle of the large weights.
  weights[file.size() / 2] = static_cast<char>(weights[file.size() / 2] ^ 1);
  EXPECT_EQ(OnnxGraph::Read(BytesOf(weights))->Structure(), before);
  const std::size_t at = file.find("Tanh");
  ASSERT_NE(at, std::string::npos);
  file.replace(at, 4, "Sinh");
  EXPECT_NE(OnnxGraph::Read(BytesOf(file))->Structure(), before);
}

}  // namespace
}  // namespace euphone

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "model/manifest.h"
#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

testing::BundleMaker Embedding() {
  auto maker = testing::BundleMaker::Common("embedding", "toy-embedder", "weights");
  maker.manifest["embedding"] = Json::parse(R"({
    "width": 2, "layers": 1, "heads": 1, "inner": 4, "max_tokens": 8,
    "begin_token": 1, "end_token": 2, "unknown_token": 0})");
  maker.manifest["self_test"] = Json::parse(R"({
    "input": "test/tokens.i64", "tolerance": 0.1, "expected": {"vector": "test/vector.f32"}})");
  maker.Add("tokens.bin", "tokens", "\5[UNK]\5[CLS]\5[SEP]");
  maker.Add("test/tokens.i64", "self_test", "tokens");
  maker.Add("test/vector.f32", "self_test", "vector");
  return maker;
}

TEST(Manifest, GivesTheTypedFieldsOfAnEmbeddingBundle) {
  const auto manifest = ParseManifest(Embedding().manifest.dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& entry = std::get<EmbeddingEntry>(manifest->model);
  EXPECT_EQ(entry.spec.label(), "toy-embedder 1.0.0");
  EXPECT_EQ(entry.spec.width, 2u);
  EXPECT_EQ(entry.spec.max_tokens, 8u);
  EXPECT_EQ(entry.spec.end_token, 2);
  EXPECT_EQ(entry.inner, 4u);
  EXPECT_EQ(manifest->self_test.expected_vector, "test/vector.f32");
  EXPECT_EQ(manifest->self_test.expected_ctc, "");
}

struct EmbeddingDamage {
  const char* what;
  void (*apply)(Json&);
  const char* message;
};

class DamagedEmbedding : public ::testing::TestWithParam<EmbeddingDamage> {};

TEST_P(DamagedEmbedding, IsRefusedNamingTheField) {
  Json json = Embedding().manifest;
  GetParam().apply(json);
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest) << GetParam().what;
  EXPECT_THAT(manifest.error().message, HasSubstr(GetParam().message)) << GetParam().what;
}

const EmbeddingDamage kEmbeddingDamages[] = {
    {"no tokens", [](Json& j) { j["files"].erase(2); },
     "embedding: needs a file with the role tokens"},
    {"a decoder", [](Json& j) { j["files"][1]["role"] = "decoder"; },
     "files: hold one with the role decoder, which a bundle of this kind has not"},
    {"too few tokens", [](Json& j) { j["embedding"]["max_tokens"] = 2; }, "embedding.max_tokens"},
    {"no width", [](Json& j) { j["embedding"].erase("width"); }, "embedding.width"},
    {"heads of unequal width", [](Json& j) { j["embedding"]["heads"] = 3; },
     "embedding.heads: must divide embedding.width"},
    {"sums that 32 bits do not hold", [](Json& j) { j["embedding"]["inner"] = 4096; },
     "embedding.inner"},
    {"an unknown field", [](Json& j) { j["embedding"]["pooling"] = "mean"; }, "embedding.pooling"},
    {"tables in place of a vector",
     [](Json& j) {
       j["self_test"]["expected"] = {{"ctc", "x"}};
     },
     "self_test.expected.vector"},
    {"no tolerance", [](Json& j) { j["self_test"].erase("tolerance"); }, "self_test.tolerance"},
};
INSTANTIATE_TEST_SUITE_P(Each, DamagedEmbedding, ::testing::ValuesIn(kEmbeddingDamages));

}  // namespace
}  // namespace euphone

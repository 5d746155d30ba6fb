#include "model_ort/ort_grapheme_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "model/self_test.h"
#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Ids = std::vector<std::int64_t>;

Bundle ToyBundle() {
  const std::string path = EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_g2p.onnx";
  const std::string tar = testing::BundleMaker::Grapheme(ReadFile(path, 100'000).value()).Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

TEST(OrtGraphemeModel, GivesARowOfLogProbabilitiesPerLetter) {
  const auto model = OpenGraphemeModel(ToyBundle());
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ((*model)->spec().letters.at(2), "b");
  const auto answer = (*model)->Run(Ids{2, 1, 3});
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->rows, 3u);
  ASSERT_EQ(answer->columns, 5u);
  for (const auto& [row, best] : {std::pair{0, 2}, {1, 1}, {2, 3}}) {
    const auto values = answer->row(static_cast<std::size_t>(row));
    EXPECT_EQ(std::ranges::max_element(values) - values.begin(), best);
  }
}

TEST(OrtGraphemeModel, PassesTheSelfTestOfItsBundle) {
  const Bundle bundle = ToyBundle();
  const auto report = RunSelfTest(bundle, **OpenGraphemeModel(bundle));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 2u);
}

TEST(OrtGraphemeModel, RefusesLettersThatItsBundleDoesNotList) {
  const auto model = OpenGraphemeModel(ToyBundle());
  ASSERT_TRUE(model);
  for (const Ids& ids : {Ids{}, Ids{4}, Ids{1, -1}}) {
    const auto answer = (*model)->Run(ids);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::kInvalidArgument);
  }
}

TEST(OrtGraphemeModel, IsNotOpenedFromAnAcousticBundle) {
  const std::string tar = testing::BundleMaker::Acoustic("w").Tar();
  const auto model = OpenGraphemeModel(Bundle::Read(std::as_bytes(std::span(tar)), "toy").value());
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().message, HasSubstr("toy: not a g2p bundle"));
}

}  // namespace
}  // namespace euphone

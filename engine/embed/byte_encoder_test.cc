#include "embed/byte_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "model/self_test.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Ids = std::vector<std::int64_t>;

Bundle Shipped() { return Bundle::Open(EUPHONE_SOURCE_DIR "/models/en-embedder").value(); }

TEST(ByteEncoder, PassesTheSelfTestOfItsBundle) {
  const Bundle bundle = Shipped();
  const auto report = RunSelfTest(bundle, **OpenSentenceEncoder(bundle));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 1u);
}

TEST(ByteEncoder, GivesAVectorOfLengthOneForAnyNumberOfTokens) {
  const auto model = OpenSentenceEncoder(Shipped());
  ASSERT_TRUE(model) << model.error().message;
  for (const std::size_t count : {std::size_t{1}, std::size_t{3}, (*model)->spec().max_tokens}) {
    const auto vector = (*model)->Run(Ids(count, 2000));
    ASSERT_TRUE(vector) << vector.error().message;
    double square = 0.0;
    for (const float number : *vector) square += double{number} * number;
    EXPECT_NEAR(square, 1.0, 1e-4) << count;
    EXPECT_EQ(vector->size(), 384u);
  }
}

TEST(ByteEncoder, RefusesTokensThatItDoesNotKnow) {
  const auto model = OpenSentenceEncoder(Shipped()).value();
  const auto size = static_cast<std::int64_t>(model->pieces().size());
  EXPECT_EQ(model->Run(Ids{101, size, 102}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(model->Run(Ids{-1}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(model->Run(Ids{}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(model->Run(Ids(257, 101)).error().code, Errc::kInvalidArgument);
}

TEST(ByteEncoder, GivesTheSameAfterItsBundleIsGone) {
  auto bundle = std::make_unique<Bundle>(Shipped());
  const auto model = OpenSentenceEncoder(*bundle).value();
  const Ids tokens = {101, 2339, 2079, 1045, 102};
  const auto before = model->Run(tokens).value();
  bundle.reset();
  EXPECT_EQ(model->Run(tokens).value(), before);
}

TEST(ByteEncoder, ReadsTheSameWordsInAnotherOrderAsSomethingElse) {
  const auto model = OpenSentenceEncoder(Shipped()).value();
  EXPECT_NE(model->Run(Ids{101, 2339, 2079, 102}).value(),
            model->Run(Ids{101, 2079, 2339, 102}).value());
}

TEST(ByteEncoder, RefusesABundleOfAnotherKind) {
  const auto bundle = Bundle::Open(EUPHONE_SOURCE_DIR "/models/en-us-g2p").value();
  const auto model = OpenSentenceEncoder(bundle);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(model.error().message, HasSubstr("not an embedding bundle"));
}

}  // namespace
}  // namespace euphone

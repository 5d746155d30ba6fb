#include "model/self_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "model/fake_acoustic_model.h"
#include "model/fake_recogniser.h"
#include "model/fake_scoring_model.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/recogniser_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;

Bundle Open(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

/// What BundleMaker::Acoustic expects, off by `error` in the first number.
Posteriors Answer(float error) {
  Posteriors answer{Matrix{2, 3, {-1.2943F, -1.2943F, -0.7943F, -1.2943F, -1.2943F, -0.7943F}},
                    Matrix{2, 3, {-1.5514F, -1.5514F, -0.5514F, -1.5514F, -1.5514F, -0.5514F}}};
  answer.ctc.values[0] += error;
  return answer;
}

TEST(SelfTest, PassesAModelThatGivesTheExpectedAnswer) {
  const auto report =
      RunSelfTest(Open(testing::BundleMaker::Acoustic("w")), FakeAcousticModel({}, Answer(1e-5F)));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 2u);
  EXPECT_GT(report->difference, 0.0);
}

TEST(SelfTest, FailsAModelOutsideTheTolerance) {
  const auto report =
      RunSelfTest(Open(testing::BundleMaker::Acoustic("w")), FakeAcousticModel({}, Answer(0.1F)));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message,
              HasSubstr("toy: self-test: test/ctc.f32: the answer differs"));
}

TEST(SelfTest, FailsAModelThatAnswersNothingUsable) {
  const Bundle bundle = Open(testing::BundleMaker::Acoustic("w"));
  EXPECT_FALSE(RunSelfTest(bundle, FakeAcousticModel({}, Answer(NAN))));
  EXPECT_FALSE(RunSelfTest(bundle, FakeAcousticModel({}, Posteriors{})));
}

TEST(SelfTest, FailsOnADamagedFileBeforeAnythingRuns) {
  testing::BundleMaker maker = testing::BundleMaker::Acoustic("w");
  maker.files["model.onnx"] = "W";
  const auto report = RunSelfTest(Open(maker), FakeAcousticModel({}, Answer(0)));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("model.onnx: damaged"));
}

TEST(SelfTest, AsksARecogniserForTheTextToTheLetter) {
  const Bundle bundle = Open(testing::Recognising("w", "d"));
  EXPECT_TRUE(RunSelfTest(bundle, FakeRecogniser({}, Transcript{"a na", -0.1})));
  const auto report = RunSelfTest(bundle, FakeRecogniser({}, Transcript{"A na", -0.1}));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message,
              HasSubstr("toy: self-test: it writes \"A na\" instead of \"a na\""));
}

TEST(SelfTest, PassesOnWhyARecogniserCannotRun) {
  const auto report = RunSelfTest(Open(testing::Recognising("w", "d")),
                                  FakeRecogniser({}, Error{Errc::kInternal, "no"}));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "toy: self-test: no");
}

ScoringSpec ThreeClasses() {
  ScoringSpec spec;
  spec.classes = 3;
  spec.max_phones = 50;
  return spec;
}

TEST(SelfTest, ShowsAScorerPhonesThatFillTheReferenceRun) {
  ScoringInput shown;
  const FakeScoringModel scorer(ThreeClasses(),
                                [&](const ScoringInput& input) -> Result<ScoringOutput> {
                                  shown = input;
                                  return ScoringOutput{{}, {}, Matrix::Filled(4, 1, 9.0F), {}};
                                });
  const auto members = TryScorer(Open(testing::BundleMaker::Acoustic("w")),
                                 FakeAcousticModel({}, Answer(0)), scorer);
  ASSERT_TRUE(members) << members.error().message;
  EXPECT_EQ(*members, 4u);
  EXPECT_EQ(shown.spans, (std::vector<std::int64_t>{0, 1, 1, 2}));
  EXPECT_EQ(shown.phones, (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(shown.words, (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(shown.ctc.rows, 2u);
}

TEST(SelfTest, SaysWhichScorerCannotRun) {
  const FakeScoringModel scorer(ThreeClasses(), [](const ScoringInput&) {
    return Result<ScoringOutput>(Error{Errc::kInternal, "no"});
  });
  const auto members = TryScorer(Open(testing::BundleMaker::Acoustic("w")),
                                 FakeAcousticModel({}, Answer(0)), scorer);
  ASSERT_FALSE(members);
  EXPECT_EQ(members.error().message, "toy: self-test of the scorer: no");
}

TEST(FakeAcousticModel, SaysWhatIsScripted) {
  const std::vector<ScriptedSegment> segments = {{0, 2}, {1, 3}};
  const Posteriors posteriors = ScriptedPosteriors(4, segments);
  ASSERT_EQ(posteriors.ctc.rows, 5u);
  const auto best = [](const Matrix& matrix, std::size_t row) {
    return std::ranges::max_element(matrix.row(row)) - matrix.row(row).begin();
  };
  for (std::size_t row = 0; row < 5; ++row) {
    EXPECT_EQ(best(posteriors.frames, row), row < 2 ? 0 : 1);
    EXPECT_EQ(best(posteriors.ctc, row), row == 3 ? 1 : 0);
    double sum = 0;
    for (const float value : posteriors.ctc.row(row)) sum += std::exp(value);
    EXPECT_NEAR(sum, 1.0, 1e-6);
  }
}

}  // namespace
}  // namespace euphone

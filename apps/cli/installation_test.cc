#include "installation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "assembly/runtimes.h"
#include "base/file.h"
#include "choices.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/recogniser_maker.h"
#include "score/calibration_fixture.h"
#include "score/gop_scorer.h"
#include "score/learned_scorer.h"

namespace euphone::cli {
namespace {

using ::testing::HasSubstr;

std::string ToyFile(const std::string& name) {
  return ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/" + name, 100'000).value();
}

testing::BundleMaker Scored() {
  return testing::BundleMaker::Scored(ToyFile("toy_acoustic.onnx"), ToyFile("toy_scorer.onnx"));
}

testing::BundleMaker Plain() {
  return testing::BundleMaker::Acoustic(ToyFile("toy_acoustic.onnx"));
}

Bundle Pack(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

Calibration TwoPhoneCalibration() {
  return *Calibration::Parse(testing::SimpleCalibration(), testing::TwoPhones());
}

Result<std::shared_ptr<const Scorer>> Open(const testing::BundleMaker& maker,
                                           const std::string& choice) {
  InstallationOptions options;
  options.scorer = choice;
  return OpenScorer(Pack(maker), TwoPhoneCalibration(), options);
}

template <class Kind>
bool Is(const Result<std::shared_ptr<const Scorer>>& scorer) {
  return scorer && dynamic_cast<const Kind*>(scorer->get()) != nullptr;
}

TEST(OpenScorer, TakesTheBundlesOwnWhereThereIsOne) {
  EXPECT_TRUE(Is<LearnedScorer>(Open(Scored(), "auto")));
  EXPECT_TRUE(Is<LearnedScorer>(Open(Scored(), "learned")));
  EXPECT_TRUE(Is<GopScorer>(Open(Plain(), "auto")));
}

TEST(OpenScorer, TakesThePlainOneIfAsked) {
  EXPECT_TRUE(Is<GopScorer>(Open(Scored(), "gop")));
  EXPECT_TRUE(Is<GopScorer>(Open(Plain(), "gop")));
}

TEST(OpenScorer, DoesNotReplaceALearnedScorerThatIsNotThere) {
  const auto scorer = Open(Plain(), "learned");
  ASSERT_FALSE(scorer);
  EXPECT_EQ(scorer.error().message, "toy: carries no scorer");
}

TEST(OpenScorer, DoesNotReplaceALearnedScorerThatIsDamaged) {
  testing::BundleMaker maker = Scored();
  maker.files["scorer.onnx"].back() ^= 1;
  const auto scorer = Open(maker, "auto");
  ASSERT_FALSE(scorer);
  EXPECT_THAT(scorer.error().message, HasSubstr("toy: scorer.onnx: damaged"));
}

TEST(OpenScorer, GivesAScorerThatJudgesWhatTheModelOfItsBundleHears) {
  const Bundle bundle = Pack(Scored());
  const auto model = OpenAcoustic(bundle, {});
  ASSERT_TRUE(model) << model.error().message;
  // Feature 0 is four times the constant; make_toy_models.py says what else the toys make of it.
  const auto heard = (*model)->Run(std::vector<float>(8000, 0.25F));
  ASSERT_TRUE(heard) << heard.error().message;
  const double sum = std::exp(2.0) + 1.0 + std::exp(1.0), first = 1.0 / sum;  // Column of AA.
  SentenceEvidence sentence;
  sentence.grid = (*model)->spec().grid;
  sentence.words.push_back({.phones = {{.id = 0, .stress = Stress::kPrimary}},
                            .spans = {{.phone = 0, .begin = 10, .end = 20}},
                            .evidence = {{}}});
  const auto scorer = Open(Scored(), "auto");
  ASSERT_TRUE(scorer) << scorer.error().message;
  const auto judged = (*scorer)->Judge(sentence, *heard);
  ASSERT_TRUE(judged) << judged.error().message;
  EXPECT_NEAR(judged->words[0].phones[0], 50 * (first + 0.1), 1e-3);
  EXPECT_NEAR(judged->words[0].phone_spreads[0], 50 * 0.2 / std::sqrt(2.0), 1e-3);
  EXPECT_NEAR(judged->words[0].accuracy, 10 * (first + 0.1), 1e-3);
  EXPECT_NEAR(judged->accuracy, 10 * (first + 0.1), 1e-3);
  EXPECT_NEAR(*judged->fluency, 100, 1e-3) << "ten frames a phone";
  EXPECT_NEAR(judged->words[0].heard[0].nothing,
              std::exp(1.0) / (std::exp(1.0) + 1 + std::exp(0.5)), 1e-4);
}

TEST(OpenInstalledRecogniser, SaysHowToGetTheOneThatIsMissing) {
  InstallationOptions options;
  options.data = EUPHONE_BINARY_DIR "/share/euphone";
  options.recogniser = "of-no-such-name";
  const auto model = OpenInstalledRecogniser(options);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kNotFound);
  EXPECT_THAT(model.error().message, HasSubstr("./dev recogniser"));
}

TEST(OpenInstalledRecogniser, OpensTheOneAtAPath) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "recogniser";
  testing::Recognising(ToyFile("toy_encoder.onnx"), ToyFile("toy_decoder.onnx"))
      .WriteFolder(folder);
  InstallationOptions options;
  options.data = EUPHONE_BINARY_DIR "/share/euphone";
  options.recogniser = folder.string();
  const auto model = OpenInstalledRecogniser(options);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ((*model)->Transcribe(std::vector<float>(320, 0.5F))->text, "a na");
  options.model = folder.string();
  EXPECT_THAT(WrongChoice(options)->message, HasSubstr("does not hear sounds, it writes words"));
  std::filesystem::remove_all(folder);
}

TEST(WrongChoice, TellsThatABundleCarriesNoLearnedScorer) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "no-scorer";
  Plain().WriteFolder(folder);
  InstallationOptions options;
  options.data = EUPHONE_BINARY_DIR "/share/euphone";
  options.model = folder.string();
  EXPECT_FALSE(WrongChoice(options));
  options.scorer = "learned";
  const auto wrong = WrongChoice(options);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->code, ExitCode::kUsage);
  EXPECT_THAT(wrong->message, HasSubstr("carries no learned scorer"));
  std::filesystem::remove_all(folder);
}

testing::BundleMaker Streaming() {
  return testing::BundleMaker::Streaming(ToyFile("toy_stream.onnx"));
}

/// Opens what hears live speech for a bundle of whole recordings, which names toy-live for it and
/// lies in `folder`.
Result<Bundle> OpenLiveBeside(const std::filesystem::path& folder) {
  testing::BundleMaker whole = Plain();
  whole.manifest["live"] = {{"bundle", "toy-live"}};
  whole.WriteFolder(folder / "toy");
  return OpenLiveBundle(folder, Bundle::Open(folder / "toy").value());
}

TEST(OpenLiveBundle, IsTheBundleItselfWhereThatStreams) {
  const auto bundle = OpenLiveBundle("nowhere", Pack(Streaming()));
  ASSERT_TRUE(bundle) << bundle.error().message;
  EXPECT_EQ(bundle->name(), "toy");
}

TEST(OpenLiveBundle, IsTheOneThatTheBundleNames) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "live";
  Streaming().WriteFolder(folder / "toy-live");
  const auto bundle = OpenLiveBeside(folder);
  ASSERT_TRUE(bundle) << bundle.error().message;
  EXPECT_EQ(bundle->name(), (folder / "toy-live").string());
}

TEST(OpenLiveBundle, SaysWhichBundleIsMissing) {
  const auto bundle = OpenLiveBeside(std::filesystem::path(::testing::TempDir()) / "not-live");
  ASSERT_FALSE(bundle);
  EXPECT_EQ(bundle.error().code, Errc::kNotFound);
  EXPECT_THAT(bundle.error().message, HasSubstr("live speech is heard by the bundle toy-live"));
}

TEST(OpenLiveBundle, SaysWhichBundleHearsWholeRecordingsOnly) {
  const auto bundle = OpenLiveBundle("nowhere", Pack(Plain()));
  ASSERT_FALSE(bundle);
  EXPECT_EQ(bundle.error().code, Errc::kUnsupported);
  EXPECT_THAT(bundle.error().message, HasSubstr("toy: hears whole recordings only"));
}

}  // namespace
}  // namespace euphone::cli

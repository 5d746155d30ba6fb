#include "assembly/fed_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "assembly/installation.h"
#include "assembly/sample_recording.h"

namespace euphone {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kText = "Next year will be different, she thought.";

InstallationOptions Installed() {
  InstallationOptions options;
  options.data = EUPHONE_BINARY_DIR "/share/euphone";
  options.model = "en-us-tiny";
  return options;
}

const Engine& Opened() {
  static const Engine engine = OpenEngine(Installed(), {}).value();
  return engine;
}

std::vector<float> Sample() {
  return ReadRecording(EUPHONE_SOURCE_DIR "/samples/so762-014070336.opus").value().samples;
}

std::unique_ptr<FedSession> Begin(const FedSession::Settings& settings) {
  auto parts = OpenLiveParts(Installed(), Opened().lexicon);
  const LiveConfig config = LiveConfigFor(*parts, Opened().model_name);
  return FedSession::Start(*std::move(parts), config,
                           std::make_shared<const Analyzer>(Opened().analyzer), kText, settings)
      .value();
}

std::vector<std::string> Heard(FedSession& session, std::span<const float> samples,
                               std::size_t piece) {
  std::vector<std::string> events;
  for (std::size_t at = 0; at < samples.size(); at += piece) {
    EXPECT_TRUE(session.Push(samples.subspan(at, std::min(piece, samples.size() - at))));
    while (auto line = session.Next(std::chrono::milliseconds(0)))
      events.push_back(*std::move(line));
  }
  session.Finish();
  while (auto line = session.Next(std::chrono::seconds(10))) events.push_back(*std::move(line));
  return events;
}

TEST(FedSession, TellsFromTheFirstWordToTheEnd) {
  const auto session = Begin({.reproducible = true});
  const auto events = Heard(*session, Sample(), 1600);
  ASSERT_GT(events.size(), 10U);
  EXPECT_THAT(events.front(), HasSubstr("\"listening\""));
  EXPECT_THAT(events, ::testing::Contains(HasSubstr("\"sentence_finished\"")));
  EXPECT_THAT(events.back(), AllOf(StartsWith("{"), HasSubstr("\"stopped\"")));
}

TEST(FedSession, TellsTheSameWhateverThePieces) {
  const auto one = Begin({.reproducible = true});
  const auto all = Heard(*one, Sample(), 1'000'000);
  const auto other = Begin({.reproducible = true});
  EXPECT_EQ(Heard(*other, Sample(), 777), all);
}

TEST(FedSession, TakesWhatIsNotANumberForSilence) {
  const auto session = Begin({.reproducible = true});
  const std::vector<float> noise(16000, std::numeric_limits<float>::quiet_NaN());
  EXPECT_THAT(Heard(*session, noise, 500).back(), HasSubstr("\"stopped\""));
}

TEST(FedSession, TakesNothingOnceItIsFinished) {
  const auto session = Begin({});
  session->Finish();
  session->Finish();
  EXPECT_FALSE(session->Push(std::vector<float>(10)));
}

TEST(FedSession, MayEndInTheMiddle) {
  const auto session = Begin({});
  EXPECT_TRUE(session->Push(Sample()));
}

TEST(RecordingOf, MakesOfSamplesWhatAFileGives) {
  const auto samples = Sample();
  const auto recording = RecordingOf(samples, SampleRate{16000});
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->samples, samples);
  EXPECT_FALSE(RecordingOf(samples, SampleRate{10}));
  EXPECT_FALSE(RecordingOf(std::vector<float>(100, std::numeric_limits<float>::infinity()),
                           SampleRate{16000}));
}

TEST(OpenEngine, AnalysesUntilItIsStopped) {
  AnalyzerConfig config;
  int windows = 0;
  config.windows.stopped = [&] { return ++windows > 1; };
  const Analyzer stopping = Opened().analyzer.With(config);
  std::vector<float> twice = Sample();
  while (twice.size() < 40 * 16000) twice.insert(twice.end(), twice.begin(), twice.end());
  const auto analysis = stopping.Analyze(*RecordingOf(twice, SampleRate{16000}), kText, "long");
  ASSERT_FALSE(analysis);
  EXPECT_EQ(analysis.error().code, Errc::kIo);
  EXPECT_EQ(windows, 2);
}

}  // namespace
}  // namespace euphone

#include "audio/quality_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audio/resampler.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_audio::Noise;
using testing_audio::Sine;
using testing_audio::SpeechLike;

constexpr SampleRate k16k{16000};

std::vector<FindingKind> Kinds(const QualityReport& report) {
  std::vector<FindingKind> kinds;
  for (const Finding& finding : report.findings) kinds.push_back(finding.kind);
  return kinds;
}

std::vector<FindingKind> KindsIn(PcmView pcm) { return Kinds(AssessQuality(pcm, k16k)); }

std::vector<float> Sum(std::vector<float> a, PcmView b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

std::vector<float> Scaled(std::vector<float> pcm, float gain) {
  for (float& sample : pcm) sample *= gain;
  return pcm;
}

std::vector<float> Converted(PcmView pcm, SampleRate from, SampleRate to) {
  auto resampler = Resampler::Create(from, to);
  std::vector<float> out;
  EXPECT_TRUE(resampler && resampler->Push(pcm, out) && resampler->Finish(out));
  return out;
}

TEST(QualityGate, HasNothingToSayAboutCleanSpeech) {
  for (const double seconds : {0.5, 1.0, 3.0, 20.0})
    EXPECT_THAT(KindsIn(SpeechLike(seconds, k16k)), IsEmpty()) << seconds;
}

TEST(QualityGate, JudgesSpeechAlikeAtEveryLevelThatIsNotTooQuiet) {
  for (const double amplitude : {0.03, 0.1, 0.3, 0.9})
    EXPECT_THAT(KindsIn(SpeechLike(2.0, k16k, amplitude)), IsEmpty()) << amplitude;
}

TEST(QualityGate, WithholdsAnEmptyRecording) {
  const auto report = AssessQuality({}, k16k);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kEmpty));
  EXPECT_TRUE(report.withheld());
}

TEST(QualityGate, WithholdsARecordingTooShortForTheModel) {
  const auto report = AssessQuality(SpeechLike(0.24, k16k), k16k);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kTooShort));
  EXPECT_TRUE(report.withheld());
  EXPECT_NEAR(report.findings[0].value, 0.24, 1e-9);
}

TEST(QualityGate, WithholdsSilenceOfEveryKind) {
  const std::vector<float> zeros(32000, 0.0f);
  const std::vector<float> constant(32000, 0.01f);
  for (const auto& silence : {zeros, constant, Noise(2.0, k16k, 0.0005)}) {
    const auto report = AssessQuality(silence, k16k);
    EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kSilent));
    EXPECT_TRUE(report.withheld());
  }
}

TEST(QualityGate, WarnsOfAVeryQuietVoice) {
  const auto report = AssessQuality(SpeechLike(2.0, k16k, 0.006), k16k);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kTooQuiet));
  EXPECT_FALSE(report.withheld());
}

TEST(QualityGate, MeasuresTheDistanceToTheNoise) {
  const auto speech = SpeechLike(4.0, k16k);
  const double speech_db = AssessQuality(speech, k16k).speech_dbfs;
  for (const double snr : {5.0, 10.0, 20.0, 30.0}) {
    // The RMS of uniform noise is its amplitude over the root of 3.
    const double amplitude = std::pow(10.0, (speech_db - snr) / 20.0) * std::sqrt(3.0);
    const auto report = AssessQuality(Sum(speech, Noise(4.0, k16k, amplitude)), k16k);
    // Speech that is never quite silent hides the quietest noise.
    EXPECT_NEAR(report.snr_db, snr, snr < 25.0 ? 2.0 : 4.0);
    EXPECT_EQ(Kinds(report).empty(), snr > 15.0) << snr;
    EXPECT_FALSE(report.withheld()) << snr;
  }
}

TEST(QualityGate, WithholdsAVoiceThatDrownsInNoise) {
  const auto report = AssessQuality(Sum(SpeechLike(4.0, k16k, 0.2), Noise(4.0, k16k, 0.08)), k16k);
  EXPECT_TRUE(report.withheld());
}

TEST(QualityGate, CallsAVoiceAsLoudAsTheNoiseNoisyRatherThanNoVoice) {
  const auto speech = SpeechLike(4.0, k16k);
  const double speech_db = AssessQuality(speech, k16k).speech_dbfs;
  for (const double snr : {3.0, 1.5, 0.0}) {
    const double amplitude = std::pow(10.0, (speech_db - snr) / 20.0) * std::sqrt(3.0);
    const auto report = AssessQuality(Sum(speech, Noise(4.0, k16k, amplitude)), k16k);
    EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kNoisy)) << snr;
    EXPECT_TRUE(report.withheld()) << snr;
  }
}

TEST(QualityGate, WarnsOfClippingAndWithholdsWhatItRuined) {
  auto speech = SpeechLike(3.0, k16k, 0.9);
  EXPECT_LT(AssessQuality(speech, k16k).clipped_percent, 0.2);
  for (const float gain : {3.0f, 20.0f}) {
    auto clipped = Scaled(speech, gain);
    for (float& sample : clipped) sample = std::clamp(sample, -1.0f, 1.0f);
    const auto report = AssessQuality(clipped, k16k);
    EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kClipped)) << gain;
    EXPECT_EQ(report.withheld(), gain > 10.0f);
    EXPECT_EQ(Kinds(AssessQuality(Scaled(clipped, 0.2f), k16k)), Kinds(report))
        << "turned down afterwards";
  }
}

TEST(QualityGate, HearsATelephone) {
  const auto telephone =
      Converted(Converted(SpeechLike(3.0, k16k), k16k, SampleRate{8000}), SampleRate{8000}, k16k);
  const auto report = AssessQuality(telephone, k16k);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kBandLimited));
  EXPECT_NEAR(report.bandwidth_hz, 4000.0, 500.0);
  EXPECT_FALSE(report.withheld());
}

TEST(QualityGate, NotesAConstantOffsetAndMeasuresTheRestWithoutIt) {
  const auto speech = SpeechLike(2.0, k16k, 0.3);
  const auto report = AssessQuality(Sum(speech, std::vector<float>(speech.size(), 0.1f)), k16k);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kDcOffset));
  EXPECT_NEAR(report.dc_offset, 0.1, 0.005);
  EXPECT_NEAR(report.speech_dbfs, AssessQuality(speech, k16k).speech_dbfs, 0.2);
  EXPECT_FALSE(report.withheld());
}

TEST(QualityGate, NotesTheOffsetThatTheReaderTookOff) {
  auto report = AssessQuality(SpeechLike(2.0, k16k, 0.006), k16k);
  SourceFormat source;
  AddSourceFindings(source, report);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kTooQuiet));
  source.dc_offset = -0.25;
  AddSourceFindings(source, report);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kTooQuiet, FindingKind::kDcOffset));
  EXPECT_NEAR(report.dc_offset, -0.25, 0.005);
}

TEST(QualityGate, WarnsThatARecordingWasCutShort) {
  auto report = AssessQuality(SpeechLike(2.0, k16k), k16k);
  SourceFormat source;
  source.truncated = true;
  AddSourceFindings(source, report);
  EXPECT_THAT(Kinds(report), ElementsAre(FindingKind::kTruncated));
  EXPECT_EQ(report.findings[0].severity, Severity::kWarning);
  EXPECT_NEAR(report.findings[0].value, 2.0, 1e-9);
  EXPECT_FALSE(report.withheld());
}

TEST(QualityGate, WithholdsNoiseAndTones) {
  EXPECT_THAT(KindsIn(Noise(3.0, k16k, 0.3)), ElementsAre(FindingKind::kNotSpeech));
  for (const double hz : {100.0, 440.0, 3000.0})
    EXPECT_THAT(KindsIn(Sine(hz, 3.0, k16k)), ElementsAre(FindingKind::kNotSpeech)) << hz;
}

TEST(QualityGate, WithholdsBeepsClicksAndBurstsOfNoise) {
  auto beeps = Sine(1000.0, 3.0, k16k);
  auto bursts = Noise(3.0, k16k, 0.5);
  std::vector<float> clicks = Noise(3.0, k16k, 0.0005);
  for (std::size_t i = 0; i < beeps.size(); ++i) {
    if (i % 4000 >= 2000) beeps[i] = bursts[i] = 0.0f;
    if (i % 4000 < 100) clicks[i] = bursts[i] * std::exp(-static_cast<float>(i % 4000) / 20.0f);
  }
  for (const auto& sound : {beeps, bursts, clicks})
    EXPECT_THAT(KindsIn(sound), ElementsAre(FindingKind::kNotSpeech));
}

TEST(QualityGate, WithholdsAMelody) {
  std::vector<float> melody;
  for (const double hz : {262.0, 330.0, 392.0, 440.0, 349.0, 294.0, 247.0, 523.0}) {
    auto note = Sum(Sine(hz, 0.4, k16k, 0.3), Sine(2.0 * hz, 0.4, k16k, 0.15));
    for (std::size_t i = 0; i < note.size(); ++i)
      note[i] *= std::exp(-static_cast<float>(i) / 3000.0f);
    melody.insert(melody.end(), note.begin(), note.end());
  }
  EXPECT_THAT(KindsIn(melody), ElementsAre(FindingKind::kNotSpeech));
}

TEST(QualityGate, WorksAtOtherRates) {
  for (const int hz : {8000, 22050, 44100, 48000}) {
    const auto report = AssessQuality(SpeechLike(2.0, SampleRate{hz}), SampleRate{hz});
    EXPECT_FALSE(report.withheld()) << hz;
    EXPECT_EQ(Kinds(report).empty(), hz > 8000) << hz;
  }
}

TEST(QualityGate, PutsTheGravestFindingFirst) {
  auto speech = SpeechLike(3.0, k16k, 0.9);
  for (float& sample : speech) sample = std::clamp(20.0f * sample, -0.9f, 0.9f) + 0.05f;
  EXPECT_THAT(KindsIn(speech), ElementsAre(FindingKind::kClipped, FindingKind::kDcOffset));
}

TEST(QualityGate, GivesAFigureAndAdviceWithEveryFinding) {
  for (const auto& pcm : {std::vector<float>(), SpeechLike(0.1, k16k), Noise(1.0, k16k, 0.3),
                          SpeechLike(2.0, k16k, 0.006), std::vector<float>(16000)}) {
    for (const Finding& finding : AssessQuality(pcm, k16k).findings) {
      EXPECT_TRUE(std::isfinite(finding.value));
      EXPECT_FALSE(finding.unit.empty());
      EXPECT_TRUE(finding.message.ends_with('.'));
      EXPECT_TRUE(finding.advice.ends_with('.'));
    }
  }
}

}  // namespace
}  // namespace euphone

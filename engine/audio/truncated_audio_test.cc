#include <gtest/gtest.h>
#include <sndfile.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "audio/audio_reader.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Le;
using testing_audio::Pcm16;
using testing_audio::SpeechLike;
using testing_audio::WavHeader;

/// Six seconds of something like speech, as a file of this format.
std::string Encoded(int format) {
  const testing_audio::TempFolder folder("truncated_test");
  SF_INFO info{};
  info.samplerate = 16000;
  info.channels = 1;
  info.format = format;
  SNDFILE* file = sf_open((folder / "x").c_str(), SFM_WRITE, &info);
  EXPECT_NE(file, nullptr) << sf_strerror(nullptr);
  const auto pcm = SpeechLike(6.0, kRecordingRate);
  EXPECT_EQ(sf_writef_float(file, pcm.data(), std::ssize(pcm)), std::ssize(pcm));
  sf_close(file);
  std::ifstream bytes(folder / "x", std::ios::binary);
  return {std::istreambuf_iterator<char>(bytes), {}};
}

Recording Read(const std::string& bytes) {
  auto recording = ReadRecording(std::as_bytes(std::span(bytes)), "take");
  EXPECT_TRUE(recording) << recording.error().message;
  return recording ? *std::move(recording) : Recording{};
}

class EveryContainer : public testing::TestWithParam<int> {};

TEST_P(EveryContainer, IsCalledTruncatedOnlyWhereItsEndIsMissing) {
  const std::string whole = Encoded(GetParam());
  EXPECT_FALSE(Read(whole).source.truncated);
  EXPECT_NEAR(Read(whole).source.seconds, 6.0, 0.1);
  for (const double share : {0.5, 0.8}) {
    const auto size = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
    const Recording cut = Read(whole.substr(0, size));
    EXPECT_TRUE(cut.source.truncated) << share;
    EXPECT_LT(cut.source.seconds, 5.8) << share;
    EXPECT_GT(cut.source.seconds, 1.0) << share;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Truncated, EveryContainer,
    testing::Values(SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM,
                    SF_FORMAT_RF64 | SF_FORMAT_PCM_16, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                    SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                    SF_FORMAT_OGG | SF_FORMAT_OPUS, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III));

TEST(TruncatedAudio, IsAChainOfRecordingsOfWhichOnlyTheFirstIsRead) {
  for (const int coding : {SF_FORMAT_OPUS, SF_FORMAT_VORBIS}) {
    const std::string link = Encoded(SF_FORMAT_OGG | coding);
    const Recording recording = Read(link + link);
    EXPECT_TRUE(recording.source.truncated);
    EXPECT_NEAR(recording.source.seconds, 6.0, 0.1);
  }
}

TEST(TruncatedAudio, MayEndInSomethingElse) {
  for (const int format : {SF_FORMAT_OGG | SF_FORMAT_OPUS, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                           SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
    EXPECT_FALSE(Read(Encoded(format) + "TAG" + std::string(125, ' ')).source.truncated) << format;
  }
}

TEST(TruncatedAudio, IsNotWhatAWriterToAPipeLeaves) {
  const std::string samples = Pcm16(SpeechLike(1.0, kRecordingRate));
  for (const std::uint32_t size : {0u, 0xFFFFFFFFu, 0x7FFFF000u, 0x7FFFFFFFu, 0x80000000u})
    EXPECT_FALSE(Read(WavHeader(size) + samples).source.truncated) << size;
}

TEST(TruncatedAudio, IsNotAHeaderThatCountsItself) {
  const std::string samples = Pcm16(SpeechLike(1.0, kRecordingRate));
  EXPECT_FALSE(Read(WavHeader(32044) + samples).source.truncated);
  EXPECT_TRUE(Read(WavHeader(33000) + samples).source.truncated);
}

TEST(TruncatedAudio, IsNotRawSamplesThatEndInTheMiddleOfOne) {
  ReadOptions options;
  options.raw = RawFormat{};
  const std::string bytes = Pcm16(SpeechLike(1.0, kRecordingRate)) + "x";
  EXPECT_FALSE(ReadRecording(std::as_bytes(std::span(bytes)), "raw", options)->source.truncated);
}

TEST(TruncatedAudio, WithoutASampleIsAnErrorAndACompleteOneIsEmpty) {
  const std::string header = WavHeader(2000);
  EXPECT_FALSE(ReadRecording(std::as_bytes(std::span(header)), "take"));
  for (const std::uint32_t size : {0u, 0xFFFFFFFFu}) {
    const Recording recording = Read(WavHeader(size));
    EXPECT_TRUE(recording.samples.empty());
    EXPECT_EQ(recording.source.seconds, 0.0);
    EXPECT_EQ(recording.source.container, "wav");
  }
}

}  // namespace
}  // namespace euphone

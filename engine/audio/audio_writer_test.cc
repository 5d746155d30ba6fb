#include "audio/audio_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "audio/audio_reader.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing_audio::LargestGap;
using testing_audio::Rms;
using testing_audio::Sine;
using testing_audio::TempFolder;

constexpr SampleRate kRate{44100};

std::size_t FilesIn(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

Recording ReadOwn(const fs::path& file) {
  auto recording = ReadRecording(file, {.keep_up_to = kMaxRate});
  EXPECT_TRUE(recording) << recording.error().message;
  return recording ? *std::move(recording) : Recording();
}

TEST(AudioWriterTest, WhatIsWrittenWithoutLossReadsBackTheSame) {
  const TempFolder folder("writer");
  const std::vector<float> tone = Sine(440.0, 0.5, kRate);
  for (const char* name : {"take.wav", "take.FLAC"}) {
    auto writer = AudioWriter::Create(folder / name, kRate);
    ASSERT_TRUE(writer) << writer.error().message;
    const PcmView all(tone);
    for (std::size_t at = 0; at < all.size(); at += 1000)
      ASSERT_TRUE(writer->Write(all.subspan(at, std::min<std::size_t>(1000, all.size() - at))));
    ASSERT_TRUE(writer->Finish());
    const Recording read = ReadOwn(folder / name);
    EXPECT_EQ(read.source.rate, kRate);
    ASSERT_EQ(read.samples.size(), tone.size()) << name;
    EXPECT_LT(LargestGap(read.samples, tone), 1.0 / 32000) << name;
  }
}

TEST(AudioWriterTest, CompressedFormatsKeepLengthAndLoudness) {
  const TempFolder folder("writer_lossy");
  const std::vector<float> tone = Sine(440.0, 1.0, kRate);
  for (const char* name : {"take.ogg", "take.opus"}) {
    ASSERT_TRUE(WriteAudio(folder / name, tone, kRate)) << name;
    const Recording read = ReadOwn(folder / name);
    EXPECT_NEAR(read.source.seconds, 1.0, 0.002) << name;
    EXPECT_NEAR(Rms(read.samples), Rms(tone), 0.02) << name;
  }
  EXPECT_EQ(ReadOwn(folder / "take.opus").source.rate, SampleRate{48000});
}

TEST(AudioWriterTest, TheFileHasItsNameOnlyWhenItIsFinished) {
  const TempFolder folder("writer_name");
  const fs::path file = folder / "take.wav";
  {
    auto writer = AudioWriter::Create(file, kRate);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->Write(Sine(440.0, 0.1, kRate)));
    EXPECT_FALSE(fs::exists(file));
  }
  EXPECT_EQ(FilesIn(folder.path()), 0u) << "a recording that was given up stays behind";
  ASSERT_TRUE(WriteAudio(file, Sine(440.0, 0.1, kRate), kRate));
  EXPECT_TRUE(fs::exists(file));
  EXPECT_EQ(FilesIn(folder.path()), 1u);
}

TEST(AudioWriterTest, AnotherRateCanBeAskedFor) {
  const TempFolder folder("writer_rate");
  auto writer = AudioWriter::Create(folder / "take.wav", kRate, SampleRate{16000});
  ASSERT_TRUE(writer);
  EXPECT_EQ(writer->rate(), SampleRate{16000});
  ASSERT_TRUE(writer->Write(Sine(440.0, 0.5, kRate)));
  ASSERT_TRUE(writer->Finish());
  EXPECT_EQ(ReadOwn(folder / "take.wav").samples.size(), 8000u);
}

TEST(AudioWriterTest, WhatIsTooLoudIsClippedAndDoesNotWrapAround) {
  const TempFolder folder("writer_loud");
  ASSERT_TRUE(WriteAudio(folder / "loud.wav", std::vector<float>(16000, 1.5f), {16000}));
  auto read = ReadRecording(folder / "loud.wav");
  ASSERT_TRUE(read);
  EXPECT_NEAR(read->source.dc_offset, 1.0, 0.001);
}

TEST(AudioWriterTest, UnknownEndingsAndRatesAreRefusedByName) {
  const TempFolder folder("writer_refused");
  const auto other = AudioWriter::Create(folder / "take.mp4", kRate);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::kUnsupported);
  EXPECT_THAT(other.error().message, HasSubstr(".wav, .flac, .ogg or .opus"));
  const auto rate = AudioWriter::Create(folder / "take.opus", kRate, SampleRate{44100});
  ASSERT_FALSE(rate);
  EXPECT_THAT(rate.error().message, HasSubstr("Opus has 8000"));
  const auto nowhere = AudioWriter::Create(folder / "no such folder" / "take.wav", kRate);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, Errc::kNotFound);
  EXPECT_EQ(FilesIn(folder.path()), 0u);
}

TEST(AudioWriterTest, AFullDiskKeepsWhatCameBefore) {
  const TempFolder folder("writer_full");
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  auto writer = AudioWriter::Create(folder / "take.wav", {16000});
  Status written;
  for (int i = 0; i < 100 && written; ++i) written = writer->Write(Sine(440.0, 0.1, {16000}));
  const Status finished = writer->Finish();
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kIo);
  EXPECT_THAT(written.error().message, HasSubstr("take.wav: it cannot be written: File too large"));
  const Recording kept = ReadOwn(folder / "take.wav");
  EXPECT_GT(kept.source.seconds, 3.0);
}

TEST(AudioWriterTest, APipeGetsAWavFileWithoutAnEnd) {
  const TempFolder folder("writer_pipe");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  auto writer = AudioWriter::ToDescriptor(ends[1], "pipe", {16000}, {}, true);
  ASSERT_TRUE(writer);
  const std::vector<float> tone = Sine(440.0, 0.5, {16000});
  ASSERT_TRUE(writer->Write(tone));
  ASSERT_TRUE(writer->Finish());
  ::close(ends[1]);
  const auto read = ReadRecording(ends[0], "pipe");
  ::close(ends[0]);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->samples.size(), tone.size());
  EXPECT_FALSE(read->source.truncated);
  EXPECT_LT(LargestGap(read->samples, tone), 1.0 / 32000);
}

}  // namespace
}  // namespace euphone

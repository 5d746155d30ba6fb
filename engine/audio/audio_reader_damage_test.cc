#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <thread>

#include "audio/audio_reader.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing::HasSubstr;
using testing_audio::Le;
using testing_audio::Pcm16;
using testing_audio::Sine;
using testing_audio::WavHeader;

Result<Recording> FromMemory(const std::string& bytes, const ReadOptions& options = {}) {
  return ReadRecording(std::as_bytes(std::span(bytes)), "take 1.wav", options);
}

/// What is wrong with `bytes`, after checking that it is told in one line that names them.
Error ErrorOf(const std::string& bytes, const ReadOptions& options = {}) {
  auto recording = FromMemory(bytes, options);
  if (recording) return {Errc::kInternal, "accepted"};
  EXPECT_THAT(recording.error().message, testing::StartsWith("take 1.wav: "));
  EXPECT_THAT(recording.error().message, testing::Not(HasSubstr("\n")));
  EXPECT_LT(recording.error().message.size(), 280u);
  return recording.error();
}

std::string Float32(float value) { return Le(std::bit_cast<std::uint32_t>(value), 4); }

/// What 300 s of mono float, 19 MB, may come to while they grow; AddressSanitizer also keeps what
/// has been freed, up to 256 MB.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EUPHONE_KEEPS_FREED_MEMORY
#endif
#endif
#ifdef EUPHONE_KEEPS_FREED_MEMORY
constexpr std::int64_t kFewMinutes = 320 << 20;
#else
constexpr std::int64_t kFewMinutes = 64 << 20;
#endif

/// Most memory that this process has held so far, in bytes.
std::int64_t PeakMemory() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

TEST(DamagedAudio, WithNoBytesIsCalledEmpty) {
  EXPECT_THAT(ErrorOf("").message, HasSubstr("empty"));
}

TEST(DamagedAudio, ThatIsTextIsNotAudio) {
  EXPECT_EQ(ErrorOf("Dear diary, today I spoke English.").code, Errc::kUnsupported);
  EXPECT_EQ(ErrorOf(std::string(100'000, 'a')).code, Errc::kUnsupported);
  EXPECT_EQ(ErrorOf("RIFF1234WAVEthis is only text that pretends").code, Errc::kCorrupt);
}

TEST(DamagedAudio, WithMp3FramesThatLeadNowhereSaysSoInItsErrorOnly) {
  std::string bytes("\xff\xfb\x90\x00", 4);
  for (int i = 0; i < 50; ++i) bytes += "Dear diary, today I spoke English for an hour.\n";
  testing::internal::CaptureStderr();
  EXPECT_THAT(ErrorOf(bytes).message, HasSubstr("damaged MP3"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(DamagedAudio, ThatIsMissingOrAFolderIsNamed) {
  const testing_audio::TempFolder folder("damage_test");
  const auto missing = ReadRecording(folder / "nowhere.wav");
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
  EXPECT_THAT(missing.error().message, HasSubstr("nowhere.wav: "));
  EXPECT_EQ(ReadRecording(folder.path()).error().code, Errc::kIo);
}

TEST(DamagedAudio, WithAWildNameStillGivesOneShortLine) {
  const auto missing = ReadRecording(std::filesystem::path(std::string(2000, 'x') + "\nend"));
  EXPECT_THAT(missing.error().message, testing::Not(HasSubstr("\n")));
  EXPECT_LT(missing.error().message.size(), 200u);
}

TEST(DamagedAudio, CutShortInTheHeaderIsRefusedAtEveryLength) {
  const std::string whole = WavHeader(2) + Le(1, 2);
  for (std::size_t length = 1; length < whole.size(); ++length)
    EXPECT_FALSE(ErrorOf(whole.substr(0, length)).message.empty()) << length;
  EXPECT_TRUE(FromMemory(whole));
}

TEST(DamagedAudio, CutShortInTheSamplesGivesWhatIsThere) {
  const std::string bytes = WavHeader(64000) + Pcm16(Sine(200.0, 1.0, kRecordingRate)) + "x";
  EXPECT_EQ(FromMemory(bytes)->samples.size(), 16000u);
}

TEST(DamagedAudio, OfOneSampleIsRead) {
  EXPECT_EQ(FromMemory(WavHeader(2) + Le(0x4000, 2))->samples, std::vector<float>{0.5f});
}

TEST(DamagedAudio, WithoutSamplesSaysSo) {
  EXPECT_THAT(ErrorOf(WavHeader(32000)).message, HasSubstr("no samples"));
  EXPECT_THAT(ErrorOf(WavHeader(2) + "x").message, HasSubstr("no samples"));
}

TEST(DamagedAudio, WithAnImpossibleRateOrChannelCountIsRefused) {
  for (const std::uint32_t rate : {0u, 1u, 3999u, 768001u, 10'000'000u, 0xFFFFFFFFu})
    EXPECT_THAT(ErrorOf(WavHeader(2, {.rate = rate}) + "xx").message, HasSubstr("rate")) << rate;
  for (const std::uint32_t channels : {0u, 65u, 65535u}) {
    EXPECT_THAT(ErrorOf(WavHeader(2, {.channels = channels}) + "xx").message, HasSubstr("channels"))
        << channels;
  }
}

TEST(DamagedAudio, InAnUnknownCodingIsRefused) {
  EXPECT_EQ(ErrorOf(WavHeader(2, {.coding = 0x161}) + "xx").code, Errc::kUnsupported);
  EXPECT_EQ(ErrorOf(WavHeader(2, {.bits = 0}) + "xx").code, Errc::kUnsupported);
  EXPECT_EQ(ErrorOf(WavHeader(2, {.bits = 64}) + "xx").code, Errc::kUnsupported);
}

TEST(DamagedAudio, WithSamplesThatAreNoNumbersIsRefused) {
  const testing_audio::WavSpec floats{.bits = 32, .coding = 3};
  for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity(), 1e30f, -32768.0f}) {
    const std::string bytes = WavHeader(12, floats) + Float32(0.1f) + Float32(bad) + Float32(0.2f);
    EXPECT_THAT(ErrorOf(bytes).message, HasSubstr("not numbers between")) << bad;
  }
  EXPECT_TRUE(FromMemory(WavHeader(4, floats) + Float32(1.5f))) << "a little too loud is readable";
}

TEST(LongAudio, IsReadUpToTheLimitAndRefusedBeyond) {
  ReadOptions options;
  options.max_seconds = 1.0;
  const std::string second = Pcm16(Sine(200.0, 1.0, kRecordingRate));
  EXPECT_TRUE(FromMemory(WavHeader(32000) + second, options));
  const Error error = ErrorOf(WavHeader(32002) + second + Le(0, 2), options);
  EXPECT_EQ(error.code, Errc::kTooLarge);
  EXPECT_THAT(error.message, HasSubstr("limit of 1 s"));
}

TEST(LongAudio, ThatOnlyClaimsItsLengthIsRead) {
  EXPECT_EQ(FromMemory(WavHeader(0x7FFFE000) + Le(0, 2))->samples.size(), 1u);
}

TEST(LongAudio, InASparseFileIsRefusedWithoutReadingIt) {
  const testing_audio::TempFolder folder("long_test");
  const auto path = folder.Write("ten hours.wav", WavHeader(1'152'000'000));
  ASSERT_EQ(::truncate(path.c_str(), 44 + 1'152'000'000), 0);
  const std::int64_t before = PeakMemory();
  EXPECT_EQ(ReadRecording(path).error().code, Errc::kTooLarge);
  EXPECT_LT(PeakMemory() - before, 16 << 20);
}

/// Feeds `header` and then ten hours of silence, until the reader goes away.
Result<Recording> ReadTenHoursThroughPipe(const std::string& header, const ReadOptions& options,
                                          std::int64_t& bytes_taken) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  ::signal(SIGPIPE, SIG_IGN);
  std::thread writer([&] {
    bytes_taken = ::write(ends[1], header.data(), header.size());
    const std::string block(1 << 16, '\0');
    while (bytes_taken < 1'152'000'000) {
      const ssize_t put = ::write(ends[1], block.data(), block.size());
      if (put <= 0) break;
      bytes_taken += put;
    }
    ::close(ends[1]);
  });
  auto recording = ReadRecording(ends[0], "standard input", options);
  ::close(ends[0]);
  writer.join();
  return recording;
}

TEST(LongAudio, FromAPipeIsRefusedInBoundedMemory) {
  std::int64_t bytes_taken = 0;
  const std::int64_t before = PeakMemory();
  const auto endless = ReadTenHoursThroughPipe(WavHeader(0xFFFFFFFF), {}, bytes_taken);
  EXPECT_EQ(endless.error().code, Errc::kTooLarge);
  EXPECT_LT(bytes_taken, 12'000'000) << "five minutes and what the pipe holds";

  const auto claimed = ReadTenHoursThroughPipe(WavHeader(1'152'000'000), {}, bytes_taken);
  EXPECT_EQ(claimed.error().code, Errc::kTooLarge);
  EXPECT_LT(bytes_taken, 1'000'000) << "the header was enough";

  ReadOptions raw;
  raw.raw = RawFormat{};
  EXPECT_EQ(ReadTenHoursThroughPipe("", raw, bytes_taken).error().code, Errc::kTooLarge);
  EXPECT_LT(PeakMemory() - before, kFewMinutes);
}

TEST(LongAudio, InAnotherContainerFromAPipeIsRefusedInBoundedMemory) {
  std::int64_t bytes_taken = 0;
  const auto refused = ReadTenHoursThroughPipe("fLaC", {}, bytes_taken);
  EXPECT_EQ(refused.error().code, Errc::kTooLarge);
  EXPECT_LT(bytes_taken, 80 << 20);
}

}  // namespace
}  // namespace euphone

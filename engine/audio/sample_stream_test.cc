#include "audio/sample_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::TempFolder;
using testing_audio::WavHeader;
using testing_audio::WavSpec;

TEST(SampleStream, GivesEveryChannelAtItsOwnRate) {
  const TempFolder folder("sample_stream");
  const std::vector<float> samples{0.0f, 0.5f, 0.25f, -0.5f, -0.25f, 0.125f};
  const std::string bytes = testing_audio::Pcm16(samples);
  const auto file = folder.Write(
      "two.wav",
      WavHeader(static_cast<std::uint32_t>(bytes.size()), {.rate = 51200, .channels = 2}) + bytes);
  auto stream = SampleStream::Open(file);
  ASSERT_TRUE(stream) << stream.error().message;
  EXPECT_EQ(stream->format().rate, SampleRate{51200});
  EXPECT_EQ(stream->format().channels, 2);
  std::vector<float> read(4);
  std::vector<float> all;
  for (;;) {
    const auto got = stream->Read(read);
    ASSERT_TRUE(got);
    if (*got == 0) break;
    all.insert(all.end(), read.begin(), read.begin() + static_cast<std::ptrdiff_t>(2 * *got));
  }
  ASSERT_EQ(all.size(), samples.size());
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NEAR(all[i], samples[i], 1e-4);
}

TEST(SampleStream, ReadsAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string bytes = testing_audio::Pcm16(std::vector<float>(100, 0.5f));
  ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), std::ssize(bytes));
  ::close(ends[1]);
  auto stream = SampleStream::Open(ends[0], "a pipe", RawFormat{});
  ASSERT_TRUE(stream);
  std::vector<float> read(64);
  EXPECT_EQ(*stream->Read(read), 64u);
  EXPECT_EQ(*stream->Read(read), 36u);
  EXPECT_EQ(*stream->Read(read), 0u);
  ::close(ends[0]);
}

TEST(SampleStream, NamesWhatItCannotRead) {
  const TempFolder folder("sample_stream_bad");
  const auto missing = SampleStream::Open(folder / "none.wav");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
  EXPECT_THAT(missing.error().message, testing::HasSubstr("none.wav"));
  const auto text = SampleStream::Open(folder.Write("text.wav", "time,x\n0,1\n"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::kUnsupported);
}

}  // namespace
}  // namespace euphone

#include "audio/audio_reader.h"

#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::LargestGap;
using testing_audio::Le;
using testing_audio::Pcm16;
using testing_audio::Sine;
using testing_audio::WavHeader;

/// Writes `mono` into every channel of a new file.
void WriteSound(const std::filesystem::path& path, int format, SampleRate rate, int channels,
                const std::vector<float>& mono) {
  SF_INFO info{};
  info.samplerate = rate.hz;
  info.channels = channels;
  info.format = format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  ASSERT_NE(file, nullptr) << path << ": " << sf_strerror(nullptr);
  std::vector<float> frame(static_cast<std::size_t>(channels));
  for (const float sample : mono) {
    frame.assign(frame.size(), sample);
    ASSERT_EQ(sf_writef_float(file, frame.data(), 1), 1);
  }
  sf_close(file);
}

std::string Slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::span<const std::byte> Bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

/// Reads `bytes` the way they arrive on standard input.
Result<Recording> ReadThroughPipe(const std::string& bytes, const ReadOptions& options = {}) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  std::thread writer([&] {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t put = ::write(ends[1], bytes.data() + done, bytes.size() - done);
      if (put <= 0) break;
      done += static_cast<std::size_t>(put);
    }
    ::close(ends[1]);
  });
  auto recording = ReadRecording(ends[0], "standard input", options);
  for (std::array<char, 4096> rest{}; ::read(ends[0], rest.data(), rest.size()) > 0;) continue;
  writer.join();
  ::close(ends[0]);
  return recording;
}

struct FormatCase {
  const char* name;
  int format;
  SampleRate rate;
  const char* container;
  const char* encoding;
  double tolerance;  ///< Of the samples, against the sine that was written.
};

void PrintTo(const FormatCase& format, std::ostream* out) { *out << format.name; }

class EveryFormat : public testing::TestWithParam<FormatCase> {
 protected:
  testing_audio::TempFolder folder_{"audio_reader_test"};
};

TEST_P(EveryFormat, ComesOutAsTheSineThatWentIn) {
  const FormatCase& c = GetParam();
  for (const int channels : {1, 2}) {
    const auto path = folder_ / c.name;
    WriteSound(path, c.format, c.rate, channels, Sine(500.0, 1.0, c.rate));
    const std::string bytes = Slurp(path);
    const std::array results{ReadRecording(path), ReadRecording(Bytes(bytes), "memory"),
                             ReadThroughPipe(bytes)};
    for (const auto& recording : results) {
      ASSERT_TRUE(recording) << recording.error().message;
      EXPECT_EQ(recording->source.container, c.container);
      EXPECT_EQ(recording->source.encoding, c.encoding);
      EXPECT_EQ(recording->source.rate, c.rate);
      EXPECT_EQ(recording->source.channels, channels);
      EXPECT_NEAR(recording->source.seconds, 1.0, 0.1);
      EXPECT_EQ(recording->samples, results[0]->samples) << "file, memory and pipe must agree";
      if (c.tolerance > 0.0) {
        EXPECT_EQ(recording->samples.size(), 16000u);
        EXPECT_LT(LargestGap(recording->samples, Sine(500.0, 1.0, kRecordingRate), 500),
                  c.tolerance);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    AudioReader, EveryFormat,
    testing::Values(
        FormatCase{"u8.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, {16000}, "wav", "pcm8", 0.01},
        FormatCase{"16.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, {44100}, "wav", "pcm16", 3e-4},
        FormatCase{"24.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, {48000}, "wav", "pcm24", 2e-4},
        FormatCase{"32.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_32, {96000}, "wav", "pcm32", 2e-4},
        FormatCase{"f32.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, {22050}, "wav", "float32", 2e-4},
        FormatCase{"f64.wav", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, {8000}, "wav", "float64", 2e-4},
        FormatCase{"alaw.wav", SF_FORMAT_WAV | SF_FORMAT_ALAW, {8000}, "wav", "alaw", 0.05},
        FormatCase{"mulaw.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, {8000}, "wav", "mulaw", 0.05},
        FormatCase{"ima.wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, {16000}, "wav", "adpcm", 0},
        FormatCase{"ex.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, {16000}, "wav", "pcm24", 2e-4},
        FormatCase{"rf64.wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, {16000}, "wav", "pcm16", 2e-4},
        FormatCase{"be.wav",
                   SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG,
                   {16000},
                   "wav",
                   "pcm16",
                   2e-4},
        FormatCase{"16.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, {44100}, "flac", "pcm16", 3e-4},
        FormatCase{"24.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, {48000}, "flac", "pcm24", 2e-4},
        FormatCase{"16.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, {44100}, "aiff", "pcm16", 3e-4},
        FormatCase{"24.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, {32000}, "aiff", "pcm24", 2e-4},
        FormatCase{"v.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, {44100}, "ogg", "vorbis", 0.05},
        FormatCase{"o.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, {48000}, "ogg", "opus", 0.1},
        FormatCase{"l3.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, {44100}, "mp3", "mp3", 0}),
    [](const auto& test) {
      std::string name = test.param.name;
      name[name.find('.')] = '_';
      return name;
    });

TEST(AudioReader, ReadsEveryRawEncoding) {
  for (int i = 0; i <= static_cast<int>(RawEncoding::kMuLaw); ++i) {
    ReadOptions options;
    options.raw = RawFormat{static_cast<RawEncoding>(i), SampleRate{16000}, 2};
    const std::string bytes(static_cast<std::size_t>(1600 * BytesPerSample(options.raw->encoding)),
                            '\0');
    const auto recording = ReadThroughPipe(bytes, options);
    ASSERT_TRUE(recording) << NameOf(options.raw->encoding);
    EXPECT_EQ(recording->samples.size(), 800u) << NameOf(options.raw->encoding);
    EXPECT_EQ(recording->source.container, "raw");
  }
}

TEST(AudioReader, ReadsRawSamplesAsTheyWereMeant) {
  ReadOptions options;
  options.raw = RawFormat{RawEncoding::kS16Le, SampleRate{16000}, 1};
  const auto recording = ReadRecording(Bytes(Le(0x4000, 2) + Le(0xC000, 2)), "raw", options);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->samples, (std::vector<float>{0.5f, -0.5f}));
}

TEST(AudioReader, AveragesTheChannels) {
  std::string bytes = WavHeader(8, {.channels = 2});
  bytes += Le(0x4000, 2) + Le(0, 2) + Le(0xC000, 2) + Le(0x4000, 2);
  EXPECT_EQ(ReadRecording(Bytes(bytes), "stereo")->samples, (std::vector<float>{0.25f, 0.0f}));
}

TEST(AudioReader, ReadsSixtyFourChannels) {
  std::string bytes = WavHeader(128 * 100, {.channels = 64});
  for (int frame = 0; frame < 100; ++frame) bytes += Le(0x4000, 2) + std::string(126, '\0');
  const auto recording = ReadRecording(Bytes(bytes), "array");
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->samples, std::vector<float>(100, 0.5f / 64.0f));
}

TEST(AudioReader, ReadsTwentyFourBitsThatLieInFourBytes) {
  std::string bytes = "RIFF" + Le(0, 4) + "WAVEfmt " + Le(16, 4) + Le(1, 2) + Le(1, 2) +
                      Le(16000, 4) + Le(64000, 4) + Le(4, 2) + Le(24, 2) + "data" + Le(4, 4);
  bytes += Le(0x40000000, 4);
  EXPECT_EQ(ReadRecording(Bytes(bytes), "24 in 32")->samples, std::vector<float>{0.5f});
}

TEST(AudioReader, FollowsAWavHeaderWrittenToAPipeUntilTheEnd) {
  const auto sine = Sine(300.0, 2.0, kRecordingRate);
  // ffmpeg; sox; arecord; GStreamer; 2 GiB as an old arecord writes it.
  for (const std::uint32_t size : {0xFFFFFFFFu, 0x7FFFF000u, 0x7FFFFFFFu, 0u, 0x80000000u}) {
    const std::string bytes = WavHeader(size) + Pcm16(sine);
    for (const auto& recording : {ReadThroughPipe(bytes), ReadRecording(Bytes(bytes), "memory")}) {
      ASSERT_TRUE(recording) << size << ": " << recording.error().message;
      ASSERT_EQ(recording->samples.size(), sine.size()) << size;
      EXPECT_LT(LargestGap(recording->samples, sine), 1e-4);
    }
  }
}

TEST(AudioReader, LeavesOutWhatFollowsTheSamples) {
  const std::string bytes = WavHeader(4) + Le(1, 2) + Le(2, 2) + "LIST" + Le(4, 4) + "INFO";
  EXPECT_EQ(ReadRecording(Bytes(bytes), "memory")->samples.size(), 2u);
  EXPECT_EQ(ReadThroughPipe(bytes)->samples.size(), 2u);
}

TEST(AudioReader, PassesOverAnId3TagAndOtherPartsOfTheHeader) {
  const std::string wav = WavHeader(4);
  const std::string id3 = std::string("ID3\4\0\0\0\0\1\0", 10) + std::string(128, 'x');
  const std::string list = "LIST" + Le(5, 4) + "note!" + std::string(1, '\0');
  const std::string bytes =
      id3 + wav.substr(0, 12) + list + wav.substr(12) + Le(0x4000, 2) + Le(0, 2);
  EXPECT_EQ(ReadRecording(Bytes(bytes), "memory")->samples, (std::vector<float>{0.5f, 0.0f}));
}

TEST(AudioReader, TakesAConstantOffsetOffAndTellsIt) {
  const auto sine = Sine(300.0, 1.0, kRecordingRate, 0.3);
  auto shifted = sine;
  for (float& sample : shifted) sample += 0.4f;
  const std::string bytes = WavHeader(32000) + Pcm16(shifted);
  const auto recording = ReadRecording(Bytes(bytes), "memory");
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_NEAR(recording->source.dc_offset, 0.4, 1e-4);
  EXPECT_LT(LargestGap(recording->samples, sine), 1e-3);
}

TEST(AudioReader, LeavesSamplesWithoutAnOffsetAsTheyAre) {
  const std::string bytes = WavHeader(32000) + Pcm16(Sine(300.0, 1.0, kRecordingRate));
  const auto recording = ReadRecording(Bytes(bytes), "memory");
  EXPECT_EQ(recording->source.dc_offset, 0.0);
  EXPECT_EQ(recording->samples[1], std::round(0.5 * std::sin(0.117809725) * 32767.0) / 32768.0);
}

TEST(AudioReader, ReadsTheRestOfADescriptorThatIsAFile) {
  const testing_audio::TempFolder folder("descriptor_test");
  const auto path = folder.Write("a.wav", "skip" + WavHeader(4) + Le(0x4000, 2) + Le(0, 2));
  std::FILE* file = std::fopen(path.c_str(), "rb");
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(::lseek(::fileno(file), 4, SEEK_SET), 4);
  EXPECT_EQ(ReadRecording(::fileno(file), "standard input")->samples.size(), 2u);
  EXPECT_EQ(std::fclose(file), 0) << "the descriptor must still be open";
}

}  // namespace
}  // namespace euphone

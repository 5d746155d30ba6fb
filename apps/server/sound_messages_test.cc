#include "server/sound_messages.h"

#include <gtest/gtest.h>
#include <opus.h>

#include <cmath>
#include <memory>
#include <string>

namespace euphone::server {
namespace {

/// A tone of half the full scale, as packets of 20 ms.
std::vector<std::string> TonePackets(int rate, int channels, double hz, int count) {
  int failed = 0;
  const std::unique_ptr<OpusEncoder, decltype(&opus_encoder_destroy)> encoder(
      opus_encoder_create(rate, channels, OPUS_APPLICATION_VOIP, &failed), opus_encoder_destroy);
  EXPECT_EQ(failed, OPUS_OK);
  const int frame = rate / 50;
  std::vector<std::string> packets;
  std::vector<float> samples(static_cast<std::size_t>(frame * channels));
  for (int p = 0; p < count; ++p) {
    for (int i = 0; i < frame; ++i) {
      const double angle = 2.0 * M_PI * hz * (p * frame + i) / rate;
      for (int c = 0; c < channels; ++c)
        samples[static_cast<std::size_t>(i * channels + c)] =
            static_cast<float>(0.5 * std::sin(angle));
    }
    std::string packet(4000, '\0');
    const int bytes = opus_encode_float(encoder.get(), samples.data(), frame,
                                        reinterpret_cast<unsigned char*>(packet.data()), 4000);
    EXPECT_GT(bytes, 0);
    packet.resize(static_cast<std::size_t>(bytes));
    packets.push_back(std::move(packet));
  }
  return packets;
}

double Rms(const std::vector<float>& samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

TEST(SoundMessagesTest, PacketsBecomeSamplesAtTheWantedRate) {
  for (const int rate : {8000, 12000, 16000, 24000, 48000}) {
    auto opened = SoundMessages::Open(SoundFormat::kOpus, SampleRate{rate});
    ASSERT_TRUE(opened) << rate;
    std::vector<float> last;
    for (const std::string& packet : TonePackets(48000, 2, 440.0, 25)) {
      auto samples = opened->Read(packet);
      ASSERT_TRUE(samples) << samples.error().message;
      ASSERT_EQ(samples->size(), static_cast<std::size_t>(rate / 50));
      last = *std::move(samples);
    }
    EXPECT_NEAR(Rms(last), 0.5 / std::sqrt(2.0), 0.05) << rate;
  }
}

TEST(SoundMessagesTest, SamplesAreLittleEndianAndReachFromMinusOneToOne) {
  using namespace std::string_view_literals;
  auto opened = SoundMessages::Open(SoundFormat::kPcm16, SampleRate{44100});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->Read("\x00\x80\xFF\x7F\x00\x00\x00\x40"sv).value(),
            (std::vector<float>{-1.0F, 32767.0F / 32768.0F, 0.0F, 0.5F}));
  EXPECT_EQ(opened->Read("\x00\x80\xFF"sv).error().code, Errc::kInvalidArgument);
}

TEST(SoundMessagesTest, OtherRatesAreRefused) {
  for (const int rate : {4000, 11025, 22050, 44100, 96000}) {
    const auto opened = SoundMessages::Open(SoundFormat::kOpus, SampleRate{rate});
    ASSERT_FALSE(opened) << rate;
    EXPECT_EQ(opened.error().code, Errc::kUnsupported);
  }
}

TEST(SoundMessagesTest, WhatIsNoPacketIsRefusedAndTheNextOneIsHeard) {
  auto opened = SoundMessages::Open(SoundFormat::kOpus, SampleRate{16000});
  ASSERT_TRUE(opened);
  for (const std::string& wrong :
       {std::string(), std::string(64001, 'a'), std::string("\xff\xff"), std::string("\x03\x3f")}) {
    const auto samples = opened->Read(wrong);
    ASSERT_FALSE(samples);
    EXPECT_EQ(samples.error().code, Errc::kCorrupt);
  }
  EXPECT_TRUE(opened->Read(TonePackets(16000, 1, 300.0, 1).front()));
}

}  // namespace
}  // namespace euphone::server

#include "session/live_hearing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

namespace euphone {
namespace {

/// Gives one frame for every 100 samples: their sum. Counts what it is given.
class CountingStream final : public AcousticStream {
 public:
  void SetWindow(std::size_t) override {}
  Result<Posteriors> Push(PcmView pcm) override {
    waiting_.insert(waiting_.end(), pcm.begin(), pcm.end());
    Posteriors heard;
    while (waiting_.size() >= 100) Take(100, heard);
    return heard;
  }
  Result<Posteriors> Finish() override {
    Posteriors heard;
    if (waiting_.size() >= 50) Take(waiting_.size(), heard);
    return heard;
  }

 private:
  void Take(std::size_t count, Posteriors& heard) {
    float sum = 0.0F;
    for (std::size_t i = 0; i < count; ++i) sum += waiting_[i];
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    for (Matrix* table : {&heard.ctc, &heard.frames}) {
      table->columns = 1;
      ++table->rows;
      table->values.push_back(sum);
    }
  }

  std::vector<float> waiting_;
};

class CountingModel final : public StreamingModel {
 public:
  const AcousticSpec& spec() const override { return spec_; }
  const StreamSpec& stream_spec() const override { return stream_; }
  std::unique_ptr<AcousticStream> Start() const override {
    return std::make_unique<CountingStream>();
  }

 private:
  AcousticSpec spec_;
  StreamSpec stream_;
};

TEST(LiveHearing, JoinsWhatTheStreamSaysToTheLastFrame) {
  const LiveHearing hearing(std::make_unique<CountingModel>());
  const auto heard = hearing.Run(std::vector<float>(20'060, 1.0F));
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->ctc.rows, 201u);
  EXPECT_EQ(heard->ctc.values.front(), 100.0F);
  EXPECT_EQ(heard->frames.values.back(), 60.0F);
}

TEST(LiveHearing, BeginsAnewWithEachRecording) {
  const LiveHearing hearing(std::make_unique<CountingModel>());
  const auto first = hearing.Run(std::vector<float>(149, 1.0F));
  const auto second = hearing.Run(std::vector<float>(100, 2.0F));
  ASSERT_TRUE(first && second);
  EXPECT_THAT(second->ctc.values, ::testing::ElementsAre(200.0F));
}

TEST(LiveHearing, RefusesARecordingInWhichItHearsNothing) {
  const LiveHearing hearing(std::make_unique<CountingModel>());
  const auto heard = hearing.Run(std::vector<float>(49, 1.0F));
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone

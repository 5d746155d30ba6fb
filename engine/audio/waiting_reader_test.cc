#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "audio/audio_reader.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::WavHeader;

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) ::close(end);
    }
  }

  int out() const { return ends_[0]; }
  void Write(const std::string& bytes) const {
    EXPECT_EQ(::write(ends_[1], bytes.data(), bytes.size()), std::ssize(bytes));
  }
  void CloseWriter() {
    ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(WaitingReader, StopsWaitingForAPipeWhenItIsAskedTo) {
  const Pipe input;
  const Pipe stop;
  input.Write(WavHeader(64000) + std::string(100, 'x'));
  ReadOptions options;
  options.stop = stop.out();
  std::thread asker([&] { stop.Write("x"); });
  const auto recording = ReadRecording(input.out(), "standard input", options);
  asker.join();
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error().code, Errc::kIo);
}

TEST(WaitingReader, StopsWaitingForTheWriterOfANamedPipe) {
  const testing_audio::TempFolder folder("waiting_test");
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  const Pipe stop;
  stop.Write("x");
  ReadOptions options;
  options.stop = stop.out();
  const auto recording = ReadRecording(folder / "fifo", options);
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error().code, Errc::kIo);
}

TEST(WaitingReader, ReadsAllThatComesWhereNobodyAsksItToStop) {
  Pipe input;
  const Pipe stop;
  ReadOptions options;
  options.stop = stop.out();
  std::thread writer([&] {
    input.Write(WavHeader(4));
    input.Write(testing_audio::Le(0x4000, 2) + testing_audio::Le(0, 2));
    input.CloseWriter();
  });
  const auto recording = ReadRecording(input.out(), "standard input", options);
  writer.join();
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->samples, (std::vector<float>{0.5f, 0.0f}));
}

}  // namespace
}  // namespace euphone

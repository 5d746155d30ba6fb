#include "devices/loudspeaker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "audio/resampler.h"
#include "devices/port_audio.h"

namespace euphone {
namespace {

// PortAudio drops what ALSA has buffered when a stream ends (its drain is said to lock up), so
// silence follows the samples until they have been heard: the stream's latency and this for what
// lies behind it, as a sound server.
constexpr double kTailSeconds = 0.25;
constexpr double kLatencySeconds = 0.1;

}  // namespace

class Loudspeaker::Output {
 public:
  Output(PortAudioLibrary library, PaStreamParameters parameters, std::string name, SampleRate rate)
      : library_(std::move(library)),
        parameters_(parameters),
        name_(std::move(name)),
        rate_(rate) {}
  ~Output() { Stop(); }

  Status Play(PcmView pcm, SampleRate rate) {
    auto resampler = Resampler::Create(rate, rate_);
    if (!resampler) return resampler.error();
    std::vector<float> samples;
    if (auto status = resampler->Push(pcm, samples); !status) return status.error();
    if (auto status = resampler->Finish(samples); !status) return status.error();
    for (float& sample : samples) sample = std::clamp(sample, -1.0f, 1.0f);

    const std::scoped_lock lock(mutex_);
    Halt();
    samples_ = std::move(samples);
    next_ = 0;
    last_call_ = Now();
    state_ = OutputState::kPlaying;
    const PortAudioCall call;
    PaError code = Pa_OpenStream(&stream_, nullptr, &parameters_, rate_.hz,
                                 paFramesPerBufferUnspecified, paNoFlag, &OnBuffer, this);
    if (code != paNoError) stream_ = nullptr;
    if (code == paNoError) {
      const PaStreamInfo* info = Pa_GetStreamInfo(stream_);
      const double latency = info == nullptr ? 0.0 : info->outputLatency;
      end_ = samples_.size() + static_cast<std::size_t>((latency + kTailSeconds) * rate_.hz);
      code = Pa_SetStreamFinishedCallback(stream_, &OnFinished);
    }
    if (code == paNoError) code = Pa_StartStream(stream_);
    if (code == paNoError) return {};
    const std::string why = Explanation(code);
    state_ = OutputState::kIdle;
    Close();
    return Error{Errc::kIo, name_ + ": the loudspeaker cannot be opened (" + why +
                                "); is another program using it?"};
  }

  void Stop() {
    const std::scoped_lock lock(mutex_);
    Halt();
  }

  OutputState state() const {
    const auto silent = std::chrono::steady_clock::duration(Now() - last_call_.load());
    auto playing = OutputState::kPlaying;
    if (silent > kLongestSilence) state_.compare_exchange_strong(playing, OutputState::kLost);
    return state_;
  }

  double position() const {
    const std::scoped_lock lock(mutex_);
    const std::size_t taken = std::min(next_.load(), samples_.size());
    return SecondsIn(static_cast<std::int64_t>(taken), rate_);
  }

 private:
  /// REQUIRES: mutex_ held.
  void Halt() {
    if (stream_ == nullptr) return;
    auto playing = OutputState::kPlaying;
    state_.compare_exchange_strong(playing, OutputState::kIdle);
    const PortAudioCall call;
    Pa_AbortStream(stream_);
    Close();
  }

  void Close() {
    if (stream_ != nullptr) Pa_CloseStream(stream_);
    stream_ = nullptr;
  }

  /// Samples from `next`, then silence.
  void Fill(float* out, std::size_t frames, std::size_t next) const {
    const auto channels = static_cast<std::size_t>(parameters_.channelCount);
    for (std::size_t i = 0; i < frames; ++i) {
      const float sample = next + i < samples_.size() ? samples_[next + i] : 0.0f;
      std::fill_n(out + i * channels, channels, sample);
    }
  }

  static int OnBuffer(const void*, void* output, unsigned long frames,
                      const PaStreamCallbackTimeInfo*, PaStreamCallbackFlags, void* self) {
    auto& out = *static_cast<Output*>(self);
    out.last_call_ = Now();
    const std::size_t next = out.next_;
    out.Fill(static_cast<float*>(output), frames, next);
    out.next_ = next + frames;
    if (out.state_ != OutputState::kPlaying) return paAbort;
    if (out.next_ < out.end_) return paContinue;
    auto playing = OutputState::kPlaying;
    out.state_.compare_exchange_strong(playing, OutputState::kEnded);
    return paComplete;
  }

  static void OnFinished(void* self) {
    auto playing = OutputState::kPlaying;
    static_cast<Output*>(self)->state_.compare_exchange_strong(playing, OutputState::kLost);
  }

  PortAudioLibrary library_;
  PaStreamParameters parameters_;
  std::string name_;
  SampleRate rate_;
  mutable std::mutex mutex_;  ///< Never taken by the callback.
  PaStream* stream_ = nullptr;
  std::vector<float> samples_;  ///< Changes only where no stream runs, as does end_.
  std::size_t end_ = 0;         ///< Where the silence after the samples ends.
  std::atomic<std::size_t> next_{0};
  std::atomic<std::int64_t> last_call_{0};  ///< Ticks of steady_clock.
  mutable std::atomic<OutputState> state_{OutputState::kIdle};
};

Result<Loudspeaker> Loudspeaker::Open(const std::string& device) {
  auto library = PortAudioLibrary::Start();
  if (!library) return library.error();
  std::string name;
  PaStreamParameters parameters{};
  SampleRate rate{};
  {
    const PortAudioCall call;
    const auto index = FindDevice(Direction::kOutput, device);
    if (!index) return index.error();
    const PaDeviceInfo& info = *Pa_GetDeviceInfo(*index);
    name = info.name;
    rate = {static_cast<int>(std::lround(info.defaultSampleRate))};
    parameters = {.device = *index,
                  .channelCount = std::min(info.maxOutputChannels, 2),
                  .sampleFormat = paFloat32,
                  .suggestedLatency = std::max(info.defaultLowOutputLatency, kLatencySeconds),
                  .hostApiSpecificStreamInfo = nullptr};
  }
  return Loudspeaker(
      std::make_unique<Output>(*std::move(library), parameters, std::move(name), rate));
}

Loudspeaker::Loudspeaker(std::unique_ptr<Output> output) : output_(std::move(output)) {}
Loudspeaker::Loudspeaker(Loudspeaker&&) noexcept = default;
Loudspeaker& Loudspeaker::operator=(Loudspeaker&&) noexcept = default;
Loudspeaker::~Loudspeaker() = default;

Status Loudspeaker::Play(PcmView pcm, SampleRate rate) { return output_->Play(pcm, rate); }
void Loudspeaker::Stop() { output_->Stop(); }
OutputState Loudspeaker::state() const { return output_->state(); }
double Loudspeaker::position() const { return output_->position(); }

}  // namespace euphone

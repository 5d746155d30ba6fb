#include "devices/microphone.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <utility>

#include "devices/port_audio.h"

namespace euphone {
namespace {

// The rate of the engine (audio/audio_reader.h), asked for only where the hardware has it.
constexpr SampleRate kWantedRate{16000};
// How PortAudio names what ALSA offers without a converter between: "USB Audio: - (hw:1,0)".
constexpr const char* kHardware = "(hw:";

class Microphone : public AudioInput {
 public:
  Microphone(PortAudioLibrary library, PaStreamParameters parameters, std::string name,
             SampleRate rate)
      : library_(std::move(library)),
        parameters_(parameters),
        name_(std::move(name)),
        rate_(rate) {}
  ~Microphone() override { Stop(); }

  SampleRate rate() const override { return rate_; }

  Status Start(AudioSink& sink) override {
    if (stream_ != nullptr)
      return Error{Errc::kInvalidArgument, name_ + ": the microphone is in use already"};
    sink_ = &sink;
    last_call_ = Now();
    state_ = InputState::kRunning;
    const PortAudioCall call;
    PaError code = Pa_OpenStream(&stream_, &parameters_, nullptr, rate_.hz,
                                 paFramesPerBufferUnspecified, paClipOff, &OnBuffer, this);
    if (code != paNoError) stream_ = nullptr;
    if (code == paNoError) code = Pa_SetStreamFinishedCallback(stream_, &OnFinished);
    if (code == paNoError) code = Pa_StartStream(stream_);
    if (code == paNoError) return {};
    const std::string why = Explanation(code);
    state_ = InputState::kIdle;
    Close();
    return Error{Errc::kIo, name_ + ": the microphone cannot be opened (" + why +
                                "); is another program using it?"};
  }

  void Stop() override {
    if (stream_ == nullptr) return;
    auto running = InputState::kRunning;
    state_.compare_exchange_strong(running, InputState::kIdle);
    const PortAudioCall call;
    Pa_AbortStream(stream_);
    Close();
  }

  InputState state() const override {
    const auto silent = std::chrono::steady_clock::duration(Now() - last_call_.load());
    auto running = InputState::kRunning;
    if (silent > kLongestSilence) state_.compare_exchange_strong(running, InputState::kLost);
    return state_;
  }

 private:
  void Close() {
    if (stream_ != nullptr) Pa_CloseStream(stream_);
    stream_ = nullptr;
  }

  static int OnBuffer(const void* input, void*, unsigned long frames,
                      const PaStreamCallbackTimeInfo*, PaStreamCallbackFlags flags, void* self) {
    auto& microphone = *static_cast<Microphone*>(self);
    if (microphone.state_ != InputState::kRunning) return paAbort;
    microphone.last_call_ = Now();
    if ((flags & paInputOverflow) != 0) microphone.sink_->OnOverrun();
    if (input != nullptr)
      microphone.sink_->OnAudio({static_cast<const float*>(input), std::size_t{frames}});
    return paContinue;
  }

  static void OnFinished(void* self) {
    auto running = InputState::kRunning;
    static_cast<Microphone*>(self)->state_.compare_exchange_strong(running, InputState::kLost);
  }

  PortAudioLibrary library_;
  PaStreamParameters parameters_;
  std::string name_;
  SampleRate rate_;
  PaStream* stream_ = nullptr;
  AudioSink* sink_ = nullptr;
  std::atomic<std::int64_t> last_call_{0};  ///< Ticks of steady_clock.
  mutable std::atomic<InputState> state_{InputState::kIdle};
};

}  // namespace

Result<std::unique_ptr<AudioInput>> OpenMicrophone(const std::string& device,
                                                   const MicrophoneOptions& options) {
  auto library = PortAudioLibrary::Start();
  if (!library) return library.error();
  std::string name;
  PaStreamParameters parameters{};
  SampleRate rate{};
  {
    const PortAudioCall call;
    const auto index = FindDevice(Direction::kInput, device);
    if (!index) return index.error();
    const PaDeviceInfo& info = *Pa_GetDeviceInfo(*index);
    name = info.name;
    parameters = {
        .device = *index,
        .channelCount = 1,
        .sampleFormat = paFloat32,
        .suggestedLatency = std::max(info.defaultLowInputLatency, options.latency.value / 1000.0),
        .hostApiSpecificStreamInfo = nullptr};
    const auto offers = [&](SampleRate hz) {
      return Pa_IsFormatSupported(&parameters, nullptr, hz.hz) == paFormatIsSupported;
    };
    rate = options.rate.value_or(SampleRate{static_cast<int>(std::lround(info.defaultSampleRate))});
    if (!options.rate && name.find(kHardware) != std::string::npos && offers(kWantedRate))
      rate = kWantedRate;
    if (options.rate && !offers(rate)) {
      return Error{Errc::kUnsupported, name + ": the microphone does not offer " +
                                           std::to_string(rate.hz) + " Hz; leave the rate out"};
    }
  }
  return std::unique_ptr<AudioInput>(
      std::make_unique<Microphone>(*std::move(library), parameters, std::move(name), rate));
}

}  // namespace euphone

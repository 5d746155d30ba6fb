#include "live_input.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "audio/audio_reader.h"
#include "devices/microphone.h"
#include "devices/pipe_input.h"
#include "devices/recording_input.h"
#include "standard_input.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr double kLongestLiveRecording = 4.0 * 3600.0;

}  // namespace

Result<LiveInputs> LiveInputs::Open(const LiveOptions& options) {
  LiveInputs all;
  if (options.from.empty()) {
    auto microphone = OpenMicrophone(options.device);
    if (!microphone) return microphone.error();
    all.inputs_.push_back(*std::move(microphone));
    all.microphone_ = true;
    return all;
  }
  for (const std::string& file : options.from) {
    if (file == "-") {
      AnnounceStandardInput("audio, which has to be piped in,");
      auto pipe = PipeInput::Open(
          STDIN_FILENO, "standard input",
          {.raw_rate = SampleRate{options.rate.value_or(16000)}, .stop = InterruptDescriptor()});
      if (!pipe) return pipe.error();
      all.inputs_.push_back(*std::move(pipe));
      continue;
    }
    ReadOptions read;
    read.max_seconds = kLongestLiveRecording;
    read.stop = InterruptDescriptor();
    auto recording = ReadRecording(file, read);
    if (!recording) return recording.error();
    all.inputs_.push_back(std::make_unique<RecordingInput>(
        std::move(recording->samples), kRecordingRate,
        RecordingInput::Pace{.speed = options.speed.value_or(1.0)}));
  }
  return all;
}

}  // namespace euphone::cli

#include "play_run.h"

#include <chrono>
#include <thread>

#include "devices/loudspeaker.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::milliseconds kLookEvery{20};
constexpr double kStepsPerSecond = 10.0;

}  // namespace

ExitCode PlayToEnd(const std::string& device, PcmView samples, SampleRate rate) {
  auto loudspeaker = Loudspeaker::Open(device);
  if (!loudspeaker) return Report(loudspeaker.error());
  if (auto status = loudspeaker->Play(samples, rate); !status) return Report(status.error());
  const auto steps = [](double seconds) {
    return static_cast<std::size_t>(seconds * kStepsPerSecond);
  };
  Progress progress("Playing", steps(SecondsIn(std::ssize(samples), rate)));
  while (loudspeaker->state() == OutputState::kPlaying) {
    if (Interrupted()) {
      loudspeaker->Stop();
      return ExitCode::kInterrupted;
    }
    progress.Update(steps(loudspeaker->position()));
    std::this_thread::sleep_for(kLookEvery);
  }
  progress.Clear();
  if (loudspeaker->state() != OutputState::kLost) return ExitCode::kOk;
  ReportLine("the loudspeaker went away; see `euphone devices`");
  return ExitCode::kBadInput;
}

}  // namespace euphone::cli

#include "play_run.h"

#include <chrono>
#include <thread>

#include "devices/loudspeaker.h"
#include "devices/quiet_errors.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::milliseconds kWatchEvery{20};
constexpr double kStepsPerSecond = 10.0;

/// Waits for the end of `seconds`, or for Ctrl-C.
void Watch(Loudspeaker& loudspeaker, double seconds) {
  const auto steps = [](double s) { return static_cast<std::size_t>(s * kStepsPerSecond); };
  const QuietErrors quiet;
  Progress progress("Playing", steps(seconds), quiet.descriptor());
  while (loudspeaker.state() == OutputState::kPlaying && !Interrupted()) {
    progress.Update(steps(loudspeaker.position()));
    std::this_thread::sleep_for(kWatchEvery);
  }
  loudspeaker.Stop();
}

}  // namespace

ExitCode PlayToEnd(const std::string& device, PcmView samples, SampleRate rate) {
  auto loudspeaker = Loudspeaker::Open(device);
  if (!loudspeaker) return Report(loudspeaker.error());
  if (auto status = loudspeaker->Play(samples, rate); !status) return Report(status.error());
  Watch(*loudspeaker, SecondsIn(std::ssize(samples), rate));
  if (Interrupted()) return ExitCode::kInterrupted;
  if (loudspeaker->state() != OutputState::kLost) return ExitCode::kOk;
  ReportLine("the loudspeaker went away; see `euphone devices`");
  return ExitCode::kBadInput;
}

}  // namespace euphone::cli

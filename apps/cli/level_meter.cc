#include "level_meter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace euphone::cli {
namespace {

constexpr int kSteps = 12;
constexpr double kStepDb = 5.0;
constexpr double kTooLoud = 0.99;
constexpr std::chrono::milliseconds kDrawEvery{100};

}  // namespace

std::string MeterLine(double seconds, double peak) {
  const double dbfs = std::max(-99.0, 20.0 * std::log10(std::max(peak, 1e-9)));
  const int lit = std::clamp(kSteps + static_cast<int>(std::floor(dbfs / kStepDb)) + 1, 0, kSteps);
  std::string bar;
  for (int i = 0; i < kSteps; ++i) bar += i < lit ? "▮" : "▯";
  const auto whole = static_cast<long>(seconds);
  return fmt::format("● {}:{:02}  {}  {:3.0f} dB{}", whole / 60, whole % 60, bar, dbfs,
                     peak >= kTooLoud ? "  too loud" : "");
}

LevelMeter::LevelMeter(int descriptor)
    : descriptor_(descriptor), enabled_(::isatty(descriptor) == 1) {}

LevelMeter::~LevelMeter() {
  if (enabled_) Draw("");
}

void LevelMeter::Draw(const std::string& line) const {
  const std::string all = "\r\033[K" + line;
  // A terminal that is gone shows nothing: the recording goes on.
  [[maybe_unused]] const ssize_t put = ::write(descriptor_, all.data(), all.size());
}

void LevelMeter::Update(double seconds, PcmView samples) {
  if (!enabled_) return;
  for (const float sample : samples) peak_ = std::max(peak_, static_cast<double>(std::abs(sample)));
  const auto now = std::chrono::steady_clock::now();
  if (now - last_drawn_ < kDrawEvery) return;
  last_drawn_ = now;
  Draw(MeterLine(seconds, peak_));
  peak_ = 0.0;
}

}  // namespace euphone::cli

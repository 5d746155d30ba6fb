#include "progress.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kBarWidth = 24;
constexpr std::chrono::milliseconds kRedrawEvery{100};

std::string Remaining(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  return whole >= 60 ? fmt::format("{} min {:02} s left", whole / 60, whole % 60)
                     : fmt::format("{} s left", whole);
}

}  // namespace

Progress::Progress(std::string what, std::size_t total, int descriptor)
    : what_(std::move(what)),
      total_(total),
      descriptor_(descriptor),
      enabled_(total > 1 && ::isatty(descriptor) == 1),
      started_(std::chrono::steady_clock::now()) {}

Progress::~Progress() { Clear(); }

void Progress::Update(std::size_t done, const std::string& note) {
  const auto now = std::chrono::steady_clock::now();
  if (!enabled_ || (drawn_ && now - last_drawn_ < kRedrawEvery)) return;
  last_drawn_ = now;
  drawn_ = true;
  const std::size_t filled = kBarWidth * done / total_;
  std::string bar;
  for (std::size_t i = 0; i < kBarWidth; ++i) bar += i < filled ? "━" : "─";
  const double elapsed = std::chrono::duration<double>(now - started_).count();
  const double left =
      done > 0 ? elapsed / static_cast<double>(done) * static_cast<double>(total_ - done) : 0.0;
  const std::string when = !note.empty() ? note : done > 0 ? Remaining(left) : "starting";
  Draw(fmt::format("{} {} {}/{}  {}", what_, bar, done, total_, when));
}

void Progress::Draw(const std::string& line) const {
  const std::string all = "\r\033[K" + line;
  // A terminal that is gone shows nothing: the work goes on.
  [[maybe_unused]] const ssize_t put = ::write(descriptor_, all.data(), all.size());
}

void Progress::Clear() {
  if (!drawn_) return;
  Draw("");
  drawn_ = false;
}

std::function<bool(std::int64_t, std::int64_t)> BarFor(std::string what) {
  auto bar = std::make_shared<std::unique_ptr<Progress>>();
  return [bar, what = std::move(what)](std::int64_t done, std::int64_t all) {
    if (!*bar) *bar = std::make_unique<Progress>(what, static_cast<std::size_t>(all));
    (*bar)->Update(static_cast<std::size_t>(done));
    return !Interrupted();
  };
}

}  // namespace euphone::cli

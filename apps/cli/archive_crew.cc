#include "archive_crew.h"

#include <utility>

#include "exit_code.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenStarts{200};
constexpr std::chrono::seconds kToFinish{30};

}  // namespace

ArchiveCrew::ArchiveCrew(std::size_t count, std::vector<std::string> arguments,
                         std::vector<std::string> environment)
    : places_(count), arguments_(std::move(arguments)), environment_(std::move(environment)) {}

Status ArchiveCrew::Watch() {
  const auto now = std::chrono::steady_clock::now();
  for (Place& place : places_) {
    if (!place.child.empty()) {
      const auto end = place.child.front().Ended();
      if (!end) continue;
      place.child.clear();
      if (end->signal == 0 && (end->code == static_cast<int>(ExitCode::kUsage) ||
                               end->code == static_cast<int>(ExitCode::kBroken))) {
        return Error{Errc::kInvalidArgument, "a worker cannot work: see the line above"};
      }
      place.not_before = now + kBetweenStarts;
    }
    if (now < place.not_before) continue;
    auto child = fleet::ChildProcess::Start({.program = "/proc/self/exe",
                                             .arguments = arguments_,
                                             .environment = environment_,
                                             .output = {},
                                             .inherit_errors = true});
    if (!child) return child.error();
    place.child.push_back(*std::move(child));
  }
  return {};
}

void ArchiveCrew::Stop() {
  for (Place& place : places_) {
    if (!place.child.empty()) place.child.front().Ask();
  }
  for (Place& place : places_) {
    if (!place.child.empty()) place.child.front().Stop(kToFinish);
    place.child.clear();
  }
}

}  // namespace euphone::cli

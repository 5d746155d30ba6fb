#include "exit_code.h"

#include <algorithm>
#include <cstdio>

namespace euphone::cli {
namespace {
// Longer than any sensible message; what a hostile file name or text can add is cut.
constexpr std::size_t kLongestLine = 280;
}  // namespace

void ReportLine(const std::string& message) {
  std::string line = message;
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  if (line.size() > kLongestLine) {
    std::size_t cut = kLongestLine;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    line = line.substr(0, cut) + "…";
  }
  std::fprintf(stderr, "euphone: %s\n", line.c_str());
}

ExitCode Report(const Error& error) {
  ReportLine(error.message);
  return error.code == Errc::kInternal ? ExitCode::kBroken : ExitCode::kBadInput;
}

}  // namespace euphone::cli

#include "exit_code.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "terminal.h"

namespace euphone::cli {
namespace {

// Longer than any sensible message; what a hostile file name or text can add is cut.
constexpr std::size_t kLongestLine = 280;
constexpr std::size_t kLongestName = 80;

bool IsInsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string ExitStatusLine() {
  std::string line;
  for (const ExitMeaning& meaning : kExitMeanings) {
    line += (line.empty() ? "" : ", ") + std::to_string(static_cast<int>(meaning.code)) + " " +
            meaning.brief;
  }
  return line;
}

ExitCode Worse(ExitCode a, ExitCode b) {
  constexpr std::array kRising{ExitCode::kOk,         ExitCode::kNotScored, ExitCode::kAlarm,
                               ExitCode::kBadInput,   ExitCode::kUsage,     ExitCode::kBroken,
                               ExitCode::kInterrupted};
  return std::find(kRising.begin(), kRising.end(), a) < std::find(kRising.begin(), kRising.end(), b)
             ? b
             : a;
}

ExitCode CodeFor(const Error& error) {
  return error.code == Errc::kInternal ? ExitCode::kBroken : ExitCode::kBadInput;
}

void ReportLine(const std::string& message) {
  std::string line = message;
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  if (line.size() > kLongestLine) {
    std::size_t cut = kLongestLine;
    while (cut > 0 && IsInsideCharacter(line[cut])) --cut;
    line = line.substr(0, cut) + "…";
  }
  std::fprintf(stderr, "euphone: %s\n", line.c_str());
}

ExitCode Report(const Error& error) {
  ReportLine(error.message);
  return CodeFor(error);
}

ExitCode Show(std::string_view document) {
  if (Print(document)) return ExitCode::kOk;
  ReportUnwritable();
  return ExitCode::kBadInput;
}

void ReportUnwritable() {
  ReportLine("standard output cannot be written: is the disk full, or the reader gone?");
}

std::string Shortened(std::string_view name) {
  if (name.size() <= kLongestName) return std::string(name);
  std::size_t head = kLongestName / 2;
  while (head > 0 && IsInsideCharacter(name[head])) --head;
  std::size_t tail = name.size() - kLongestName / 2;
  while (tail < name.size() && IsInsideCharacter(name[tail])) ++tail;
  return std::string(name.substr(0, head)) + "…" + std::string(name.substr(tail));
}

}  // namespace euphone::cli

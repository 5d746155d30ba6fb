#include "evaluate_options.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSpeakers = std::size_t{1} << 20;

/// The option whose file cannot be written for want of a folder; empty if there is none.
std::string WithoutFolder(const EvaluateOptions& options) {
  for (const auto& [name, file] : {std::pair{"--out", &options.out},
                                   {"--predictions", &options.predictions},
                                   {"--report", &options.report}}) {
    const fs::path folder = fs::path(*file).parent_path();
    std::error_code ignored;
    if (!folder.empty() && !fs::is_directory(folder, ignored))
      return std::string(name) + ": there is no folder " + folder.string();
  }
  return {};
}

std::string Trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

Result<std::set<std::string>> FromJson(const std::string& content, const std::string& name) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  std::set<std::string> speakers;
  if (!json.is_array()) return Error{Errc::kCorrupt, name + ": is no JSON list"};
  for (const auto& entry : json) {
    if (!entry.is_string()) return Error{Errc::kCorrupt, name + ": a speaker is no text"};
    speakers.insert(entry.get<std::string>());
  }
  return speakers;
}

}  // namespace

std::string Contradiction(const EvaluateOptions& options) {
  if (options.out.empty() && !options.json)
    return "--out: where are the figures to go? Name a file, or ask for --json";
  return WithoutFolder(options);
}

Result<std::set<std::string>> ParseSpeakers(const std::string& content, const std::string& name) {
  Result<std::set<std::string>> speakers = std::set<std::string>();
  if (Trimmed(content.substr(0, content.find('\n'))).starts_with('[')) {
    speakers = FromJson(content, name);
  } else {
    std::istringstream lines(content);
    for (std::string line; std::getline(lines, line);) {
      line = Trimmed(line);
      if (!line.empty() && !line.starts_with('#')) speakers->insert(line);
    }
  }
  if (speakers && speakers->empty())
    return Error{Errc::kInvalidArgument, name + ": names no speaker"};
  return speakers;
}

Result<std::vector<RatedRecording>> Chosen(std::vector<RatedRecording> recordings,
                                           const EvaluateOptions& options) {
  if (!options.speakers.empty()) {
    const auto content = ReadFile(options.speakers, kMaxSpeakers);
    if (!content) return content.error();
    const auto wanted = ParseSpeakers(*content, options.speakers);
    if (!wanted) return wanted.error();
    std::set<std::string> there;
    for (const RatedRecording& recording : recordings) there.insert(recording.speaker);
    for (const std::string& speaker : *wanted) {
      if (!there.contains(speaker))
        return Error{Errc::kInvalidArgument,
                     options.speakers + ": the corpus has no speaker " + speaker};
    }
    std::erase_if(recordings,
                  [&](const RatedRecording& r) { return !wanted->contains(r.speaker); });
  }
  if (options.limit > 0 && recordings.size() > options.limit) recordings.resize(options.limit);
  return recordings;
}

}  // namespace euphone::cli

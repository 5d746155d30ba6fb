#include "update/shadow.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "base/file.h"

namespace euphone {
namespace {

/// REQUIRES: there are some.
double Median(std::vector<double> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

template <class Get>
std::vector<double> Each(const std::vector<ShadowRun>& runs, Get get) {
  std::vector<double> values;
  for (const ShadowRun& run : runs) values.push_back(get(run));
  return values;
}

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::string Rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

}  // namespace

ShadowJudgement JudgeShadow(const std::vector<ShadowRun>& runs, const ShadowRules& rules) {
  const auto bad = [](std::string reason) {
    return ShadowJudgement{ShadowVerdict::kBad, std::move(reason)};
  };
  for (const ShadowRun& run : runs)
    if (!run.failure.empty()) return bad(run.failure);
  if (runs.empty() || std::ssize(runs) < rules.utterances) return {};
  const double shift =
      Mean(Each(runs, [](const ShadowRun& run) { return run.new_score - run.old_score; }));
  if (!(std::abs(shift) <= rules.most_mean_shift))
    return bad("its scores are " + Rounded(std::abs(shift)) + " points " +
               (shift < 0 ? "lower" : "higher") + " on the mean");
  const double words = Mean(Each(runs, [](const ShadowRun& run) { return run.word_difference; }));
  if (!(words <= rules.most_word_difference))
    return bad("it judges words " + Rounded(words) + " points differently on the mean");
  const double old_ms = Median(Each(runs, [](const ShadowRun&run) { return run.old_ms; })),
               new_ms = Median(Each(runs, [](const ShadowRun&run) { return run.new_ms; }));
  // A tenth of a second more is nothing that anybody feels, whatever the ratio.
  if (!(new_ms <= old_ms * rules.most_slowdown || new_ms <= old_ms + 100))
    return bad("it takes " + Rounded(new_ms) + " ms an utterance, the old one " + Rounded(old_ms));
  const double old_mb = Median(Each(runs, [](const ShadowRun&run) { return run.old_mb; })),
               new_mb = Median(Each(runs, [](const ShadowRun&run) { return run.new_mb; }));
  if (!(new_mb <= old_mb * rules.most_memory || old_mb <= 0))
    return bad("it takes " + Rounded(new_mb) + " MB of memory, the old one " + Rounded(old_mb));
  return {ShadowVerdict::kGood, {}};
}

Status AppendShadowRun(const std::filesystem::path& file, const ShadowRun& run) {
  const nlohmann::json json = {{"old_score", run.old_score},
                               {"new_score", run.new_score},
                               {"word_difference", run.word_difference},
                               {"old_ms", run.old_ms},
                               {"new_ms", run.new_ms},
                               {"old_mb", run.old_mb},
                               {"new_mb", run.new_mb},
                               {"failure", run.failure}};
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  // The line break first ends a line that was cut short.
  const std::string line =
      "\n" + json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, line.data(), line.size()) == std::ssize(line) &&
                       ::fsync(descriptor) == 0;
  const int why = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (written) return {};
  return Error{Errc::kIo, file.string() + ": " + std::generic_category().message(why)};
}

Result<std::vector<ShadowRun>> ReadShadowRuns(const std::filesystem::path& file) {
  std::vector<ShadowRun> runs;
  const auto text = ReadFile(file, 4 << 20);
  if (!text && text.error().code == Errc::kNotFound) return runs;
  if (!text) return text.error();
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    const auto number = [&](const char* key) {
      const auto found = json.find(key);
      // What is missing is like nothing good.
      return found != json.end() && found->is_number() ? found->get<double>() : std::nan("");
    };
    const auto failure = json.find("failure");
    runs.push_back({.old_score = number("old_score"),
                    .new_score = number("new_score"),
                    .word_difference = number("word_difference"),
                    .old_ms = number("old_ms"),
                    .new_ms = number("new_ms"),
                    .old_mb = number("old_mb"),
                    .new_mb = number("new_mb"),
                    .failure = failure != json.end() && failure->is_string()
                                   ? failure->get<std::string>()
                                   : "a run of it was not written down whole"});
  }
  return runs;
}

}  // namespace euphone

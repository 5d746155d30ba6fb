#include "command/command_spotter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "command/phrase_fit.h"

namespace euphone {
namespace {

/// Sounds may begin before a voice is heard, and end after it: 0.12 s.
constexpr std::size_t kMargin = 10;
/// What is kept: the longest utterance, and the silence around it.
constexpr std::size_t kKept = UtteranceFinder::kLongest + 2 * kMargin + 2 * UtteranceFinder::kQuiet;
constexpr std::size_t kLeastWakePhones = 5;

bool Contains(const Phrase& whole, const Phrase& part) {
  return std::ranges::any_of(whole.variants, [&](const std::vector<int>& phones) {
    return std::ranges::any_of(part.variants, [&](const std::vector<int>& some) {
      return !std::ranges::search(phones, some).empty();
    });
  });
}

Status CheckWake(const Phrase& wake, const std::vector<Phrase>& commands, std::string_view words) {
  const std::string shown = "the wake phrase '" + std::string(words) + "'";
  const auto is_short = [](const std::vector<int>& v) { return v.size() < kLeastWakePhones; };
  if (std::ranges::any_of(wake.variants, is_short))
    return Error{Errc::kInvalidArgument, shown +
                                             " is too short to be told from other speech; use "
                                             "two words or more"};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (Contains(wake, commands[i]) || Contains(commands[i], wake))
      return Error{Errc::kInvalidArgument, shown + " sounds like the command '" +
                                               std::string(Words(kCommands[i])) +
                                               "'; use other words"};
  }
  return {};
}

}  // namespace

Result<CommandSpotter> CommandSpotter::Create(const Lexicon& lexicon, std::string_view wake,
                                              const CallThresholds& thresholds) {
  CommandSpotter spotter;
  spotter.thresholds_ = thresholds;
  for (const Command command : kCommands) {
    Phrase& ways = spotter.phrases_.emplace_back();
    for (const std::string_view spelling : Spellings(command)) {
      const auto phrase = MakePhrase(lexicon, spelling);
      if (!phrase) return phrase.error();
      ways.variants.insert(ways.variants.end(), phrase->variants.begin(), phrase->variants.end());
    }
  }
  auto phrase = MakePhrase(lexicon, wake);
  if (!phrase) return Prefixed("the wake phrase", phrase.error());
  if (auto status = CheckWake(*phrase, spotter.phrases_, wake); !status) return status.error();
  for (const Phrase& command : spotter.phrases_)
    spotter.joined_.push_back(Joined(*phrase, command));
  spotter.phrases_.push_back(*std::move(phrase));
  return spotter;
}

std::optional<Call> CommandSpotter::Push(const Posteriors& fresh, std::size_t awake_until) {
  AppendRows(fresh.ctc, 0, fresh.ctc.rows, heard_.ctc);
  AppendRows(fresh.frames, 0, fresh.frames.rows, heard_.frames);
  std::optional<Utterance> ended;
  for (std::size_t t = 0; t < fresh.frames.rows; ++t) {
    if (const auto utterance = finder_.Push(fresh.frames.row(t))) ended = utterance;
  }
  std::optional<Call> call = ended ? Judge(*ended, ended->begin < awake_until) : std::nullopt;
  Forget();
  return call;
}

std::vector<double> CommandSpotter::Fits(const Utterance& utterance) const {
  const std::size_t begin =
      std::max(first_frame_, utterance.begin - std::min(utterance.begin, kMargin)) - first_frame_;
  const std::size_t end = std::min(utterance.end + kMargin - first_frame_, heard_.ctc.rows);
  const std::size_t speech = utterance.end - utterance.begin;
  std::vector<double> fits;
  for (const std::vector<Phrase>* list : {&phrases_, &joined_}) {
    for (const Phrase& phrase : *list)
      fits.push_back(PhraseFit(heard_, begin, end, phrase, speech));
  }
  return fits;
}

std::optional<Call> CommandSpotter::Judge(const Utterance& utterance, bool awake) const {
  if (!awake && utterance.quiet_before < thresholds_.quiet_before) return std::nullopt;
  const std::vector<double> fits = Fits(utterance);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(fits) - fits.begin());
  constexpr std::size_t kWake = kCommands.size();
  Call call{.wake = best >= kWake, .command = std::nullopt, .at = utterance, .fit = fits[best]};
  if (best == kWake) return call.fit < thresholds_.wake ? std::nullopt : std::optional(call);
  const std::size_t index = call.wake ? best - kWake - 1 : best;
  call.command = kCommands[index];
  double least = call.wake ? thresholds_.with_wake[index] : thresholds_.alone[index];
  if (awake) least = std::min(least, thresholds_.awake);
  return call.fit < least ? std::nullopt : std::optional(call);
}

void CommandSpotter::Forget() {
  const std::size_t rows = heard_.ctc.rows;
  if (rows <= 2 * kKept) return;  // Not each time a little.
  Posteriors kept;
  AppendRows(heard_.ctc, rows - kKept, rows, kept.ctc);
  AppendRows(heard_.frames, rows - kKept, rows, kept.frames);
  heard_ = std::move(kept);
  first_frame_ += rows - kKept;
}

}  // namespace euphone

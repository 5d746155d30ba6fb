#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "live_page_parts.h"
#include "report/format.h"
#include "report/phrases.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostTries = 5;

std::string Shown(const std::optional<double>& score) {
  return score ? Decimal(*score, 0) : std::string("no score");
}

/// Before and after, side by side.
void PutTries(const PageMaker& make, const ViewSentence& in, PageRows& rows) {
  if (in.tries.size() < 2) return;
  StyledText line;
  const std::size_t first = in.tries.size() - std::min(in.tries.size(), kMostTries);
  for (std::size_t t = first; t < in.tries.size(); ++t) {
    const bool last = t + 1 == in.tries.size();
    line.Add(fmt::format("{}: ", in.tries[t].number), Style::kDim)
        .Add(Shown(in.tries[t].score), last ? Style::kBold : Style::kPlain);
    if (!last) line.Add(make.size.unicode ? "  →  " : "  >  ", Style::kDim);
  }
  const ViewTry& before = in.tries[in.tries.size() - 2];
  const ViewTry& now = in.tries.back();
  if (before.score && now.score) {
    const double more = Rounded(*now.score, 0) - Rounded(*before.score, 0);
    if (more > 0)
      line.Add(fmt::format("   {} more than before", Decimal(more, 0)));
    else if (more < 0)
      line.Add(fmt::format("   {} less than before", Decimal(-more, 0)));
    else
      line.Add("   as before");
  }
  make.Put("Tries", line, rows);
}

void PutScores(const PageMaker& make, const Scores& scores, PageRows& rows) {
  const Phrases& p = kEnglish;
  std::string line;
  const auto add = [&](std::string_view name, const std::optional<double>& score) {
    if (score) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", name, Decimal(*score, 0));
  };
  add(p.accuracy, scores.accuracy);
  add(p.fluency, scores.fluency);
  add(p.completeness, scores.completeness);
  add(p.prosody, scores.prosody);
  if (!line.empty()) make.Put("", StyledText(line, Style::kDim), rows);
}

}  // namespace

PageRows ResultRows(const PageMaker& make) {
  PageRows rows;
  const ViewItem& item = make.view.item();
  if (item.sentences.empty()) return rows;
  const ViewSentence& in = item.sentences[make.view.sentence()];
  const Phrases& p = kEnglish;
  if (in.tries.empty()) return rows;
  if (!in.current) {  // Being read again.
    make.Put("Before", StyledText(Shown(in.tries.back().score)), rows);
    return rows;
  }
  const Summary& summary = in.summary;
  if (!summary.scored) {
    make.Put("", make.Styled(summary.what, Style::kBold), rows);
    if (!summary.how.empty()) make.Put("", make.Styled(summary.how), rows);
    return rows;
  }
  if (summary.score) {
    make.Put(
        p.score,
        StyledText(Fill(p.out_of_100, fmt::arg("score", Decimal(*summary.score, 0))), Style::kBold),
        rows);
  }
  if (make.view.verbose()) PutScores(make, in.analysis->scores, rows);
  PutTries(make, in, rows);
  if (!summary.praise.empty()) make.Put(p.good, make.Styled(summary.praise), rows);
  if (!summary.focus.empty()) {
    make.Put(summary.polish ? p.next : p.first, make.Styled(summary.focus, Style::kBold), rows);
    make.Put("", make.Styled(summary.hint), rows);
  }
  return rows;
}

PageRows HelpRows(const PageMaker& make) {
  const bool unicode = make.size.unicode;
  const std::pair<std::string_view, std::string_view> keys[] = {
      {"r", "read this again; the score before stays beside the new one"},
      {"n  p", "the next one, the one before"},
      {"space", "stop and start listening"},
      {unicode ? "← →" : "arrows", "choose a word: its sounds, what was heard, what to do"},
      {"esc", "choose no word"},
      {"o", "hear what you said: the chosen word, or the sentence"},
      {"m", "hear how it should sound"},
      {"s", "play slowly, or not"},
      {"v", "show more"},
      {"q", "end"},
  };
  PageRows rows{make.Cut(StyledText(" Keys", Style::kBold)), {}};
  for (const auto& [key, does] : keys) make.Put(key, StyledText(does), rows);
  rows.emplace_back();
  if (!make.view.wake().empty()) {
    const std::string say =
        "next, again, repeat slowly, stop or go back; while you read, or where the "
        "text has these words, say \"" +
        make.view.wake() + "\" first";
    make.Put("say", StyledText(say), rows);
  }
  make.Put("", StyledText("Read aloud. You can read a sentence again at any time.", Style::kDim),
           rows);
  return rows;
}

}  // namespace euphone::cli

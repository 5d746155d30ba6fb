#include "report/summary.h"

#include <algorithm>

#include "coach/feedback.h"
#include "report/feedback_text.h"

namespace euphone {
namespace {

bool NobodyCanJudge(const Analysis& analysis) {
  return std::ranges::all_of(analysis.words, [](const WordScore& word) {
    return word.band == Band::kNotSure || word.error == WordError::kOmitted;
  });
}

Summary Instead(std::string_view what, std::string_view how) {
  Summary summary;
  summary.what = what;
  summary.how = how;
  return summary;
}

/// For a text that was recognised, why there is no score.
Summary Unrecognised(const Analysis& analysis, const Phrases& phrases) {
  if (analysis.verdict == Verdict::kWrongText)
    return Instead(phrases.misheard, phrases.misheard_how);
  if (analysis.quality.withheld()) return Instead(phrases.withheld, "");
  return Instead(phrases.nothing_recognised, phrases.nothing_recognised_how);
}

/// Whether both speak of the same matter at the same place.
bool OfSame(const Advice& advice, const Focus& focus) {
  if (advice.word != focus.word || advice.phone != focus.phone) return false;
  if (!advice.place || !focus.place) return !advice.place && !focus.place;
  return advice.place->kind == focus.place->kind;
}

/// The coach's words where it speaks of the same place.
std::string HintFor(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                    const Focus& focus) {
  const auto advice =
      std::ranges::find_if(analysis.advice, [&](const Advice& one) { return OfSame(one, focus); });
  if (advice == analysis.advice.end()) return FocusHint(phrases, analysis, phones, focus);
  if (!advice->pair) return advice->text;
  return advice->text + " " +
         Fill(phrases.try_pair, fmt::arg("one", advice->pair->first),
              fmt::arg("other", advice->pair->second));
}

Summary Scored(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases) {
  Summary summary;
  summary.scored = true;
  summary.score = analysis.scores.total ? analysis.scores.total : analysis.scores.accuracy;
  const Feedback feedback = ChooseFeedback(analysis, phones);
  if (feedback.praise) summary.praise = PraiseText(phrases, analysis, phones, *feedback.praise);
  if (feedback.focus) {
    summary.polish = feedback.focus->kind == FocusKind::kPolish;
    summary.focus = FocusText(phrases, analysis, phones, *feedback.focus);
    summary.hint = HintFor(analysis, phones, phrases, *feedback.focus);
  } else if (std::ranges::find(analysis.words, Band::kNotSure, &WordScore::band) ==
             analysis.words.end()) {
    summary.polish = true;
    summary.focus = phrases.nothing_to_fix;
    summary.hint = phrases.nothing_to_fix_how;
  }
  return summary;
}

}  // namespace

Summary Summarise(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases) {
  if (analysis.verdict != Verdict::kScored && analysis.text_source == TextSource::kRecognised)
    return Unrecognised(analysis, phrases);
  if (analysis.verdict == Verdict::kWithheld) {
    // The finding that forbids a score comes with advice of its own.
    return Instead(phrases.withheld, analysis.quality.withheld() ? "" : phrases.withheld_how);
  }
  if (analysis.script.words.empty())
    return Instead(phrases.nothing_to_read, phrases.nothing_to_read_how);
  if (analysis.verdict == Verdict::kWrongText)
    return Instead(phrases.wrong_text, phrases.wrong_text_how);
  if (WordsRead(analysis) == 0) return Instead(phrases.nothing_heard, phrases.nothing_heard_how);
  if (NobodyCanJudge(analysis)) return Instead(phrases.cannot_judge_any, "");
  return Scored(analysis, phones, phrases);
}

}  // namespace euphone

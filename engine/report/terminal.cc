#include <algorithm>
#include <string>
#include <vector>

#include "report/feedback.h"
#include "report/feedback_text.h"
#include "report/format.h"
#include "report/marked_text.h"
#include "report/page.h"
#include "report/phrases.h"
#include "report/report.h"
#include "report/terminal_details.h"
#include "report/terminal_rows.h"

namespace euphone {
namespace {

constexpr std::string_view kNoBreak = "\u00a0";

/// With spaces at which no line breaks.
std::string Unbroken(std::string_view text) {
  std::string unbroken;
  for (const char c : text) {
    if (c == ' ') {
      unbroken += kNoBreak;
    } else {
      unbroken += c;
    }
  }
  return unbroken;
}

/// Above a text that nobody gave: where it comes from.
void PutSource(const Analysis& analysis, const Phrases& phrases, Page& page) {
  if (analysis.text_source != TextSource::kRecognised || analysis.script.words.empty()) return;
  page.Blank();
  page.Text(StyledText(phrases.heard_text, Style::kBold));
}

/// The text, and what the signs under it mean; a text that is clear throughout needs no legend.
void PutText(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases, Page& page) {
  std::vector<WordSign> signs;
  page.Blank();
  page.Text(MarkedText(analysis, phones, phrases, signs));
  StyledText legend;
  for (const WordSign sign : signs) {
    const Sign look = Look(sign, phrases);
    if (look.mark.empty()) continue;
    if (!legend.empty()) legend.Add("   ");
    legend.Add(look.mark, look.style).Add(kNoBreak).Add(Unbroken(look.meaning), Style::kDim);
  }
  page.Blank();
  if (!legend.empty()) {
    page.Text(legend);
    page.Blank();
  }
}

void PutScore(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
              Page& page) {
  const std::optional<double> number =
      analysis.scores.total ? analysis.scores.total : analysis.scores.accuracy;
  if (number) {
    page.Row(
        phrases.score,
        StyledText(Fill(phrases.out_of_100, fmt::arg("score", Decimal(*number, 0))), Style::kBold));
  }
  const Feedback feedback = ChooseFeedback(analysis, phones);
  if (feedback.praise) {
    page.Row(phrases.good, StyledText(PraiseText(phrases, analysis, phones, *feedback.praise)));
  }
  if (feedback.focus) {
    const bool polish = feedback.focus->kind == FocusKind::kPolish;
    page.Row(polish ? phrases.next : phrases.first,
             StyledText(FocusText(phrases, analysis, phones, *feedback.focus), Style::kBold));
    page.Row("", StyledText(FocusHint(phrases, analysis, phones, *feedback.focus)));
  } else if (std::ranges::find(analysis.words, Band::kNotSure, &WordScore::band) ==
             analysis.words.end()) {
    page.Row(phrases.next, StyledText(phrases.nothing_to_fix, Style::kBold));
    page.Row("", StyledText(phrases.nothing_to_fix_how));
  }
}

bool NobodyCanJudge(const Analysis& analysis) {
  return std::ranges::all_of(analysis.words, [](const WordScore& word) {
    return word.band == Band::kNotSure || word.error == WordError::kOmitted;
  });
}

void PutInstead(std::string_view what, std::string_view how, Page& page) {
  page.Text(StyledText(what, Style::kBold));
  page.Text(StyledText(how));
}

/// For a text that was recognised, why there is no score.
void PutUnrecognised(const Analysis& analysis, const Phrases& phrases, Page& page) {
  if (analysis.verdict == Verdict::kWrongText) {
    PutInstead(phrases.misheard, phrases.misheard_how, page);
  } else if (analysis.quality.withheld()) {
    PutInstead(phrases.withheld, "", page);
  } else {
    PutInstead(phrases.nothing_recognised, phrases.nothing_recognised_how, page);
  }
}

/// What the recording allows to say.
void PutVerdict(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                Page& page) {
  if (analysis.verdict != Verdict::kScored && analysis.text_source == TextSource::kRecognised) {
    PutUnrecognised(analysis, phrases, page);
  } else if (analysis.verdict == Verdict::kWithheld) {
    // The finding that forbids a score comes with advice of its own.
    PutInstead(phrases.withheld, analysis.quality.withheld() ? "" : phrases.withheld_how, page);
  } else if (analysis.script.words.empty()) {
    PutInstead(phrases.nothing_to_read, phrases.nothing_to_read_how, page);
  } else if (analysis.verdict == Verdict::kWrongText) {
    PutInstead(phrases.wrong_text, phrases.wrong_text_how, page);
  } else if (WordsRead(analysis) == 0) {
    PutInstead(phrases.nothing_heard, phrases.nothing_heard_how, page);
  } else if (NobodyCanJudge(analysis)) {
    PutInstead(phrases.cannot_judge_any, "", page);
  } else {
    PutScore(analysis, phones, phrases, page);
    PutRows(analysis, phones, phrases, page);
  }
}

}  // namespace

std::string WriteTerminal(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options) {
  const Phrases& phrases = kEnglish;
  Page page(
      options.width, options.colour,
      {phrases.score, phrases.good, phrases.first, phrases.next, phrases.work_on, phrases.extra,
       phrases.stress, phrases.melody, phrases.pauses, phrases.pace, phrases.read, phrases.not_sure,
       phrases.guessed, phrases.text, phrases.recording, phrases.sentences, phrases.details});
  PutSource(analysis, phrases, page);
  PutText(analysis, phones, phrases, page);
  PutVerdict(analysis, phones, phrases, page);
  PutRecording(analysis, phrases, page);
  if (options.verbose) PutDetails(analysis, phones, phrases, page);
  page.Blank();
  return page.Take();
}

}  // namespace euphone

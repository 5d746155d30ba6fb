#include <string>
#include <vector>

#include "report/format.h"
#include "report/marked_text.h"
#include "report/page.h"
#include "report/phrases.h"
#include "report/report.h"
#include "report/summary.h"
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

/// What the recording allows to say.
void PutSummary(const Summary& summary, const Phrases& phrases, Page& page) {
  if (!summary.scored) {
    page.Text(StyledText(summary.what, Style::kBold));
    page.Text(StyledText(summary.how));
    return;
  }
  if (summary.score) {
    page.Row(phrases.score,
             StyledText(Fill(phrases.out_of_100, fmt::arg("score", Decimal(*summary.score, 0))),
                        Style::kBold));
  }
  if (!summary.praise.empty()) page.Row(phrases.good, StyledText(summary.praise));
  if (summary.focus.empty()) return;
  page.Row(summary.polish ? phrases.next : phrases.first, StyledText(summary.focus, Style::kBold));
  page.Row("", StyledText(summary.hint));
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
  const Summary summary = Summarise(analysis, phones, phrases);
  PutSummary(summary, phrases, page);
  if (summary.scored) PutRows(analysis, phones, phrases, page);
  PutRecording(analysis, phrases, page);
  if (options.verbose) PutDetails(analysis, phones, phrases, page);
  page.Blank();
  return page.Take();
}

}  // namespace euphone

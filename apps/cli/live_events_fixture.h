#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/phone_set.h"
#include "live/event.h"
#include "live_view.h"
#include "report/styled_text.h"

namespace euphone::cli {

/// Those of contract/phones.en-us.json.
const PhoneSet& TestPhones();

/// Words of a text without punctuation inside its sentences, which end with a full stop.
inline Event ListeningTo(const std::string& text) {
  Listening listening{.text = text, .live_model = "m 1", .final_model = "m 1", .words = {}};
  std::size_t sentence = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '.') ++end;
    if (end > at) listening.words.push_back({text.substr(at, end - at), {at, end}, sentence});
    if (end < text.size() && text[end] == '.') ++sentence;
    at = end + 1;
  }
  return {.kind = listening};
}

inline Event Word(std::size_t word, WordState state, double accuracy, Band band,
                  std::size_t take = 1, std::size_t revision = 1,
                  WordError error = WordError::kNone) {
  return {.kind = WordScored{.word = word,
                             .take = take,
                             .revision = revision,
                             .state = state,
                             .provisional = state != WordState::kFinal,
                             .span = {},
                             .accuracy = accuracy,
                             .band = band,
                             .error = error}};
}

/// A reading of `text`, a sentence, in which every word was as good; its last sound was not clear
/// where the band is not.
inline std::shared_ptr<const Analysis> AnalysisOf(const std::string& text, double score,
                                                  Band band) {
  auto analysis = std::make_shared<Analysis>();
  analysis->verdict = Verdict::kScored;
  analysis->script.original = text;
  analysis->scores.total = score;
  const Event listening = ListeningTo(text);
  for (const Listening::Word& word : std::get<Listening>(listening.kind).words) {
    analysis->script.words.push_back(
        {.text = word.text, .span = word.span, .inline_pronunciation = {}});
    WordScore scored;
    scored.text = word.text;
    scored.script_word = analysis->words.size();
    scored.accuracy = score;
    scored.band = band;
    PhoneScore phone;
    phone.phone = *TestPhones().ParsePhone("TH");
    phone.score = score;
    phone.band = band;
    phone.heard = {};
    scored.phones.push_back(phone);
    analysis->words.push_back(scored);
  }
  return analysis;
}

inline Event Finished(std::size_t sentence, std::size_t first_word, bool settled,
                      std::shared_ptr<const Analysis> analysis, std::size_t take = 1) {
  return {.kind = SentenceFinished{.sentence = sentence,
                                   .take = take,
                                   .revision = settled ? 2U : 1U,
                                   .settled = settled,
                                   .span = {},
                                   .first_word = first_word,
                                   .analysis = std::move(analysis)}};
}

/// Rows of cells as lines of text.
inline std::vector<std::string> LinesOf(const std::vector<std::vector<Cell>>& rows) {
  std::vector<std::string> lines;
  for (const std::vector<Cell>& row : rows) {
    std::string line;
    for (const Cell& cell : row) line += cell.text;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace euphone::cli

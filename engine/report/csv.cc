#include <array>
#include <cstddef>
#include <string>

#include "coach/feedback.h"
#include "report/csv_line.h"
#include "report/format.h"
#include "report/names.h"
#include "report/report.h"

namespace euphone {
namespace {

constexpr std::array<std::string_view, 23> kColumns = {
    "recording",
    "sentence",
    "word_index",
    "script_word",
    "word",
    "word_start_s",
    "word_end_s",
    "word_accuracy_0_100",
    "word_band",
    "word_error",
    "origin",
    "phone_index",
    "arpabet",
    "ipa",
    "phone_start_s",
    "phone_end_s",
    "phone_score_0_100",
    "phone_band",
    "heard_arpabet",
    "heard_probability_0_1",
    "nothing_probability_0_1",
    "frame_posterior_nat",
    "frame_ratio_nat",
};

using Row = std::array<std::string, kColumns.size()>;

std::string SentenceOf(const Analysis& analysis, const WordScore& word) {
  if (!word.script_word) return "";
  for (std::size_t s = 0; s < analysis.script.sentences.size(); ++s) {
    const SentenceSpan& sentence = analysis.script.sentences[s];
    if (*word.script_word >= sentence.first_word &&
        *word.script_word < sentence.first_word + sentence.word_count) {
      return std::to_string(s);
    }
  }
  return "";
}

Row WordRow(const Analysis& analysis, std::size_t index) {
  const WordScore& word = analysis.words[index];
  Row row;
  row[0] = analysis.id;
  row[1] = SentenceOf(analysis, word);
  row[2] = std::to_string(index);
  row[3] = word.script_word ? std::to_string(*word.script_word) : "";
  row[4] = word.text;
  row[5] = Decimal(Seconds(analysis, word.span.begin), 3);
  row[6] = Decimal(Seconds(analysis, word.span.end), 3);
  row[7] = word.accuracy ? Decimal(*word.accuracy, 1) : "";
  row[8] = Name(word.band);
  row[9] = Name(word.error);
  row[10] = Name(word.origin);
  return row;
}

void PutPhone(const Analysis& analysis, const PhoneSet& phones, const PhoneScore& phone,
              std::size_t index, Row& row) {
  row[11] = std::to_string(index);
  row[12] = phones.Arpabet(phone.phone);
  row[13] = phones.Ipa(phone.phone);
  row[14] = Decimal(Seconds(analysis, phone.span.begin), 3);
  row[15] = Decimal(Seconds(analysis, phone.span.end), 3);
  row[16] = Decimal(phone.score, 1);
  row[17] = Name(phone.band);
  const auto& heard = phone.heard.phones;
  row[18] = heard.empty() ? "" : phones.info(heard.front().phone).arpabet;
  row[19] = heard.empty() ? "" : Decimal(heard.front().probability, 4);
  row[20] = Decimal(phone.heard.nothing, 4);
  row[21] = Decimal(Term(phone.evidence, EvidenceTerm::kFramePosterior), 4);
  row[22] = Decimal(Term(phone.evidence, EvidenceTerm::kFrameRatio), 4);
}

}  // namespace

std::string WriteCsv(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options) {
  std::string csv;
  if (options.csv_header) AddCsvLine(kColumns, csv);
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    Row row = WordRow(analysis, w);
    const WordScore& word = analysis.words[w];
    if (word.phones.empty()) AddCsvLine(row, csv);
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      PutPhone(analysis, phones, word.phones[p], p, row);
      AddCsvLine(row, csv);
    }
  }
  return csv;
}

}  // namespace euphone

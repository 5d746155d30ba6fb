#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone {

enum class PhoneAlphabet { kArpabet, kIpa };

/// How a report looks. Each writer reads only the fields that concern it.
struct ReportOptions {
  bool pretty = true;  ///< JSON and Azure: indented by two spaces; else one line (JSON Lines).
  PhoneAlphabet alphabet = PhoneAlphabet::kArpabet;  ///< Labels, CTM; Azure writes SAPI for
                                                     ///< kArpabet. JSON and CSV carry both.
  bool label_phones = false;                         ///< CTM, Audacity: phones instead of words.
  bool csv_header = true;  ///< CSV: off for the second and later recordings of one file.
  int width = 80;          ///< Terminal: columns to fill, at least 40.
  bool colour = true;      ///< Terminal: ANSI colours; every sign is there without them too.
  bool verbose = false;    ///< Terminal: every sound with its ARPAbet name, score and times.
};

/// All writers are pure functions: same input, same bytes, whatever the locale; callable from any
/// thread. They return UTF-8 that ends with a line feed (no record: an empty string). A number
/// that is not finite is a bug of its maker; it is left out or null, never "nan".
/// REQUIRES, for all: phone ids belong to `phones`, spans of the text lie inside it, indices into
/// words and sentences are in range. Formats are specified in docs/formats/.

/// euphone.analysis/1, the complete result (contract/analysis.schema.json).
std::string WriteJson(const Analysis& analysis, const PhoneSet& phones,
                      const ReportOptions& options);
/// The detailed result of Azure Speech's pronunciation assessment, so that its clients can switch.
std::string WriteAzure(const Analysis& analysis, const PhoneSet& phones,
                       const ReportOptions& options);
/// Praat's long text format; tiers sentences, words, syllables, phones, scores.
std::string WriteTextGrid(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options);
/// NIST time-marked conversation: recording, channel, start, duration, word, confidence.
std::string WriteCtm(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options);
/// ELAN's annotation format, with the tiers of the TextGrid; times in milliseconds.
std::string WriteElan(const Analysis& analysis, const PhoneSet& phones,
                      const ReportOptions& options);
/// A label track of Audacity: words, or phones.
std::string WriteAudacity(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options);
/// RFC 4180, one line for each phone.
std::string WriteCsv(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options);
/// SubRip subtitles, one for each sentence.
std::string WriteSrt(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options);
/// A page for the learner.
std::string WriteTerminal(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options);

using ReportWriter = std::string (*)(const Analysis&, const PhoneSet&, const ReportOptions&);

/// A format by the name that users give.
struct ReportFormat {
  std::string_view name;
  std::string_view extension;  ///< Of files, with the dot.
  ReportWriter write;
};
inline constexpr std::array<ReportFormat, 9> kReportFormats = {{
    {"terminal", ".txt", WriteTerminal},
    {"json", ".json", WriteJson},
    {"textgrid", ".TextGrid", WriteTextGrid},
    {"ctm", ".ctm", WriteCtm},
    {"elan", ".eaf", WriteElan},
    {"audacity", ".labels.txt", WriteAudacity},
    {"csv", ".csv", WriteCsv},
    {"srt", ".srt", WriteSrt},
    {"azure", ".azure.json", WriteAzure},
}};

}  // namespace euphone

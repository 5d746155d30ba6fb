#include <cmath>
#include <limits>
#include <optional>

#include "boundary.h"
#include "handles.h"
#include "report/format.h"
#include "report/names.h"
#include "report/report.h"

namespace {

using euphone::c::Fill;
using euphone::c::Guarded;
using euphone::c::Missing;

double OrNan(const std::optional<double>& value) {
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

/// Names are literals, so they end with a zero.
template <class Value>
const char* NameOf(Value value) {
  return euphone::Name(value).data();
}

const euphone::WordScore* WordAt(const euphone_analysis* analysis, size_t word) {
  const bool there = analysis != nullptr && word < analysis->analysis.words.size();
  return there ? &analysis->analysis.words[word] : nullptr;
}

}  // namespace

void euphone_analysis_free(euphone_analysis* analysis) { delete analysis; }

euphone_status euphone_analysis_status(const euphone_analysis* analysis) {
  if (analysis == nullptr) return EUPHONE_USAGE;
  const bool scored = analysis->analysis.verdict == euphone::Verdict::kScored;
  return scored ? EUPHONE_OK : EUPHONE_NOT_SCORED;
}

euphone_status euphone_analysis_write(const euphone_analysis* analysis, const char* format,
                                      char** document, char** error) {
  return Guarded(error, [&] {
    if (document == nullptr) return Missing("there is nowhere to put the document", error);
    *document = nullptr;
    if (analysis == nullptr || format == nullptr)
      return Missing("a document needs an analysis and the name of a format; one is NULL", error);
    for (const euphone::ReportFormat& known : euphone::kReportFormats) {
      if (known.name != format) continue;
      const euphone::ReportOptions options{.pretty = false, .colour = false};
      *document = euphone::c::Copy(known.write(analysis->analysis, analysis->phones(), options));
      if (*document == nullptr) throw std::bad_alloc();
      return EUPHONE_OK;
    }
    return Missing("no format '" + std::string(format) +
                       "'; there are json, textgrid, ctm, csv, srt, azure and terminal",
                   error);
  });
}

size_t euphone_analysis_words(const euphone_analysis* analysis) {
  return analysis != nullptr ? analysis->analysis.words.size() : 0;
}

euphone_status euphone_analysis_scores(const euphone_analysis* analysis, euphone_scores* scores) {
  if (analysis == nullptr) return EUPHONE_USAGE;
  const euphone::Scores& all = analysis->analysis.scores;
  return Fill({.size = 0,
               .accuracy = OrNan(all.accuracy),
               .fluency = OrNan(all.fluency),
               .completeness = OrNan(all.completeness),
               .prosody = OrNan(all.prosody),
               .total = OrNan(all.total),
               .uncertainty = OrNan(all.uncertainty)},
              scores);
}

euphone_status euphone_analysis_word(const euphone_analysis* analysis, size_t word,
                                     euphone_word* out) {
  const euphone::WordScore* const found = WordAt(analysis, word);
  if (found == nullptr) return EUPHONE_USAGE;
  return Fill({.size = 0,
               .text = found->text.c_str(),
               .error = NameOf(found->error),
               .band = NameOf(found->band),
               .accuracy = OrNan(found->accuracy),
               .stress = OrNan(found->stress),
               .start_s = euphone::Seconds(analysis->analysis, found->span.begin),
               .end_s = euphone::Seconds(analysis->analysis, found->span.end),
               .phones = found->phones.size()},
              out);
}

euphone_status euphone_analysis_phone(const euphone_analysis* analysis, size_t word, size_t phone,
                                      euphone_phone* out) {
  const euphone::WordScore* const found = WordAt(analysis, word);
  if (found == nullptr || phone >= found->phones.size()) return EUPHONE_USAGE;
  const euphone::PhoneScore& sound = found->phones[phone];
  const euphone::PhoneSet& phones = analysis->phones();
  const euphone::PhoneInfo& info = phones.info(sound.phone.id);
  const bool reduced = sound.phone.stress == euphone::Stress::kUnstressed;
  const auto& claim = sound.diagnosis;
  const bool other = claim && claim->said;
  return Fill({.size = 0,
               .arpabet = info.arpabet.c_str(),
               .ipa = (reduced ? info.ipa_unstressed : info.ipa).c_str(),
               .claim = claim ? NameOf(claim->claim) : nullptr,
               .said = other ? phones.info(*claim->said).arpabet.c_str() : nullptr,
               .band = NameOf(sound.band),
               .score = sound.score,
               .start_s = euphone::Seconds(analysis->analysis, sound.span.begin),
               .end_s = euphone::Seconds(analysis->analysis, sound.span.end),
               .stress = static_cast<int32_t>(sound.phone.stress)},
              out);
}

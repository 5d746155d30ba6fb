#include <optional>
#include <string_view>

#include "labels/labels.h"
#include "report/format.h"
#include "report/report.h"

namespace euphone {
namespace {

/// The model's mean probability of the expected phone in its segment.
double Confidence(const PhoneScore& phone) {
  return Term(phone.evidence, EvidenceTerm::kFrameShare);
}

std::optional<double> Confidence(const WordScore& word) {
  if (word.phones.empty()) return std::nullopt;
  double sum = 0.0;
  for (const PhoneScore& phone : word.phones) sum += Confidence(phone);
  return sum / static_cast<double>(word.phones.size());
}

}  // namespace

std::string WriteCtm(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options) {
  std::string lines;
  const auto add = [&](SampleSpan span, std::string_view token, std::optional<double> confidence) {
    if (span.end <= span.begin) return;
    lines += CtmLine(analysis.id, Seconds(analysis, span.begin), Seconds(analysis, span.end), token,
                     confidence);
  };
  for (const WordScore& word : analysis.words) {
    if (!options.label_phones) {
      add(word.span, word.text, Confidence(word));
      continue;
    }
    for (const PhoneScore& phone : word.phones) {
      const bool ipa = options.alphabet == PhoneAlphabet::kIpa;
      add(phone.span, ipa ? phones.Ipa(phone.phone) : phones.Arpabet(phone.phone),
          Confidence(phone));
    }
  }
  return lines;
}

}  // namespace euphone

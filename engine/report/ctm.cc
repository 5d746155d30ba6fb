#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <optional>

#include "report/format.h"
#include "report/report.h"

namespace euphone {
namespace {

/// CTM separates fields by white space, so a name must not have any.
std::string CtmField(std::string_view text) {
  std::string field = OneLine(text);
  for (char& c : field) {
    if (c == ' ') c = '_';
  }
  return field.empty() ? "-" : field;
}

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

class Lines {
 public:
  explicit Lines(const Analysis& analysis) : analysis_(analysis), id_(CtmField(analysis.id)) {}

  void Add(SampleSpan span, std::string_view token, std::optional<double> confidence) {
    if (span.end <= span.begin) return;
    // The duration is that of the rounded times, so that neighbours meet.
    const double start = Rounded(Seconds(analysis_, span.begin), 3);
    const double end = Rounded(Seconds(analysis_, span.end), 3);
    const auto out = std::back_inserter(text_);
    fmt::format_to(out, "{} 1 {:.3f} {:.3f} {}", id_, start, end - start, CtmField(token));
    if (confidence && std::isfinite(*confidence)) fmt::format_to(out, " {:.3f}", *confidence);
    text_ += '\n';
  }

  std::string Take() { return std::move(text_); }

 private:
  const Analysis& analysis_;
  std::string id_;
  std::string text_;
};

}  // namespace

std::string WriteCtm(const Analysis& analysis, const PhoneSet& phones,
                     const ReportOptions& options) {
  Lines lines(analysis);
  for (const WordScore& word : analysis.words) {
    if (!options.label_phones) {
      lines.Add(word.span, word.text, Confidence(word));
      continue;
    }
    for (const PhoneScore& phone : word.phones) {
      const bool ipa = options.alphabet == PhoneAlphabet::kIpa;
      lines.Add(phone.span, ipa ? phones.Ipa(phone.phone) : phones.Arpabet(phone.phone),
                Confidence(phone));
    }
  }
  return lines.Take();
}

}  // namespace euphone

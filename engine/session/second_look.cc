#include "session/second_look.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace euphone {
namespace {

/// By word; true for those taken for left out.
std::vector<bool> LeftOut(const Alignment& alignment, std::size_t words) {
  std::vector<bool> left_out(words, false);
  for (const Reading& reading : alignment.readings) {
    if (reading.kind == ReadingKind::kOmitted) left_out[reading.word] = true;
  }
  return left_out;
}

bool AnyIn(const std::vector<bool>& words, const SentenceSpan& sentence) {
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(sentence.first_word);
  const auto last = first + static_cast<std::ptrdiff_t>(sentence.word_count);
  return std::find(first, last, true) != last;
}

/// Requires those of the words left out that `whole`, in which every word is read, has said well
/// enough. Whether there was one.
Result<bool> RequireWellSaid(const AlignedReading& whole, const std::vector<bool>& left_out,
                             const Scorer& scorer, double read_above,
                             std::vector<AlignWord>& words) {
  const std::vector<WordEvidence> evidence = EvidenceOf(whole);
  bool any = false;
  for (const SentenceSpan& sentence : whole.script.sentences) {
    if (!AnyIn(left_out, sentence)) continue;
    const auto judgement = scorer.Judge(
        SentenceOf(whole, evidence, sentence.first_word, sentence.word_count), whole.posteriors);
    if (!judgement) return judgement.error();
    for (std::size_t i = 0; i < sentence.word_count; ++i) {
      const std::size_t word = sentence.first_word + i;
      if (!left_out[word] || judgement->words[i].accuracy < read_above) continue;
      words[word].required = true;
      any = true;
    }
  }
  return any;
}

}  // namespace

Result<Alignment> LookAgain(const AlignedReading& first, std::vector<AlignWord> words,
                            const AlignConfig& config, const Scorer& scorer) {
  const std::optional<double> read_above = scorer.read_above();
  const std::vector<bool> left_out = LeftOut(first.alignment, words.size());
  if (!read_above || std::find(left_out.begin(), left_out.end(), true) == left_out.end())
    return first.alignment;
  const auto aligned = [&](const std::vector<AlignWord>& with) {
    return Align(first.posteriors.ctc, first.posteriors.frames, with, config);
  };
  std::vector<AlignWord> all = words;
  for (AlignWord& word : all) word.required = true;
  const auto forced = aligned(all);
  if (!forced) return forced.error();
  const auto any = RequireWellSaid(first.With(*forced), left_out, scorer, *read_above, words);
  if (!any) return any.error();
  if (!*any) return first.alignment;
  return aligned(words);
}

}  // namespace euphone

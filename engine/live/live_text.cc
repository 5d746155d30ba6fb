#include "live/live_text.h"

#include <utility>

namespace euphone {

Result<LiveText> LiveText::Create(const Lexicon& lexicon, std::string_view text,
                                  const TextOptions& options) {
  const auto whole = NormalizeText(text, options);
  if (!whole) return whole.error();
  LiveText live;
  live.text_ = text;
  for (const SentenceSpan& sentence : whole->sentences) {
    const TextSpan span = sentence.span;
    const std::string_view part = text.substr(span.begin, span.end - span.begin);
    auto prepared = PrepareText(lexicon, part, options);
    if (!prepared) return prepared.error();
    const std::size_t first = live.sentence_of_.size();
    live.sentence_of_.resize(first + prepared->script.words.size(), live.sentences_.size());
    live.sentences_.push_back({std::string(part), first, span.begin, *std::move(prepared)});
  }
  return live;
}

const SpokenWord& LiveText::Word(std::size_t word) const {
  const LiveSentence& sentence = sentences_[sentence_of_[word]];
  return sentence.prepared.script.words[word - sentence.first_word];
}

TextSpan LiveText::SpanOf(std::size_t word) const {
  const TextSpan span = Word(word).span;
  const std::size_t begin = sentences_[sentence_of_[word]].begin;
  return {begin + span.begin, begin + span.end};
}

std::vector<AlignWord> LiveText::Words() const {
  std::vector<AlignWord> words;
  for (const LiveSentence& sentence : sentences_) {
    for (AlignWord& word : sentence.prepared.Words(false)) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace euphone

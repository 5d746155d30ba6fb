#include "align/graph.h"

#include <algorithm>
#include <limits>
#include <string>

namespace euphone {
namespace {

constexpr std::size_t kMaxWords = 100'000;
constexpr std::size_t kMaxVariants = 200;
constexpr std::size_t kMaxPhones = 10'000;

Error WordError(Errc code, std::size_t word, const std::string& what) {
  return {code, "word " + std::to_string(word) + " of the text " + what};
}

Status Check(const AlignWord& word, std::size_t index, std::size_t class_count) {
  if (word.variants.empty())
    return WordError(Errc::kInvalidArgument, index, "has no pronunciation");
  if (word.variants.size() > kMaxVariants)
    return WordError(Errc::kTooLarge, index, "has over 200 pronunciations");
  std::size_t phones = 0;
  for (const std::vector<int>& variant : word.variants) {
    if (variant.empty())
      return WordError(Errc::kInvalidArgument, index, "has a pronunciation without phones");
    phones += variant.size();
    for (int phone : variant) {
      if (phone < 0 || static_cast<std::size_t>(phone) + 1 >= class_count)
        return WordError(Errc::kInvalidArgument, index,
                         "has phone " + std::to_string(phone) + ", which the model does not know");
    }
  }
  if (phones > kMaxPhones) return WordError(Errc::kTooLarge, index, "has over 10,000 phones");
  return {};
}

}  // namespace

Result<AlignGraph> BuildGraph(std::span<const AlignWord> words, std::size_t class_count) {
  if (words.empty()) return Error{Errc::kInvalidArgument, "the text has no words to align"};
  if (words.size() > kMaxWords)
    return Error{Errc::kTooLarge, "the text has over 100,000 words; align it in parts"};
  if (class_count > std::numeric_limits<std::uint16_t>::max())
    return Error{Errc::kInvalidArgument, "the posteriors have over 65,535 classes"};
  AlignGraph graph;
  graph.chain_begin.push_back(0);
  graph.word_begin.push_back(0);
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (Status status = Check(words[w], w, class_count); !status) return status.error();
    std::size_t shortest = kMaxPhones;
    for (const std::vector<int>& variant : words[w].variants) {
      for (int phone : variant) graph.classes.push_back(static_cast<std::uint16_t>(phone + 1));
      graph.chain_begin.push_back(static_cast<std::uint32_t>(graph.classes.size()));
      shortest = std::min(shortest, variant.size());
    }
    graph.word_begin.push_back(static_cast<std::uint32_t>(graph.chain_begin.size() - 1));
    graph.phone_count.push_back(static_cast<std::uint16_t>(shortest));
    graph.starts_sentence.push_back(words[w].sentence_start ? 1 : 0);
    graph.required.push_back(words[w].required ? 1 : 0);
  }
  graph.word_begin.push_back(graph.word_begin.back());
  graph.phone_count.push_back(0);
  graph.starts_sentence.push_back(0);
  graph.required.push_back(0);
  return graph;
}

}  // namespace euphone

#include "model_kernels/scorer_weights.h"

#include <algorithm>
#include <string_view>

#include "kernels/kernels.h"

namespace euphone {
namespace {

/// [members, …]: the numbers of one member.
std::vector<float> Part(const OnnxTensor& tensor, std::size_t member) {
  const std::vector<float> all = tensor.Floats();
  const std::size_t each = all.size() / static_cast<std::size_t>(tensor.shape.front());
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(member * each, all.size()));
  return {first, static_cast<std::size_t>(all.end() - first) < each
                     ? all.end()
                     : first + static_cast<std::ptrdiff_t>(each)};
}

WordProduct ReadWords(OnnxWalk& walk, std::size_t member) {
  const OnnxTensor& weights = walk.ToConstant("Cast", 0);
  walk.To("Mul");
  const OnnxTensor& scales = walk.Constant(1);
  walk.To("Add");
  return WordProduct::Turn(weights, scales, &walk.Constant(1), member);
}

NormWeights ReadNorm(OnnxWalk& walk, std::size_t member) {
  walk.To("LayerNormalization");
  walk.To("Mul");
  std::vector<float> gain = Part(walk.Constant(1), member);
  walk.To("Add");
  return {std::move(gain), Part(walk.Constant(1), member)};
}

ScorerMember ReadMember(OnnxWalk walk, std::size_t member, ScorerWeights& w) {
  ScorerMember m;
  m.back = Part(walk.ToConstant("Gather", 0), member);
  m.front = Part(walk.ToConstant("Gather", 0), member);
  m.phones = Part(walk.ToConstant("Gather", 0), member);
  walk.To("Mod");
  w.mean = walk.ToConstant("Sub", 1).Floats();
  w.scale = walk.ToConstant("Div", 1).Floats();
  m.reduce = ReadWords(walk, member);
  m.places = Part(walk.ToConstant("Gather", 0), member);
  m.tokens = Part(walk.ToConstant("Concat", 0), member);
  for (std::size_t i = 0; i < ScorerWeights::kBlocks; ++i) {
    ScorerBlock& block = m.blocks.emplace_back();
    block.attention_norm = ReadNorm(walk, member);
    block.qkv = ReadWords(walk, member);
    block.out = ReadWords(walk, member);
    block.mlp_norm = ReadNorm(walk, member);
    block.up = ReadWords(walk, member);
    block.down = ReadWords(walk, member);
  }
  m.norm = ReadNorm(walk, member);
  m.sentence_head = ReadWords(walk, member);
  m.word_head = ReadWords(walk, member);
  m.phone_head = ReadWords(walk, member);
  return m;
}

bool Fit(const ScorerMember& m, const ScorerWeights& w, const ScoringSpec& spec) {
  const std::size_t width = w.width, sentence = spec.sentence_scores.size();
  const auto is_table = [&](const std::vector<float>& table, std::size_t least) {
    return table.size() % width == 0 && table.size() >= least * width;
  };
  const auto is_block = [&](const ScorerBlock& block) {
    return HasShape(block.attention_norm, width) && HasShape(block.mlp_norm, width) &&
           HasShape(block.qkv, width, 3 * width) && HasShape(block.out, width, width) &&
           HasShape(block.up, width, 2 * width) && HasShape(block.down, 2 * width, width);
  };
  return is_table(m.phones, spec.classes - 1) && is_table(m.front, 1) &&
         m.back.size() == m.front.size() && is_table(m.places, 1) &&
         m.tokens.size() == sentence * width && std::ranges::all_of(m.blocks, is_block) &&
         HasShape(m.norm, width) && HasShape(m.reduce, w.mean.size(), width) &&
         HasShape(m.phone_head, width, 1) &&
         HasShape(m.word_head, 2 * width, spec.word_scores.size()) &&
         HasShape(m.sentence_head, sentence * width, sentence);
}

}  // namespace

Result<ScorerWeights> ScorerWeights::Read(const OnnxGraph& graph, const ScorerEntry& entry) {
  if (graph.Structure() != kStructure) {
    return Error{Errc::kUnsupported,
                 "is not the small scorer that the kernels know; use --runtime ort"};
  }
  const std::vector<std::string_view> inputs = {entry.features, entry.ctc,    entry.frames,
                                                entry.spans,    entry.phones, entry.words};
  const std::vector<std::string_view> outputs = {entry.phone_scores, entry.word_scores,
                                                 entry.sentence_scores};
  if (inputs != graph.inputs() || outputs != graph.outputs() || !entry.prosody.empty() ||
      !entry.heard.empty())
    return Error{Errc::kCorrupt, "its inputs and outputs are not those of the manifest"};
  ScorerWeights w;
  OnnxWalk first(graph);
  const std::vector<std::int64_t> shape = first.ToConstant("Gather", 0).shape;
  w.width = static_cast<std::size_t>(shape.back());
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape.front()); ++i) {
    w.members.push_back(ReadMember(OnnxWalk(graph), i, w));
    const bool fits = w.width % kHeads == 0 && w.scale.size() == w.mean.size() &&
                      w.mean.size() == 2 * entry.spec.feature_width + 3 * entry.spec.classes + 13 &&
                      Fit(w.members.back(), w, entry.spec);
    if (!fits) return Error{Errc::kCorrupt, "its sizes do not fit each other or the manifest"};
  }
  return w;
}

}  // namespace euphone

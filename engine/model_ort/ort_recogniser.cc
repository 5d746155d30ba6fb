#include "model_ort/ort_recogniser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/quiet_cut.h"
#include "model/token_list.h"
#include "model_ort/ort_session.h"

namespace euphone {
namespace {

/// Tokens beyond those that the length of a clip allows, for the shortest ones.
constexpr std::int64_t kSpareTokens = 8;

/// Names of the caches, those of the decoder's own tokens first.
std::vector<std::string> CacheNames(const RecogniserEntry& entry, const std::string& beginning) {
  std::vector<std::string> names;
  for (const char* side : {"decoder", "encoder"}) {
    for (std::int64_t layer = 0; layer < entry.layers; ++layer) {
      for (const char* part : {"key", "value"})
        names.push_back(beginning + "." + std::to_string(layer) + "." + side + "." + part);
    }
  }
  return names;
}

SessionSpec DecoderSpec(const RecogniserEntry& entry) {
  SessionSpec spec{.file = FileRole::kDecoder,
                   .inputs = {{entry.token, ElementType::kInt64},
                              {entry.heard, ElementType::kFloat},
                              {entry.heard_mask, ElementType::kInt64},
                              {entry.use_past, ElementType::kBool}},
                   .outputs = {entry.logits}};
  for (const std::string& name : CacheNames(entry, entry.past)) spec.inputs.push_back({name});
  for (std::string& name : CacheNames(entry, entry.present)) spec.outputs.push_back(name);
  return spec;
}

/// A token and the natural logarithm of its probability.
struct Choice {
  std::int64_t token = 0;
  double log_probability = 0.0;
};

Choice Likeliest(const std::vector<float>& logits) {
  const auto best = std::ranges::max_element(logits);
  double sum = 0.0;
  for (const float logit : logits) sum += std::exp(double{logit} - double{*best});
  return {best - logits.begin(), -std::log(sum)};
}

/// The tokens of one run or of several.
struct Writing {
  std::vector<std::int64_t> tokens;
  double log_probability = 0.0;  ///< Sum.
};

class OrtRecogniser final : public Recogniser {
 public:
  OrtRecogniser(RecogniserEntry entry, TokenList tokens, InferenceSession encoder,
                InferenceSession decoder)
      : entry_(std::move(entry)),
        tokens_(std::move(tokens)),
        encoder_(std::move(encoder)),
        decoder_(std::move(decoder)) {}

  const RecogniserSpec& spec() const override { return entry_.spec; }

  Result<Transcript> Transcribe(PcmView pcm) const override {
    Transcript transcript;
    std::size_t count = 0;
    while (!pcm.empty()) {
      const auto most = static_cast<std::size_t>(entry_.spec.max_samples);
      const std::size_t length =
          pcm.size() > most ? QuietCut(pcm, most, entry_.spec.rate) : pcm.size();
      const auto written = Write(pcm.first(length));
      if (!written) return written.error();
      const std::string text = tokens_.Text(written->tokens);
      if (!transcript.text.empty() && !text.empty()) transcript.text += ' ';
      transcript.text += text;
      transcript.log_probability += written->log_probability;
      count += written->tokens.size();
      pcm = pcm.subspan(length);
    }
    if (count > 0) transcript.log_probability /= static_cast<double>(count);
    return transcript;
  }

 private:
  struct Clip {
    OutputTensor frames;
    std::vector<std::int64_t> mask;  ///< A one for each sample.
    std::int64_t length() const { return frames.shape[1]; }
  };

  Result<Clip> Hear(PcmView pcm) const {
    std::vector<std::int64_t> mask(pcm.size(), 1);
    const Shape shape = {1, static_cast<std::int64_t>(pcm.size())};
    const std::array<InputTensor, 2> inputs = {InputTensor(pcm, shape), InputTensor(mask, shape)};
    const Shape wish = {1, kAny, entry_.width};
    auto outputs = encoder_.Run(inputs, {&wish, 1});
    if (!outputs) return outputs.error();
    return Clip{std::move(outputs->front()), std::move(mask)};
  }

  Shape CacheShape(std::int64_t length) const {
    return {1, entry_.heads, length, entry_.head_width};
  }

  /// What run number `step` gives: logits and the decoder's caches; the first run also the
  /// encoder's.
  Result<std::vector<OutputTensor>> Decode(const Clip& clip, std::int64_t token, std::int64_t step,
                                           const std::vector<OutputTensor>& caches) const {
    const bool use_past = step > 0;
    std::vector<InputTensor> inputs = {
        {std::span<const std::int64_t>(&token, 1), {1, 1}},
        {std::span<const float>(clip.frames.numbers), clip.frames.shape},
        {std::span<const std::int64_t>(clip.mask),
         {1, static_cast<std::int64_t>(clip.mask.size())}},
        {std::span<const bool>(&use_past, 1), {1}}};
    for (const OutputTensor& cache : caches)
      inputs.emplace_back(std::span<const float>(cache.numbers), cache.shape);
    const auto own = static_cast<std::size_t>(2 * entry_.layers);
    std::vector<Shape> wishes = {{1, 1, static_cast<std::int64_t>(tokens_.size())}};
    wishes.insert(wishes.end(), own, CacheShape(step + 1));
    if (!use_past) wishes.insert(wishes.end(), own, CacheShape(clip.length()));
    return decoder_.Run(inputs, wishes);
  }

  /// Writes down one clip of at most max_samples.
  Result<Writing> Write(PcmView pcm) const {
    Writing written;
    const RecogniserSpec& spec = entry_.spec;
    const auto samples = static_cast<std::int64_t>(pcm.size());
    if (samples < spec.min_samples) return written;
    const auto clip = Hear(pcm);
    if (!clip) return clip.error();
    const auto most =
        static_cast<std::int64_t>(SecondsIn(samples, spec.rate) * spec.tokens_per_second) +
        kSpareTokens;
    std::vector<OutputTensor> caches(static_cast<std::size_t>(4 * entry_.layers),
                                     OutputTensor{CacheShape(0), {}});
    std::int64_t token = entry_.begin_token;
    for (std::int64_t step = 0; step < most; ++step) {
      auto outputs = Decode(*clip, token, step, caches);
      if (!outputs) return outputs.error();
      const Choice choice = Likeliest(outputs->front().numbers);
      if (choice.token == entry_.end_token) break;
      token = choice.token;
      written.tokens.push_back(token);
      written.log_probability += choice.log_probability;
      std::move(outputs->begin() + 1, outputs->end(), caches.begin());
    }
    return written;
  }

  RecogniserEntry entry_;
  TokenList tokens_;
  InferenceSession encoder_, decoder_;
};

Result<TokenList> ReadTokens(const Bundle& bundle, const RecogniserEntry& entry) {
  const std::string path = bundle.manifest().Find(FileRole::kTokens)->path;
  if (auto intact = bundle.Verify(path); !intact) return intact.error();
  const std::string context = bundle.name() + ": " + path;
  auto tokens = TokenList::Parse(bundle.bytes(path));
  if (!tokens) return Prefixed(context, tokens.error());
  if (std::max(entry.begin_token, entry.end_token) >= static_cast<std::int64_t>(tokens->size())) {
    return Error{Errc::kCorrupt, context + ": lacks the tokens that begin and end a text"};
  }
  return tokens;
}

}  // namespace

Result<std::unique_ptr<Recogniser>> OpenRecogniser(const Bundle& bundle,
                                                   const ModelOptions& options) {
  const auto* entry = std::get_if<RecogniserEntry>(&bundle.manifest().model);
  if (entry == nullptr) {
    return Error{Errc::kInvalidArgument, bundle.name() + ": not a recogniser bundle"};
  }
  auto tokens = ReadTokens(bundle, *entry);
  if (!tokens) return tokens.error();
  auto encoder = InferenceSession::Open(bundle,
                                        {.file = FileRole::kModel,
                                         .inputs = {{entry->samples, ElementType::kFloat},
                                                    {entry->samples_mask, ElementType::kInt64}},
                                         .outputs = {entry->frames}},
                                        options);
  if (!encoder) return encoder.error();
  auto decoder = InferenceSession::Open(bundle, DecoderSpec(*entry), options);
  if (!decoder) return decoder.error();
  return std::unique_ptr<Recogniser>(std::make_unique<OrtRecogniser>(
      *entry, std::move(*tokens), std::move(*encoder), std::move(*decoder)));
}

}  // namespace euphone

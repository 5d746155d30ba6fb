#include "model/network_entry.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::int64_t kMaxFeatureWidth = 4096;
constexpr std::int64_t kMaxStateExtent = 65536;
constexpr std::int64_t kMaxState = 1 << 22;
constexpr std::int64_t kMaxToken = (1 << 20) - 1;
/// Of a product of whole numbers, so that 32 bits hold it (engine/embed/byte_matrix.h).
constexpr std::int64_t kMostInputs = 2048;

std::vector<std::string> ReadClasses(JsonObject& object) {
  auto classes = object.Texts("classes", 2, 512, kClass);
  if (!classes.empty() && classes[0] != "<blank>") object.Refuse("classes[0]", "must be <blank>");
  return classes;
}

constexpr TextRule kWordScore = {
    [](std::string_view text) { return text == "accuracy" || text == "stress" || text == "total"; },
    "accuracy, stress or total"};
constexpr TextRule kSentenceScore = {[](std::string_view text) {
                                       return text == "accuracy" || text == "fluency" ||
                                              text == "prosodic" || text == "total";
                                     },
                                     "accuracy, fluency, prosodic or total"};

/// Reports cannot do without accuracy.
std::vector<std::string> ReadScores(JsonObject& object, std::string_view key,
                                    const TextRule& rule) {
  auto scores = object.Texts(key, 1, 4, rule);
  if (std::ranges::find(scores, "accuracy") == scores.end()) {
    object.Refuse(key, "must hold accuracy");
  }
  return scores;
}

/// Names of the input and the outputs; features come with a width.
void ReadTensors(JsonObject& object, AcousticEntry& entry) {
  entry.input = object.Text("input", kTensor);
  JsonObject outputs = object.Object("outputs");
  entry.ctc = outputs.Text("ctc", kTensor);
  entry.frames = outputs.Text("frames", kTensor);
  entry.features = outputs.OptionalText("features", kTensor);
  outputs.RefuseOthers();
}

StreamEntry ReadStream(JsonObject object, const FrameGrid& grid) {
  StreamEntry entry;
  const std::int64_t second = grid.rate.hz;
  entry.spec.step_samples = object.Integer("step_samples", 1, second);
  entry.spec.overlap_samples = object.Integer("overlap_samples", 0, second);
  entry.spec.step_frames = static_cast<std::size_t>(object.Integer("step_frames", 1, 1000));
  entry.spec.chunk_steps = static_cast<std::size_t>(object.Integer("chunk_steps", 1, 1000));
  const auto frames = static_cast<std::int64_t>(entry.spec.step_frames);
  if (!object.failed() && frames * grid.hop != entry.spec.step_samples) {
    object.Refuse("step_samples", "must be step_frames times acoustic.hop_samples");
  }
  object.Objects("states", 1, 16, [&](JsonObject& element) {
    StateTensor& state = entry.states.emplace_back();
    state.input = element.Text("input", kTensor);
    state.output = element.Text("output", kTensor);
    state.shape = element.Integers("shape", 1, 8, 1, kMaxStateExtent);
    std::int64_t numbers = 1;
    for (const std::int64_t extent : state.shape)
      numbers = std::min(numbers * extent, kMaxState + 1);
    if (numbers > kMaxState) element.Refuse("shape", "must hold at most 4194304 numbers");
  });
  object.RefuseOthers();
  return entry;
}

void ReadOptionalStream(JsonObject& object, AcousticEntry& entry) {
  if (!object.Has("stream")) return;
  entry.stream = ReadStream(object.Object("stream"), entry.spec.grid);
  const StreamSpec& stream = entry.stream->spec;
  if (!object.failed() && entry.spec.min_samples < stream.step_samples + stream.overlap_samples) {
    object.Refuse("stream", "needs longer clips than acoustic.min_samples");
  }
}

void ReadEncoder(JsonObject object, RecogniserEntry& entry) {
  entry.samples = object.Text("samples", kTensor);
  entry.samples_mask = object.Text("mask", kTensor);
  entry.frames = object.Text("frames", kTensor);
  entry.width = object.Integer("width", 1, kMaxFeatureWidth);
  object.RefuseOthers();
}

void ReadDecoder(JsonObject object, RecogniserEntry& entry) {
  entry.token = object.Text("token", kTensor);
  entry.heard = object.Text("frames", kTensor);
  entry.heard_mask = object.Text("mask", kTensor);
  entry.use_past = object.Text("use_past", kTensor);
  entry.past = object.Text("past", kTensor);
  entry.present = object.Text("present", kTensor);
  entry.logits = object.Text("logits", kTensor);
  entry.layers = object.Integer("layers", 1, 64);
  entry.heads = object.Integer("heads", 1, 64);
  entry.head_width = object.Integer("head_width", 1, 1024);
  entry.begin_token = object.Integer("begin_token", 0, kMaxToken);
  entry.end_token = object.Integer("end_token", 0, kMaxToken);
  object.RefuseOthers();
}

}  // namespace

AcousticEntry ReadAcoustic(JsonObject object, const Manifest& manifest) {
  AcousticEntry entry;
  entry.spec.name = manifest.name;
  entry.spec.version = manifest.version;
  const std::int64_t rate = object.Integer("rate_hz", 8000, 48000);
  entry.spec.grid.rate = SampleRate{static_cast<int>(rate)};
  entry.spec.grid.hop = object.Integer("hop_samples", 1, rate);
  entry.spec.grid.first_centre = object.Integer("first_centre_sample", 0, rate);
  entry.spec.max_samples = object.Integer("max_samples", 1, 600 * rate);
  entry.spec.min_samples = object.Integer("min_samples", 1, entry.spec.max_samples);
  ReadTensors(object, entry);
  if (!entry.features.empty()) {
    entry.spec.feature_width =
        static_cast<std::size_t>(object.Integer("feature_width", 1, kMaxFeatureWidth));
  }
  entry.spec.classes = ReadClasses(object);
  ReadOptionalStream(object, entry);
  object.RefuseOthers();
  return entry;
}

ScorerEntry ReadScorer(JsonObject object, const Manifest& manifest, const AcousticEntry& acoustic) {
  ScorerEntry entry;
  entry.spec.name = manifest.label();
  entry.spec.feature_width = acoustic.spec.feature_width;
  entry.spec.classes = acoustic.spec.classes.size();
  entry.spec.word_scores = ReadScores(object, "word_scores", kWordScore);
  entry.spec.sentence_scores = ReadScores(object, "sentence_scores", kSentenceScore);
  entry.spec.prosody_terms = object.Texts("prosody_terms", 0, 32, kTerm);
  entry.spec.max_phones = static_cast<std::size_t>(object.Integer("max_phones", 1, 4096));
  JsonObject inputs = object.Object("inputs");
  entry.features = inputs.Text("features", kTensor);
  entry.ctc = inputs.Text("ctc", kTensor);
  entry.frames = inputs.Text("frames", kTensor);
  entry.spans = inputs.Text("spans", kTensor);
  entry.phones = inputs.Text("phones", kTensor);
  entry.words = inputs.Text("words", kTensor);
  if (!entry.spec.prosody_terms.empty()) entry.prosody = inputs.Text("prosody", kTensor);
  inputs.RefuseOthers();
  JsonObject outputs = object.Object("outputs");
  entry.phone_scores = outputs.Text("phones", kTensor);
  entry.word_scores = outputs.Text("words", kTensor);
  entry.sentence_scores = outputs.Text("sentence", kTensor);
  entry.heard = outputs.OptionalText("heard", kTensor);
  entry.spec.hears = !entry.heard.empty();
  outputs.RefuseOthers();
  object.RefuseOthers();
  return entry;
}

GraphemeEntry ReadGrapheme(JsonObject object, const Manifest& manifest) {
  GraphemeEntry entry;
  entry.spec.name = manifest.name;
  entry.spec.version = manifest.version;
  entry.input = object.Text("input", kTensor);
  entry.output = object.Text("output", kTensor);
  entry.spec.letters = object.Texts("letters", 2, 256, kLetter);
  if (!object.failed() && entry.spec.letters[0] != "<pad>") {
    object.Refuse("letters[0]", "must be <pad>");
  }
  entry.spec.classes = ReadClasses(object);
  object.RefuseOthers();
  return entry;
}

RecogniserEntry ReadRecogniser(JsonObject object, const Manifest& manifest) {
  RecogniserEntry entry;
  entry.spec.name = manifest.name;
  entry.spec.version = manifest.version;
  const std::int64_t rate = object.Integer("rate_hz", 8000, 48000);
  entry.spec.rate = SampleRate{static_cast<int>(rate)};
  // A run of a second at least, so that each piece of a longer clip can be cut where it is quiet.
  entry.spec.max_samples = object.Integer("max_samples", rate, 600 * rate);
  entry.spec.min_samples = object.Integer("min_samples", 1, rate);
  entry.spec.tokens_per_second = object.Number("tokens_per_second", 0.1, 100.0);
  ReadEncoder(object.Object("encoder"), entry);
  ReadDecoder(object.Object("decoder"), entry);
  object.RefuseOthers();
  return entry;
}

EmbeddingEntry ReadEmbedding(JsonObject object, const Manifest& manifest) {
  EmbeddingEntry entry;
  entry.spec.name = manifest.name;
  entry.spec.version = manifest.version;
  entry.spec.width = static_cast<std::size_t>(object.Integer("width", 1, kMostInputs));
  entry.layers = static_cast<std::size_t>(object.Integer("layers", 1, 64));
  entry.heads = static_cast<std::size_t>(object.Integer("heads", 1, 64));
  entry.inner = static_cast<std::size_t>(object.Integer("inner", 1, kMostInputs));
  if (!object.failed() && entry.spec.width % entry.heads != 0)
    object.Refuse("heads", "must divide embedding.width");
  entry.spec.max_tokens = static_cast<std::size_t>(object.Integer("max_tokens", 3, 8192));
  entry.spec.begin_token = object.Integer("begin_token", 0, kMaxToken);
  entry.spec.end_token = object.Integer("end_token", 0, kMaxToken);
  entry.spec.unknown_token = object.Integer("unknown_token", 0, kMaxToken);
  object.RefuseOthers();
  return entry;
}

}  // namespace euphone

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/grapheme_model.h"
#include "model/recogniser.h"
#include "model/scoring_model.h"
#include "model/sentence_encoder.h"

namespace euphone {

enum class FileRole {
  kModel,
  kDecoder,
  kScorer,
  kTokens,
  kCalibration,
  kSelfTest,
  kLicence,
  kCard,
  kReference
};

/// One file of a bundle as the manifest declares it.
struct BundleFile {
  std::string path;  ///< Relative, with slashes; never leaves the bundle.
  FileRole role = FileRole::kModel;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 lower-case hexadecimal digits.
};

/// A float32 tensor that goes from one window to the next; all zero at first.
struct StateTensor {
  std::string input, output;
  std::vector<std::int64_t> shape;
};

/// How a model that streams is fed.
struct StreamEntry {
  StreamSpec spec;
  std::vector<StateTensor> states;
};

/// What an acoustic bundle runs, and how its tensors are called.
struct AcousticEntry {
  AcousticSpec spec;
  std::string input;     ///< float32 [1, samples].
  std::string ctc;       ///< float32 [1, frames, classes], natural log.
  std::string frames;    ///< The same shape.
  std::string features;  ///< float32 [1, frames, feature_width]; empty if there are none.
  std::optional<StreamEntry> stream;  ///< Absent: it hears whole clips only.
};

/// What the scorer of an acoustic bundle runs, and how its tensors are called; shapes as in
/// ScoringInput and ScoringOutput, words as [members, words, scores].
struct ScorerEntry {
  ScoringSpec spec;
  std::string features, ctc, frames;  ///< Inputs, float32.
  std::string spans, phones, words;   ///< Inputs, int64.
  std::string prosody;                ///< Input, float32; empty if spec.prosody_terms is.
  std::string phone_scores, word_scores, sentence_scores;  ///< Outputs, float32.
  std::string heard;                                       ///< Output, float32; may be empty.
};

/// What a grapheme-to-phoneme bundle runs, and how its tensors are called.
struct GraphemeEntry {
  GraphemeSpec spec;
  std::string input;   ///< int64 [1, letters].
  std::string output;  ///< float32 [1, steps, classes], natural log.
};

/// What a recogniser bundle runs, and how its tensors are called: an encoder (the file kModel) that
/// hears a whole clip, and a decoder (kDecoder) that writes one token a run and is given back, as
/// past, what it gave as present: for each layer the keys and values of its own tokens and of the
/// encoder's frames, float32 [1, heads, length, head_width]. Tensor kv of a layer is called
/// "PAST.LAYER.decoder.key", …encoder.value.
struct RecogniserEntry {
  RecogniserSpec spec;
  std::string samples, samples_mask;  ///< Of the encoder: float32 and int64 [1, samples].
  std::string frames;                 ///< Its output, float32 [1, frames, width].
  std::string token;                  ///< Of the decoder: int64 [1, 1].
  std::string heard, heard_mask;      ///< The encoder's frames; its mask once more.
  std::string use_past;               ///< bool [1]: false in the first run.
  std::string past, present;          ///< Beginnings of names.
  std::string logits;                 ///< Output, float32 [1, 1, tokens].
  std::int64_t width = 0;             ///< Of a frame.
  std::int64_t layers = 0, heads = 0, head_width = 0;
  std::int64_t begin_token = 0, end_token = 0;
};

/// What an embedding bundle runs, and the sizes of its network.
struct EmbeddingEntry {
  SentenceEncoderSpec spec;
  std::size_t layers = 0;
  std::size_t heads = 0;  ///< Divide the width.
  std::size_t inner = 0;  ///< Numbers between the two products of a layer.
};

/// A reference run; paths of files with raw little-endian numbers.
struct SelfTestEntry {
  std::string input;              ///< float32 samples, or int64 ids of letters or tokens.
  std::string expected_ctc;       ///< float32 [frames, classes], natural log.
  std::string expected_frames;    ///< The same shape; empty for a G2P bundle.
  std::string expected_features;  ///< float32 [frames, feature_width]; may be empty.
  std::string expected_vector;    ///< float32 [width]; of an embedding bundle, and alone there.
  double tolerance = 0.0;         ///< Most that RunSelfTest() may find as difference.
  std::string expected_text;      ///< What a recogniser writes; then all expected files are empty.
};

struct LicenceEntry {
  std::string part;  ///< What is under this licence: "encoder weights".
  std::string spdx;
  std::string holder;  ///< May be empty.
  std::string file;    ///< Path of the text.
};

/// Weights or data that went into a model.
struct SourceEntry {
  std::string name;
  std::string licence;
  std::string sha256;  ///< May be empty.
  std::string note;    ///< May be empty.
};

struct Provenance {
  std::string created;  ///< Year-month-day.
  std::string made_by;
  std::string config_sha256;  ///< May be empty.
  std::vector<SourceEntry> derived_from;
  std::vector<SourceEntry> trained_on;
};

/// A figure measured on data that training did not see.
struct AccuracyEntry {
  std::string measure;
  double value = 0.0;
  std::string unit;  ///< Empty for a ratio or a correlation.
  std::string data;
};

/// manifest.json of a bundle, format 1; docs/formats/bundle.md describes it.
struct Manifest {
  std::string name;
  std::string version;
  std::string language;  ///< "en-US".
  std::string summary;
  std::vector<BundleFile> files;
  std::variant<AcousticEntry, GraphemeEntry, RecogniserEntry, EmbeddingEntry> model;
  /// Which bundle hears live speech in place of this one, by its name; empty where none does, and
  /// where this one streams.
  std::string live_bundle;
  std::optional<ScorerEntry> scorer;  ///< Only in an acoustic bundle, and only with features.
  SelfTestEntry self_test;
  std::vector<LicenceEntry> licences;
  Provenance provenance;
  std::vector<AccuracyEntry> accuracy;

  /// The file at `path`, or null.
  const BundleFile* Find(std::string_view path) const;
  /// The one file with the role, or null; kModel is always there, kScorer exactly if `scorer` is,
  /// kDecoder exactly in a recogniser bundle, kTokens exactly there and in an embedding bundle.
  const BundleFile* Find(FileRole role) const;
  std::uint64_t bytes() const;  ///< Of all files together.
  double megabytes() const { return static_cast<double>(bytes()) / 1e6; }
  std::string label() const { return name + " " + version; }
  const char* kind() const;  ///< As it is written: "acoustic".
};

inline constexpr std::size_t kMaxManifestBytes = 1 << 20;
inline constexpr std::uint64_t kMaxBundleFileBytes = 256U << 20;
inline constexpr std::uint64_t kMaxBundleBytes = 512U << 20;

/// Reads and checks a manifest: every field, type, range and cross-reference; unknown fields are
/// refused. Fails: kTooLarge; kUnsupported for another format number; kCorrupt, naming the field
/// ("files[2].path: …").
Result<Manifest> ParseManifest(std::string_view json);

}  // namespace euphone

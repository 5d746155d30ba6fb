#include "model/manifest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/json_object.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::int64_t kMaxFeatureWidth = 4096;

constexpr std::array kRoleNames = {"model",     "scorer",  "calibration",
                                   "self_test", "licence", "card"};
constexpr TextRule kRole = {
    [](std::string_view text) { return std::ranges::find(kRoleNames, text) != kRoleNames.end(); },
    "model, scorer, calibration, self_test, licence or card"};

FileRole RoleOf(std::string_view name) {
  return static_cast<FileRole>(std::ranges::find(kRoleNames, name) - kRoleNames.begin());
}

BundleFile ReadFileEntry(JsonObject& object) {
  BundleFile file;
  file.path = object.Text("path", kPath);
  file.role = RoleOf(object.Text("role", kRole));
  file.bytes = static_cast<std::uint64_t>(object.Integer("bytes", 1, kMaxBundleFileBytes));
  file.sha256 = object.Text("sha256", kSha256);
  return file;
}

std::vector<std::string> ReadClasses(JsonObject& object) {
  auto classes = object.Texts("classes", 2, 512, kClass);
  if (!classes.empty() && classes[0] != "<blank>") object.Refuse("classes[0]", "must be <blank>");
  return classes;
}

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
  entry.input = object.Text("input", kTensor);
  JsonObject outputs = object.Object("outputs");
  entry.ctc = outputs.Text("ctc", kTensor);
  entry.frames = outputs.Text("frames", kTensor);
  entry.features = outputs.OptionalText("features", kTensor);
  outputs.RefuseOthers();
  if (!entry.features.empty()) {
    entry.spec.feature_width =
        static_cast<std::size_t>(object.Integer("feature_width", 1, kMaxFeatureWidth));
  }
  entry.spec.classes = ReadClasses(object);
  object.RefuseOthers();
  return entry;
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

ScorerEntry ReadScorer(JsonObject object, const Manifest& manifest, const AcousticEntry& acoustic) {
  ScorerEntry entry;
  entry.spec.name = manifest.name + " " + manifest.version;
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

/// The scorer's section, its file and the features that it reads come together.
void ReadOptionalScorer(JsonObject& document, Manifest& manifest) {
  const auto* acoustic = std::get_if<AcousticEntry>(&manifest.model);
  const bool file = manifest.Find(FileRole::kScorer) != nullptr;
  if (acoustic == nullptr || !document.Has("scorer")) {
    if (file) document.Refuse("files", "hold a scorer, but the manifest has no section scorer");
    return;
  }
  manifest.scorer = ReadScorer(document.Object("scorer"), manifest, *acoustic);
  if (!file) document.Refuse("scorer", "needs a file with the role scorer");
  if (acoustic->features.empty()) document.Refuse("scorer", "needs acoustic.outputs.features");
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

/// Reads a path that must be listed in `files` with the role.
std::string ReadReference(JsonObject& object, std::string_view key, FileRole role,
                          const Manifest& manifest) {
  std::string path = object.Text(key, kPath);
  const BundleFile* file = manifest.Find(std::string_view(path));
  if (file == nullptr || file->role != role) {
    object.Refuse(key, std::string("must be listed in files with the role ") +
                           kRoleNames[static_cast<std::size_t>(role)]);
  }
  return path;
}

SelfTestEntry ReadSelfTest(JsonObject object, const Manifest& manifest) {
  SelfTestEntry test;
  test.input = ReadReference(object, "input", FileRole::kSelfTest, manifest);
  JsonObject expected = object.Object("expected");
  test.expected_ctc = ReadReference(expected, "ctc", FileRole::kSelfTest, manifest);
  if (std::holds_alternative<AcousticEntry>(manifest.model)) {
    test.expected_frames = ReadReference(expected, "frames", FileRole::kSelfTest, manifest);
  }
  if (const auto* acoustic = std::get_if<AcousticEntry>(&manifest.model);
      acoustic != nullptr && !acoustic->features.empty() && expected.Has("features")) {
    test.expected_features = ReadReference(expected, "features", FileRole::kSelfTest, manifest);
  }
  expected.RefuseOthers();
  test.tolerance = object.Number("tolerance", std::numeric_limits<double>::min(), 1.0);
  object.RefuseOthers();
  return test;
}

std::vector<SourceEntry> ReadSources(JsonObject& object, std::string_view key) {
  std::vector<SourceEntry> sources;
  object.Objects(key, 0, 32, [&](JsonObject& element) {
    SourceEntry& source = sources.emplace_back();
    source.name = element.Text("name", kLine);
    source.licence = element.Text("licence", kLine);
    source.sha256 = element.OptionalText("sha256", kSha256);
    source.note = element.OptionalText("note", kLine);
  });
  return sources;
}

Provenance ReadProvenance(JsonObject object) {
  Provenance provenance;
  provenance.created = object.Text("created", kDate);
  provenance.made_by = object.Text("made_by", kLine);
  provenance.config_sha256 = object.OptionalText("config_sha256", kSha256);
  provenance.derived_from = ReadSources(object, "derived_from");
  provenance.trained_on = ReadSources(object, "trained_on");
  object.RefuseOthers();
  return provenance;
}

void ReadFiles(JsonObject& document, Manifest& manifest) {
  document.Objects("files", 1, 64, [&](JsonObject& object) {
    BundleFile file = ReadFileEntry(object);
    if (manifest.Find(std::string_view(file.path)) != nullptr || file.path == "manifest.json") {
      object.Refuse("path", file.path + " is there twice");
    }
    const bool single = file.role == FileRole::kModel || file.role == FileRole::kScorer ||
                        file.role == FileRole::kCalibration;
    if (single && manifest.Find(file.role) != nullptr) {
      object.Refuse("role", "only one file can be the model, one the scorer, one the calibration");
    }
    manifest.files.push_back(std::move(file));
  });
  if (manifest.Find(FileRole::kModel) == nullptr) {
    document.Refuse("files", "must hold one file with the role model");
  }
  std::uint64_t total = 0;
  for (const BundleFile& file : manifest.files) total += file.bytes;
  if (total > kMaxBundleBytes) document.Refuse("files", "must be at most 512 MiB together");
}

void ReadLicences(JsonObject& document, Manifest& manifest) {
  document.Objects("licences", 1, 32, [&](JsonObject& object) {
    LicenceEntry& licence = manifest.licences.emplace_back();
    licence.part = object.Text("part", kLine);
    licence.spdx = object.Text("spdx", kSpdx);
    licence.holder = object.OptionalText("holder", kLine);
    licence.file = ReadReference(object, "file", FileRole::kLicence, manifest);
  });
}

void ReadAccuracy(JsonObject& document, Manifest& manifest) {
  document.Objects("accuracy", 0, 64, [&](JsonObject& object) {
    AccuracyEntry& figure = manifest.accuracy.emplace_back();
    constexpr double kMost = std::numeric_limits<double>::max();
    figure.measure = object.Text("measure", kLine);
    figure.value = object.Number("value", -kMost, kMost);
    figure.unit = object.OptionalText("unit", kUnit);
    figure.data = object.Text("data", kLine);
  });
}

constexpr TextRule kKind = {
    [](std::string_view text) { return text == "acoustic" || text == "g2p"; }, "acoustic or g2p"};

}  // namespace

const BundleFile* Manifest::Find(std::string_view path) const {
  const auto found = std::ranges::find(files, path, &BundleFile::path);
  return found == files.end() ? nullptr : &*found;
}

const BundleFile* Manifest::Find(FileRole role) const {
  const auto found = std::ranges::find(files, role, &BundleFile::role);
  return found == files.end() ? nullptr : &*found;
}

Result<Manifest> ParseManifest(std::string_view text) {
  if (text.size() > kMaxManifestBytes) {
    return Error{Errc::kTooLarge, "larger than the limit of 1 MiB"};
  }
  // Nothing in a manifest lies deeper; what does is dropped instead of being built and destroyed.
  const auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    return depth <= 8;
  };
  const auto json = nlohmann::json::parse(text, shallow, /*allow_exceptions=*/false);
  if (json.is_discarded()) return Error{Errc::kCorrupt, "not well-formed JSON"};
  Status status;
  JsonObject document(json, "", status);
  const std::int64_t format = document.Integer("format", 1, 1'000'000);
  if (status && format != 1) {
    return Error{Errc::kUnsupported, "format " + std::to_string(format) +
                                         " is newer than this program; update the program"};
  }
  Manifest manifest;
  const std::string kind = document.Text("kind", kKind);
  manifest.name = document.Text("name", kName);
  manifest.version = document.Text("version", kVersion);
  manifest.language = document.Text("language", kLanguage);
  manifest.summary = document.Text("summary", kLine);
  ReadFiles(document, manifest);
  if (kind == "g2p") {
    manifest.model = ReadGrapheme(document.Object("g2p"), manifest);
  } else {
    manifest.model = ReadAcoustic(document.Object("acoustic"), manifest);
  }
  ReadOptionalScorer(document, manifest);
  manifest.self_test = ReadSelfTest(document.Object("self_test"), manifest);
  ReadLicences(document, manifest);
  manifest.provenance = ReadProvenance(document.Object("provenance"));
  ReadAccuracy(document, manifest);
  document.RefuseOthers();
  if (!status) return status.error();
  return manifest;
}

}  // namespace euphone

#include "model/manifest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/json_object.h"
#include "model/network_entry.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::array kRoleNames = {"model",     "decoder", "scorer", "tokens",   "calibration",
                                   "self_test", "licence", "card",   "reference"};
constexpr TextRule kRole = {
    [](std::string_view text) { return std::ranges::find(kRoleNames, text) != kRoleNames.end(); },
    "model, decoder, scorer, tokens, calibration, self_test, licence, card or reference"};

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

/// Only a model that does not hear live speech itself names another one for it.
void ReadOptionalLive(JsonObject& document, Manifest& manifest) {
  const auto* acoustic = std::get_if<AcousticEntry>(&manifest.model);
  if (acoustic == nullptr || !document.Has("live")) return;
  JsonObject live = document.Object("live");
  manifest.live_bundle = live.Text("bundle", kName);
  live.RefuseOthers();
  if (acoustic->stream) document.Refuse("live", "names a bundle, but acoustic.stream is there");
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

/// The decoder goes with a recogniser, tokens go with what reads or writes text in pieces, and
/// neither with anything else.
void RequireFilesOfText(JsonObject& document, const std::string& kind, const Manifest& manifest) {
  const bool recogniser = std::holds_alternative<RecogniserEntry>(manifest.model);
  const bool pieces = recogniser || std::holds_alternative<EmbeddingEntry>(manifest.model);
  for (const auto& [role, needed] :
       {std::pair(FileRole::kDecoder, recogniser), std::pair(FileRole::kTokens, pieces)}) {
    const std::string name = kRoleNames[static_cast<std::size_t>(role)];
    const bool there = manifest.Find(role) != nullptr;
    if (needed && !there) {
      document.Refuse(kind, "needs a file with the role " + name);
    } else if (!needed && there) {
      document.Refuse("files",
                      "hold one with the role " + name + ", which a bundle of this kind has not");
    }
  }
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
  if (std::holds_alternative<RecogniserEntry>(manifest.model)) {
    test.expected_text = expected.Text("text", kLine);
    expected.RefuseOthers();
    object.RefuseOthers();
    return test;
  }
  if (std::holds_alternative<EmbeddingEntry>(manifest.model)) {
    test.expected_vector = ReadReference(expected, "vector", FileRole::kSelfTest, manifest);
    expected.RefuseOthers();
    test.tolerance = object.Number("tolerance", std::numeric_limits<double>::min(), 1.0);
    object.RefuseOthers();
    return test;
  }
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
    const bool many = file.role == FileRole::kSelfTest || file.role == FileRole::kLicence ||
                      file.role == FileRole::kCard;
    if (!many && manifest.Find(file.role) != nullptr) {
      object.Refuse("role", "only one file can have this role");
    }
    manifest.files.push_back(std::move(file));
  });
  if (manifest.Find(FileRole::kModel) == nullptr) {
    document.Refuse("files", "must hold one file with the role model");
  }
  if (manifest.bytes() > kMaxBundleBytes)
    document.Refuse("files", "must be at most 512 MiB together");
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

constexpr std::array kKinds = {"acoustic", "g2p", "recogniser", "embedding"};
constexpr TextRule kKind = {
    [](std::string_view text) { return std::ranges::find(kKinds, text) != kKinds.end(); },
    "acoustic, g2p, recogniser or embedding"};

void ReadModel(JsonObject& document, const std::string& kind, Manifest& manifest) {
  if (kind == "g2p") {
    manifest.model = ReadGrapheme(document.Object("g2p"), manifest);
  } else if (kind == "recogniser") {
    manifest.model = ReadRecogniser(document.Object("recogniser"), manifest);
  } else if (kind == "embedding") {
    manifest.model = ReadEmbedding(document.Object("embedding"), manifest);
  } else {
    manifest.model = ReadAcoustic(document.Object("acoustic"), manifest);
  }
}

}  // namespace

const BundleFile* Manifest::Find(std::string_view path) const {
  const auto found = std::ranges::find(files, path, &BundleFile::path);
  return found == files.end() ? nullptr : &*found;
}

const BundleFile* Manifest::Find(FileRole role) const {
  const auto found = std::ranges::find(files, role, &BundleFile::role);
  return found == files.end() ? nullptr : &*found;
}

const char* Manifest::kind() const { return kKinds[model.index()]; }

std::uint64_t Manifest::bytes() const {
  std::uint64_t total = 0;
  for (const BundleFile& file : files) total += file.bytes;
  return total;
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
  ReadModel(document, kind, manifest);
  RequireFilesOfText(document, kind, manifest);
  ReadOptionalLive(document, manifest);
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

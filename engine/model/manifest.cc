#include "model/manifest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/json_object.h"

namespace euphone {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlphanumeric(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c); }

/// True if each of the `separator`-divided parts of `text` is accepted; false for more than `most`.
template <class Accepts>
bool EachPart(std::string_view text, char separator, std::size_t most, Accepts accepts) {
  for (std::size_t parts = 1; parts <= most; ++parts) {
    const std::size_t end = text.find(separator);
    if (!accepts(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
  return false;
}

/// Bytes that are not the continuation of a UTF-8 character.
std::ptrdiff_t CharactersIn(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

bool IsLine(std::string_view text) {
  return !text.empty() && CharactersIn(text) <= 300 &&
         std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

bool IsUnit(std::string_view text) {
  return text.empty() || (CharactersIn(text) <= 16 && IsLine(text));
}

bool IsName(std::string_view text) {
  return text.size() <= 64 && EachPart(text, '-', 64, [](std::string_view part) {
           return !part.empty() &&
                  std::ranges::all_of(part, [](char c) { return IsLower(c) || IsDigit(c); });
         });
}

bool IsVersion(std::string_view text) {
  return std::ranges::count(text, '.') == 2 && EachPart(text, '.', 3, [](std::string_view part) {
           return !part.empty() && part.size() <= 6 && (part == "0" || part[0] != '0') &&
                  std::ranges::all_of(part, IsDigit);
         });
}

bool IsLanguage(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const std::string_view region = text.substr(dash);
  return (dash == 2 || dash == 3) && std::ranges::all_of(text.substr(0, dash), IsLower) &&
         (region.empty() || (region.size() == 3 && IsUpper(region[1]) && IsUpper(region[2])));
}

bool IsPath(std::string_view text) {
  return text.size() <= 100 && EachPart(text, '/', 4, [](std::string_view part) {
           return !part.empty() && IsAlphanumeric(part[0]) && std::ranges::all_of(part, [](char c) {
             return IsAlphanumeric(c) || c == '.' || c == '_' || c == '-';
           });
         });
}

bool IsSha256(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); });
}

bool IsTensor(std::string_view text) {
  return !text.empty() && text.size() <= 64 && !IsDigit(text[0]) && text[0] != '.' &&
         std::ranges::all_of(text,
                             [](char c) { return IsAlphanumeric(c) || c == '_' || c == '.'; });
}

bool IsClass(std::string_view text) {
  if (text == "<blank>") return true;
  if (!text.empty() && text.back() >= '0' && text.back() <= '2') text.remove_suffix(1);
  return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, IsUpper);
}

bool IsLetter(std::string_view text) { return !text.empty() && CharactersIn(text) <= 16; }

bool IsSpdx(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return IsAlphanumeric(c) || c == '.' || c == '+' || c == '-';
  });
}

bool IsDate(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::ranges::count_if(text, IsDigit) == 8;
}

constexpr TextRule kLine = {IsLine, "one line of text, at most 300 characters"};
constexpr TextRule kUnit = {IsUnit, "a unit such as \"%\""};
constexpr TextRule kName = {IsName, "a name such as en-us-standard"};
constexpr TextRule kVersion = {IsVersion, "a version such as 1.0.0"};
constexpr TextRule kLanguage = {IsLanguage, "a language such as en-US"};
constexpr TextRule kPath = {
    IsPath, "a relative path of letters, digits, '.', '_' and '-' inside the bundle"};
constexpr TextRule kSha256 = {IsSha256, "64 lower-case hexadecimal digits"};
constexpr TextRule kTensor = {IsTensor, "the name of a tensor"};
constexpr TextRule kClass = {IsClass, "\"<blank>\" or an ARPAbet phone"};
constexpr TextRule kLetter = {IsLetter, "a letter"};
constexpr TextRule kSpdx = {IsSpdx, "an SPDX licence identifier"};
constexpr TextRule kDate = {IsDate, "a date such as 2026-05-31"};

constexpr std::array kRoleNames = {"model", "calibration", "self_test", "licence", "card"};
constexpr TextRule kRole = {
    [](std::string_view text) { return std::ranges::find(kRoleNames, text) != kRoleNames.end(); },
    "model, calibration, self_test, licence or card"};

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
  outputs.RefuseOthers();
  entry.spec.classes = ReadClasses(object);
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
    const bool single = file.role == FileRole::kModel || file.role == FileRole::kCalibration;
    if (single && manifest.Find(file.role) != nullptr) {
      object.Refuse("role", "only one file can be the model, and one the calibration");
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
  manifest.self_test = ReadSelfTest(document.Object("self_test"), manifest);
  ReadLicences(document, manifest);
  manifest.provenance = ReadProvenance(document.Object("provenance"));
  ReadAccuracy(document, manifest);
  document.RefuseOthers();
  if (!status) return status.error();
  return manifest;
}

}  // namespace euphone

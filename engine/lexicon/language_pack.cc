#include "lexicon/language_pack.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/file.h"

namespace euphone {
namespace {

constexpr int kSchemaVersion = 1;
constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20;

/// pack.json as it is written; paths are relative to its folder.
struct Manifest {
  int schema_version = 0;
  std::string language;
  std::string phones;
  std::string lexicon;
  std::string weak_forms;
  std::string onsets;
  std::string grapheme_model;
  std::string acoustic_model;
};

Result<Manifest> ParseManifest(const std::string& text) try {
  const auto json = nlohmann::json::parse(text);
  Manifest manifest;
  json.at("schema_version").get_to(manifest.schema_version);
  if (manifest.schema_version != kSchemaVersion) {
    return Error{Errc::kUnsupported, "schema_version " + std::to_string(manifest.schema_version) +
                                         ", but this program reads " +
                                         std::to_string(kSchemaVersion) + "; update the program"};
  }
  json.at("language").get_to(manifest.language);
  json.at("phones").get_to(manifest.phones);
  json.at("lexicon").get_to(manifest.lexicon);
  json.at("weak_forms").get_to(manifest.weak_forms);
  json.at("onsets").get_to(manifest.onsets);
  json.at("acoustic_model").get_to(manifest.acoustic_model);
  manifest.grapheme_model = json.value("grapheme_model", "");
  return manifest;
} catch (const nlohmann::json::exception& e) {
  return Error{Errc::kCorrupt, e.what()};
}

/// A pack must not reach outside its folder.
bool StaysInside(const std::filesystem::path& relative) {
  const auto normal = relative.lexically_normal();
  return !relative.empty() && !normal.is_absolute() && *normal.begin() != "..";
}

}  // namespace

Result<LanguagePack> LanguagePack::Open(const std::filesystem::path& folder) {
  const auto manifest_path = folder / "pack.json";
  const auto text = ReadFile(manifest_path, kMaxTextBytes);
  if (!text) return text.error();
  auto manifest = ParseManifest(*text);
  if (!manifest) return Prefixed(manifest_path.string(), manifest.error());
  for (const auto& name :
       {manifest->phones, manifest->lexicon, manifest->weak_forms, manifest->onsets}) {
    if (StaysInside(name)) continue;
    return Error{Errc::kCorrupt,
                 manifest_path.string() + ": '" + name + "' is not a path inside the pack"};
  }

  const auto phones_text = ReadFile(folder / manifest->phones, kMaxTextBytes);
  if (!phones_text) return phones_text.error();
  auto phones = PhoneSet::Parse(*phones_text);
  if (!phones) return Prefixed((folder / manifest->phones).string(), phones.error());

  const auto onsets_text = ReadFile(folder / manifest->onsets, kMaxTextBytes);
  if (!onsets_text) return onsets_text.error();
  auto syllabifier = Syllabifier::Parse(*onsets_text, *phones);
  if (!syllabifier) return Prefixed((folder / manifest->onsets).string(), syllabifier.error());

  auto weak_forms = TextLexicon::Open(folder / manifest->weak_forms, *phones, Origin::kWeakForm);
  if (!weak_forms) return weak_forms.error();
  auto lexicon = CompiledLexicon::Open(folder / manifest->lexicon, *phones);
  if (!lexicon) return lexicon.error();

  return LanguagePack{std::move(manifest->language),
                      std::move(*phones),
                      std::move(*lexicon),
                      std::move(*weak_forms),
                      std::move(*syllabifier),
                      std::move(manifest->grapheme_model),
                      std::move(manifest->acoustic_model)};
}

}  // namespace euphone

#include "choices.h"

#include <algorithm>
#include <system_error>
#include <variant>

#include "lexicon/language_pack.h"
#include "model/bundle.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FoldersIn(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// Names of the installed bundles that hold this kind of model.
template <class Entry>
std::vector<std::string> InstalledBundles(const fs::path& data) {
  std::vector<std::string> names;
  for (const fs::path& path : FoldersIn(data / "models")) {
    const auto bundle = Bundle::Open(path);
    if (bundle && std::holds_alternative<Entry>(bundle->manifest().model))
      names.push_back(path.filename().string());
  }
  return names;
}

std::string Listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "none" : list;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Problem> WrongModel(const InstallationOptions& options, const fs::path& data) {
  if (options.model.empty()) return std::nullopt;
  const fs::path path = BundlePath(data, options.model);
  std::error_code ignored;
  const std::string there = "; there are: " + Listed(InstalledModels(data)) + ", or give a path";
  if (!fs::exists(path, ignored))
    return Problem{ExitCode::kUsage,
                   "--model: no bundle '" + Shortened(options.model) + "'" + there};
  if (const auto bundle = Bundle::Open(path);
      bundle && !std::holds_alternative<AcousticEntry>(bundle->manifest().model)) {
    const auto& other = bundle->manifest().model;
    const char* const what = std::holds_alternative<RecogniserEntry>(other) ? "writes words"
                             : std::holds_alternative<EmbeddingEntry>(other)
                                 ? "compares sentences"
                                 : "guesses pronunciations";
    return Problem{ExitCode::kUsage, "--model: '" + Shortened(options.model) +
                                         "' does not hear sounds, it " + what + there};
  }
  return std::nullopt;
}

std::optional<Problem> WrongEmbedder(const InstallationOptions& options, const fs::path& data) {
  // The usual one may be left away where there is little room.
  const bool usual = options.embedder == InstallationOptions().embedder;
  std::error_code ignored;
  if (usual || options.embedder == "none" ||
      fs::exists(BundlePath(data, options.embedder), ignored)) {
    return std::nullopt;
  }
  return Problem{ExitCode::kUsage, "--embedder: no bundle '" + Shortened(options.embedder) +
                                       "'; there are: " + Listed(InstalledEmbedders(data)) +
                                       ", none, or give a path"};
}

/// A learned scorer can only be chosen where the bundle carries one.
std::optional<Problem> WrongScorer(const InstallationOptions& options, const fs::path& data) {
  if (options.scorer != "learned") return std::nullopt;
  std::string model = options.model;
  if (model.empty()) {
    const auto pack = LanguagePack::Open(data / "packs" / options.language);
    if (!pack) return std::nullopt;
    model = pack->acoustic_model;
  }
  const auto bundle = Bundle::Open(BundlePath(data, model));
  if (!bundle || bundle->manifest().scorer) return std::nullopt;
  return Problem{ExitCode::kUsage, "--scorer: the model '" + Shortened(model) +
                                       "' carries no learned scorer; leave the option out"};
}

}  // namespace

std::vector<std::string> InstalledLanguages(const fs::path& data) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::path& folder : FoldersIn(data / "packs")) {
    if (fs::exists(folder / "pack.json", ignored)) names.push_back(folder.filename().string());
  }
  return names;
}

std::vector<std::string> InstalledModels(const fs::path& data) {
  return InstalledBundles<AcousticEntry>(data);
}

std::vector<std::string> InstalledRecognisers(const fs::path& data) {
  return InstalledBundles<RecogniserEntry>(data);
}

std::vector<std::string> InstalledEmbedders(const fs::path& data) {
  return InstalledBundles<EmbeddingEntry>(data);
}

std::optional<Problem> WrongChoice(const InstallationOptions& options) {
  const auto data = FindData(options);
  if (!data) return std::nullopt;
  std::error_code ignored;
  const auto languages = InstalledLanguages(*data);
  // A folder without a pack.json is a damaged pack, not a wrong name.
  const bool folder = options.language.find('/') == std::string::npos &&
                      !options.language.empty() &&
                      fs::is_directory(*data / "packs" / options.language, ignored);
  if (!folder && !languages.empty() && !Contains(languages, options.language)) {
    return Problem{ExitCode::kUsage, "--language: no language pack '" +
                                         Shortened(options.language) +
                                         "'; there are: " + Listed(languages)};
  }
  if (auto wrong = WrongModel(options, *data)) return wrong;
  if (auto wrong = WrongEmbedder(options, *data)) return wrong;
  return WrongScorer(options, *data);
}

std::optional<Problem> WrongLexicon(const InstallationOptions& options, std::size_t* words) {
  if (options.lexicon.empty()) return std::nullopt;
  const auto data = FindData(options);
  if (!data) return std::nullopt;
  const auto pack = LanguagePack::Open(*data / "packs" / options.language);
  if (!pack) return std::nullopt;
  const auto own = TextLexicon::Open(options.lexicon, pack->phones, Origin::kUser);
  if (!own) {
    return Problem{ExitCode::kBadInput, "--lexicon: " + own.error().message +
                                            "; write a word and its sounds on each line"};
  }
  if (words != nullptr) *words = own->word_count();
  return std::nullopt;
}

}  // namespace euphone::cli

#pragma once

#include <filesystem>
#include <string>

#include "lexicon/compiled_lexicon.h"
#include "lexicon/syllabifier.h"
#include "lexicon/text_lexicon.h"

namespace euphone {

/// Everything about one language or variant that is data: phones, dictionary, weak forms,
/// onsets, and the names of the models that go with it. A folder with a pack.json
/// (docs/formats/lexicon.md). Immutable once opened; may be read from any thread.
struct LanguagePack {
  /// Fails: kNotFound or kIo (a file is missing), kCorrupt, kUnsupported (a newer pack); the
  /// message names the file.
  static Result<LanguagePack> Open(const std::filesystem::path& folder);

  bool is_english() const { return language == "en" || language.starts_with("en-"); }

  std::string language;  ///< BCP 47: "en-US".
  PhoneSet phones;
  CompiledLexicon lexicon;
  TextLexicon weak_forms;
  Syllabifier syllabifier;
  std::string grapheme_model;  ///< Name of the model bundle; empty if there is none.
  std::string acoustic_model;  ///< Name of the model bundle.
};

}  // namespace euphone

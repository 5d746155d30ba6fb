#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

/// False: stop.
using ExportProgress = std::function<bool(std::int64_t done, std::int64_t all)>;

struct ExportOptions {
  std::optional<LearnerId> learner = std::nullopt;  ///< Absent: all.
  bool recordings = true;
  ExportProgress progress = nullptr;
};
struct Exported {
  std::int64_t learners = 0, takes = 0, recordings = 0;
};
/// Writes everything in plain, open formats (docs/formats/store-export.md): JSON, FLAC or Opus,
/// Praat TextGrids, CSV. `folder` must not exist, or be empty; it appears once all is in it.
/// Nothing in it is encrypted. Fails: kInvalidArgument, kIo.
Result<Exported> ExportStore(Store& store, const std::filesystem::path& folder,
                             const ExportOptions& options);

struct Imported {
  std::int64_t learners = 0, takes = 0;
  std::int64_t known = 0;  ///< Takes that were there already.
};
/// Takes in what ExportStore wrote, of this store or of another. What is there already stays as it
/// is, so that an import that was stopped can be repeated. A learner whose name is another's gets
/// a number behind it. Fails: kCorrupt, naming file and line; kNotFound, kIo; what came before
/// stays.
Result<Imported> ImportStore(Store& store, const std::filesystem::path& folder,
                             const ExportProgress& progress = nullptr);

/// One line for each take, and one for each sound of each take; RFC 4180.
Status WriteTakesCsv(Store& store, std::optional<LearnerId> learner,
                     const std::filesystem::path& file);
Status WriteSoundsCsv(Store& store, std::optional<LearnerId> learner,
                      const std::filesystem::path& file);

/// How a word should sound, as a WAV file; a failure leaves the card without.
using WordVoice = std::function<Result<std::string>(const std::string& word)>;

/// Writes an Anki deck (.apkg) of the words that went wrong, at most 100: a card asks for the word
/// in the sentence where it was read, and answers with how it went and, with `voice`, how it should
/// sound. A deck that is imported again updates its cards. Returns how many. Fails: kNotFound (no
/// word went wrong), kIo.
Result<std::int64_t> WriteAnkiDeck(Store& store, LearnerId learner,
                                   const std::filesystem::path& file, const WordVoice& voice,
                                   std::int64_t now_ms);

}  // namespace euphone

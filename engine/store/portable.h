#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/learners.h"
#include "store/store.h"
#include "store/takes.h"

namespace euphone {

/// False: stop.
using ExportProgress = std::function<bool(std::int64_t done, std::int64_t all)>;

struct ExportOptions {
  std::optional<LearnerId> learner = std::nullopt;  ///< Absent: all.
  std::vector<TakeId> takes = {};                   ///< Only these; empty: all.
  bool recordings = true;
  ExportProgress progress = nullptr;
};
struct Exported {
  std::int64_t learners = 0, takes = 0;
  std::int64_t recordings = 0;  ///< Those of comments too.
};
/// Takes a file of an export; what it fails with ends the export.
using ExportSink = std::function<Status(const std::string& name, std::string_view content)>;
/// As ExportStore, each file to `sink`.
Result<Exported> ExportTo(const ExportSink& sink, Store& store, const ExportOptions& options);

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
/// is, and comments that it lacks are added, so that an import that was stopped can be repeated. A
/// learner whose name is another's gets a number behind it. Fails: kCorrupt, naming file and line;
/// kNotFound, kIo; what came before stays.
Result<Imported> ImportStore(Store& store, const std::filesystem::path& folder,
                             const ExportProgress& progress = nullptr);

/// Tables for spreadsheets, RFC 4180: one line for each take, and one for each sound of each take.
struct TakeSelection {
  std::optional<LearnerId> learner = std::nullopt;  ///< Absent: all.
  std::vector<TakeId> takes = {};                   ///< Only these; empty: all.
};
Result<std::string> TakesCsv(Store& store, const TakeSelection& selection);
Result<std::string> SoundsCsv(Store& store, const TakeSelection& selection);

/// A line for each learner: the last 28 days until `today`, then mean and count of each sound, the
/// hardest for the class first; every learner counts the same.
Result<std::string> ClassCsv(Store& store, std::int64_t today);

/// How a word should sound, as a WAV file; a failure leaves the card without.
using WordVoice = std::function<Result<std::string>(const std::string& word)>;

/// An Anki deck (.apkg) of the words that went wrong, at most 100: a card asks for the word in the
/// sentence where it was read, and answers with how it went and, with `voice`, how it should sound.
/// A deck that is imported again updates its cards. Fails: kNotFound (no word went wrong).
struct AnkiDeck {
  std::string content;
  std::int64_t cards = 0;
};
Result<AnkiDeck> MakeAnkiDeck(Store& store, LearnerId learner, const WordVoice& voice,
                              std::int64_t now_ms);

}  // namespace euphone

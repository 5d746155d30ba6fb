#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

/// Recordings and the rows that have them: takes, and comments with a model. A recording is there
/// before its row and goes after it, and it goes once nothing has it any more.

/// One that is encoded already. `samples` at `rate`.
struct EncodedRecording {
  std::string_view content;
  std::string_view ending;  ///< ".flac" or ".opus".
  std::int64_t samples = 0;
  SampleRate rate{0};
};

/// As it comes back: FLAC or Ogg Opus.
struct KeptRecording {
  std::string content;
  std::string ending;
  std::int64_t samples = 0;
  SampleRate rate{0};
};

/// True of a row of `recordings` that neither a take nor a comment has.
inline constexpr std::string_view kNobodyHasIt =
    "NOT EXISTS (SELECT 1 FROM takes WHERE recording = recordings.id)"
    " AND NOT EXISTS (SELECT 1 FROM comments WHERE recording = recordings.id)";

/// Adds a row by `add`, which is given the recording's row (absent: there is none), and returns its
/// own; all rows in one transaction, after the file. Nothing is kept if it fails: kIo (full disk),
/// kNotFound (no such learner), as `add`.
Result<std::int64_t> KeepWithRecording(
    Store& store, LearnerId learner, const std::optional<EncodedRecording>& recording,
    const std::function<Result<std::int64_t>(std::optional<std::int64_t>)>& add);

/// Runs `statement` on row `id`, which takes from their rows the recordings that `held` selects for
/// it; those that nobody has then go with it, their rows in one transaction, the files after them.
/// Fails: kNotFound, saying that there is no such `thing`.
Status ReleaseRecordings(Store& store, std::int64_t id, std::string_view held,
                         std::string_view statement, std::string_view thing);

/// The recording whose row `held` selects for row `id`. Fails: kNotFound, where none is kept of
/// this `thing`.
Result<KeptRecording> OpenRecording(Store& store, std::int64_t id, std::string_view held,
                                    std::string_view thing);

}  // namespace euphone

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "store/takes.h"

namespace euphone {

/// The outbox' place for a take that is kept while its learner shares what is measured of it.

/// What sharing `consent` needs beside the judgement: the recording as Ogg Opus. Empty: nothing, or
/// it could not be made or is longer than kMostSharedSound.
inline constexpr std::size_t kMostSharedSound = std::size_t{2} << 20;  ///< Bytes.
std::string SoundToShare(Store& store, LearnerId learner, PcmView pcm, SampleRate rate);

/// Puts in the outbox what the learner has agreed to, within the transaction that keeps the take.
/// Where there is no room the take is kept all the same. Fails: as Database.
Status ShareTake(Database& database, const NewTake& take, const std::string& uuid,
                 const std::string& sound, std::int64_t now_ms);

/// euphone.scores/1 (docs/formats/sync.md): figures alone. No name, no text, no word, as people
/// write texts with names.
std::string ScoresToShare(const NewTake& take, const std::string& uuid);

}  // namespace euphone

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace euphone {

/// Row numbers of the store, one type each so that none passes for another.
struct LearnerId {
  std::int64_t value = 0;
  friend bool operator==(LearnerId, LearnerId) = default;
};

struct Learner {
  LearnerId id;
  std::string uuid;
  std::string name;            ///< Unique in the store.
  std::string first_language;  ///< BCP 47 ("ko"); empty: not told. Steers packs, never scores.
  std::int64_t made_ms = 0;    ///< Milliseconds since 1970, UTC.
  std::int64_t takes = 0;
};

/// Fails: kInvalidArgument (an empty name, over 200 bytes, one that is there already).
/// `uuid`: as another store knows the learner; empty: a new one.
Result<Learner> AddLearner(Store& store, std::string_view name, std::string_view first_language,
                           std::int64_t now_ms, std::string_view uuid = {});

/// By name. Fails: kNotFound, listing those that there are.
Result<Learner> FindLearner(Store& store, std::string_view name);
Result<Learner> GetLearner(Store& store, LearnerId id);
Result<Learner> GetLearner(Store& store, std::string_view uuid);
/// In order of their names.
Result<std::vector<Learner>> AllLearners(Store& store);
Result<std::vector<std::string>> LearnerNames(Store& store);

Status RenameLearner(Store& store, LearnerId id, std::string_view name,
                     std::string_view first_language);

/// Removes all that is known of a learner: rows, recordings and their key, and then what the
/// database's files still hold of them; a backup made before is not touched.
/// Takes some seconds for a large store. Fails: kNotFound; kIo, where a part may be left: repeat.
Status EraseLearner(Store& store, LearnerId id);

/// What the recordings of a learner are sealed and named with.
Result<SecretKey> RecordingKey(Store& store, LearnerId id);

}  // namespace euphone

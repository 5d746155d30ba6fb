#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

struct AssignmentId {
  std::int64_t value = 0;
  friend bool operator==(AssignmentId, AssignmentId) = default;
};

/// A lesson that a learner is to read.
struct Assignment {
  AssignmentId id = {};
  std::string uuid = {};
  LearnerId learner = {};
  std::string lesson = {};   ///< Its name; it may have gone since.
  std::int64_t made_ms = 0;  ///< Milliseconds since 1970, UTC; what was read before
                             ///< does not count.
  std::optional<std::int64_t> due_day = std::nullopt;  ///< Days since 1970 by the learner's clock.
  std::string note = {};
};

struct NewAssignment {
  LearnerId learner = {};
  std::string lesson = {};
  std::int64_t made_ms = 0;
  std::optional<std::int64_t> due_day = std::nullopt;
  std::string note = {};
  std::string uuid = {};  ///< Empty: a new one.
};
/// Sets the same for several learners: all of them or none. Fails: kInvalidArgument (no lesson),
/// kNotFound (no such learner).
Result<std::vector<AssignmentId>> AddAssignments(Store& store,
                                                 const std::vector<NewAssignment>& assignments);

/// Absent: those of all. Oldest first.
Result<std::vector<Assignment>> AssignmentsOf(Store& store,
                                              std::optional<LearnerId> learner = std::nullopt);

/// Fails: kNotFound.
Result<Assignment> GetAssignment(Store& store, AssignmentId id);
Result<Assignment> GetAssignment(Store& store, std::string_view uuid);

/// An item of the lesson that was read since, as it went the last time.
struct ItemRead {
  std::string item;
  double total = 0.0;  ///< 0–100.
};
/// In order of the items' names; a take without a score does not count.
Result<std::vector<ItemRead>> ItemsRead(Store& store, const Assignment& assignment);

/// What was read stays. Fails: kNotFound.
Status DeleteAssignment(Store& store, AssignmentId id);

}  // namespace euphone

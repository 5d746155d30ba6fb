#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "sync/class_state.h"
#include "sync/operation.h"

namespace euphone {

enum class ClassRole { kStudent, kTeacher };

/// Who writes on a device, as the hub knows them.
struct Author {
  ClassRole role = ClassRole::kStudent;
  std::string user = {};  ///< UUID of the learner or teacher.
};

/// Whether this program knows the kind, and so shows its objects.
bool KnownKind(std::string_view kind);

/// Whether a role may ever write a field; "deleted" stands for deletion. What is unknown here may
/// be written by teachers alone: a newer device's data pass through an older hub.
bool MayWrite(ClassRole role, std::string_view kind, std::string_view field);

/// Whether names, types and sizes are as docs/formats/sync.md says. Unknown kinds and fields pass
/// with any scalar. Fails: kInvalidArgument, kTooLarge.
Status CheckChange(const Change& change);

/// Why the hub refuses a change in this state, or nothing: MayWrite, CheckChange, and students
/// write only on what is their own.
std::string Refusal(const ClassState& state, const Author& author, const Change& change);

}  // namespace euphone

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace euphone {

/// Lessons that were brought in on this device, as texts in the format of lesson packs
/// (docs/formats/lesson-pack.md); what is in them is for others to read.
struct OwnLesson {
  std::string name;  ///< Unique in the store.
  std::int64_t made_ms = 0;
  std::string pack;
};

/// Oldest first.
Result<std::vector<OwnLesson>> OwnLessons(Store& store);

/// Fails: kInvalidArgument (one of that name is there, or the name is empty).
Status KeepLesson(Store& store, const OwnLesson& lesson);

/// Takes of it stay, its assignments go. Fails: kNotFound.
Status ForgetLesson(Store& store, std::string_view name);

}  // namespace euphone

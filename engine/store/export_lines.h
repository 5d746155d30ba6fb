#pragma once

#include <string_view>

namespace euphone {

/// What the lines of an export say they are: docs/formats/store-export.md.
inline constexpr std::string_view kLearnerLine = "euphone.learner/1";
inline constexpr std::string_view kTakeLine = "euphone.take/1";
inline constexpr std::string_view kAssignmentLine = "euphone.assignment/1";

}  // namespace euphone

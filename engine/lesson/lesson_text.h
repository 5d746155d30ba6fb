#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "lesson/lesson_pack.h"

namespace euphone {

/// A lesson of a text that somebody wrote for other ends: one item for each of its sentences, in
/// their order; paragraphs without a readable word are passed over. Braces, which mean something in
/// our notation for texts (docs/formats/text.md), stand for themselves.
/// `utf8`: at most 4 MiB and LessonPack::kMostItems sentences. Fails: kInvalidArgument (no sentence
/// in it, no UTF-8), kTooLarge.
Result<LessonPack> LessonOfText(std::string_view utf8, const std::string& name,
                                const std::string& title);

}  // namespace euphone

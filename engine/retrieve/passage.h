#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "coach/knowledge.h"
#include "lesson/lesson_pack.h"

namespace euphone {

/// What a search finds: a part of a text that answers a question by itself.
struct Passage {
  std::string id;  ///< "contrast/s-th#when-th-is-said-as-s", "lesson/everyday#hello", "note/…".
  std::string title = {};
  std::string heading = {};             ///< May be empty.
  std::string text = {};                ///< Paragraphs or items, one a line.
  std::string words = {};               ///< What else it is found by: example words.
  std::vector<std::string> asked = {};  ///< Questions that it is known to answer.
};

/// The explanation of each article, called "ARTICLE#about", and each of its sections, called as
/// SectionId() says.
std::vector<Passage> PassagesOf(const Knowledge& knowledge);

/// Its sentences with their notes. A sentence without a note answers nothing and is left out.
std::vector<Passage> PassagesOf(const LessonPack& pack);

/// "contrast/s-th", "When TH is said as S" → "contrast/s-th#when-th-is-said-as-s".
std::string SectionId(std::string_view article, std::string_view heading);

/// What stands for it among vectors: itself, then each question that it is known to answer.
std::vector<std::string> TextsToEmbed(const Passage& passage);

/// A number that differs where anything of it does (FNV-1a over all fields); the same on every
/// machine.
std::uint64_t Fingerprint(const Passage& passage);

}  // namespace euphone

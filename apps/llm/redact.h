#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace euphone::llm {

/// What stands for a learner's name in what is sent.
inline constexpr std::string_view kTheLearner = "the learner";

/// Keeps the names of learners on this device. Pure.
class Redactor {
 public:
  /// Hides nothing.
  Redactor() = default;

  /// `names`: of all learners that are known; each is hidden whole, and so is each word of it that
  /// has three letters or more. `self`: whose name comes back; empty: nobody's.
  Redactor(std::vector<std::string> names, std::string self);

  /// `text` with kTheLearner for each name that stands there as a word, whatever its case in ASCII.
  std::string Hide(std::string_view text) const;

  const std::string& self() const { return self_; }

 private:
  std::vector<std::string> names_;  ///< Longest first.
  std::string self_;
};

/// Puts the learner's name back into a text that comes in pieces: any pieces give the same text.
class NameRestorer {
 public:
  /// `name` empty: everything stays.
  explicit NameRestorer(std::string name) : name_(std::move(name)) {}

  /// What is known so far of the text with its names; the rest comes later.
  std::string Push(std::string_view piece);
  /// The rest, after the last piece.
  std::string Finish();

 private:
  std::string Take(bool last);

  std::string name_;
  std::string waiting_;
  bool after_letter_ = false;  ///< Before waiting_ stands a letter.
};

}  // namespace euphone::llm

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lexicon/phone_set.h"
#include "live/event.h"

namespace euphone::cli {

/// "84 clear", "about 84 clear", "left out", "not sure": how a word was said, in words.
std::string WordVerdict(const WordScored& word);

/// Heard phones between slashes: "/θɪŋk/" or, not in IPA, "/TH IH NG K/".
std::string HeardSounds(const std::vector<PhoneId>& heard, const PhoneSet& phones, bool ipa);

/// Writes what happens as lines for pipes and screen readers: each thing once, when it is known
/// well enough, in words, without control characters.
/// Thread: one at a time. Pure: the same events give the same lines.
class PlainWriter {
 public:
  /// `phones` must outlive this.
  explicit PlainWriter(const PhoneSet& phones) : phones_(phones) {}

  /// No line, one or several, each with its line feed. An error that ends the session is left to
  /// whoever reports it.
  std::string Write(const Event& event);

 private:
  std::string Tell(const Listening& e);
  std::string Tell(const WordScored& e);
  std::string Tell(const Skipped& e);
  std::string Tell(const Repeated& e) const;
  std::string Tell(const Restarted& e) const;
  std::string Tell(const Inserted& e) const;
  std::string Tell(const LongPause& e) const;
  static std::string Tell(const CommandHeard& e);
  static std::string Tell(const QualityNotice& e);
  std::string Tell(const SentenceFinished& e);
  std::string Tell(const TextFinished&) const { return "end of the text\n"; }
  static std::string Tell(const Overrun& e);
  static std::string Tell(const Late& e);
  static std::string Tell(const Failed& e);
  template <class Other>
  std::string Tell(const Other&) const {
    return {};
  }

  std::string TellSkipped();
  std::string Shown(std::size_t word) const;
  std::string LastWords(const SentenceFinished& e);

  const PhoneSet& phones_;
  std::optional<Skipped> skipped_;  ///< Not told yet: it may turn out to have been said.
  std::string text_;
  std::vector<Listening::Word> words_;
  std::map<std::size_t, WordScored> told_;   ///< As told last.
  std::map<std::size_t, WordScored> final_;  ///< From the full pass, not told yet.
  std::map<std::size_t, double> before_;     ///< Score of the last take of each sentence.
};

}  // namespace euphone::cli

#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "lexicon/phone_set.h"
#include "live/event.h"
#include "live/live_session.h"

namespace euphone::cli {

/// Keeps every settled take in a folder: sentence-02-take-01.wav (16 bits) and, once it is judged,
/// the analysis beside it with the ending .json. Of several items each has item-03- before that. A
/// file that is there already is never replaced: takes are counted on from it. Both appear whole
/// or not at all.
/// Thread: one at a time.
class TakeSaver {
 public:
  /// Makes the folder. `items`: how many there are. Fails: kIo.
  static Result<TakeSaver> Open(const std::filesystem::path& folder, std::size_t items,
                                const PhoneSet& phones);

  /// Fails: kIo, naming the file.
  Status Keep(std::size_t item, const FinishedTake& take);
  /// Writes the analysis of the take that was kept last for this sentence.
  Status Keep(std::size_t item, const SentenceFinished& finished);

 private:
  TakeSaver(std::filesystem::path folder, std::size_t items, const PhoneSet& phones)
      : folder_(std::move(folder)), items_(items), phones_(&phones) {}

  std::string StemOf(std::size_t item, std::size_t sentence, std::size_t take) const;

  std::filesystem::path folder_;
  std::size_t items_;
  const PhoneSet* phones_;
  std::map<std::pair<std::size_t, std::size_t>, std::string> kept_;  ///< Stems.
};

}  // namespace euphone::cli

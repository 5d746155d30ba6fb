#include "live_saver.h"

#include <fmt/format.h>

#include <system_error>

#include "audio/audio_reader.h"
#include "audio/audio_writer.h"
#include "base/file.h"
#include "exit_code.h"
#include "report/report.h"

namespace euphone::cli {

namespace fs = std::filesystem;

Result<TakeSaver> TakeSaver::Open(const fs::path& folder, std::size_t items,
                                  const PhoneSet& phones) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    return Error{Errc::kIo,
                 Shortened(folder.string()) + ": cannot make this folder: " + failed.message()};
  }
  return TakeSaver(folder, items, phones);
}

std::string TakeSaver::StemOf(std::size_t item, std::size_t sentence, std::size_t take) const {
  const std::string stem = fmt::format("sentence-{:02}-take-{:02}", sentence + 1, take);
  return items_ > 1 ? fmt::format("item-{:02}-{}", item + 1, stem) : stem;
}

Status TakeSaver::Keep(std::size_t item, const FinishedTake& take) {
  const std::size_t sentence = take.finished.sentence;
  std::string stem;
  std::error_code ignored;
  for (std::size_t number = 1;; ++number) {
    stem = StemOf(item, sentence, number);
    if (!fs::exists(folder_ / (stem + ".wav"), ignored)) break;
  }
  kept_[{item, sentence}] = stem;
  return WriteAudio(folder_ / (stem + ".wav"), take.pcm, kRecordingRate);
}

Status TakeSaver::Keep(std::size_t item, const SentenceFinished& finished) {
  const auto kept = kept_.find({item, finished.sentence});
  if (!finished.settled || !finished.analysis || kept == kept_.end()) return {};
  Analysis analysis = *finished.analysis;
  analysis.id = kept->second;
  return WriteFileAtomically(folder_ / (kept->second + ".json"), WriteJson(analysis, *phones_, {}));
}

}  // namespace euphone::cli

#include "corpus/corpus.h"

#include <set>
#include <system_error>

#include "corpus/readers.h"

namespace euphone {

namespace fs = std::filesystem;

bool IsCorpus(const fs::path& path) {
  std::error_code ignored;
  const std::string name = path.filename().string();
  return fs::exists(path / "wav.scp", ignored) || name.ends_with(".jsonl") ||
         name.ends_with(".jsonl.gz");
}

Result<std::vector<ListedUtterance>> ReadCorpus(const fs::path& path) {
  std::error_code ignored;
  auto utterances =
      fs::is_directory(path, ignored) ? ReadKaldiFolder(path) : ReadLhotseManifest(path);
  if (!utterances) return utterances;
  std::set<std::string> ids;
  for (const ListedUtterance& utterance : *utterances) {
    if (!ids.insert(utterance.id).second)
      return Error{Errc::kCorrupt, path.string() + ": " + utterance.id + " comes twice"};
    if (utterance.stretch &&
        !(utterance.stretch->begin >= 0.0 && utterance.stretch->end > utterance.stretch->begin))
      return Error{Errc::kCorrupt,
                   path.string() + ": " + utterance.id + " ends before it has begun"};
  }
  if (utterances->empty()) return Error{Errc::kCorrupt, path.string() + ": names no utterance"};
  return utterances;
}

fs::path NearestAudio(const fs::path& list, const std::string& named) {
  const fs::path audio = named;
  if (audio.is_absolute()) return audio;
  std::error_code ignored;
  fs::path folder = list;
  for (int up = 0; up < 4; ++up) {
    if (fs::exists(folder / audio, ignored)) return folder / audio;
    folder /= "..";
  }
  return fs::exists(audio, ignored) ? audio : list / audio;
}

}  // namespace euphone

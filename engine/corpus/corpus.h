#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Seconds of a recording that are meant.
struct AudioStretch {
  double begin = 0.0;
  double end = 0.0;  ///< After `begin`.
};

/// What was said by one speaker at one time, as a list of a corpus names it.
struct ListedUtterance {
  std::string id;
  std::filesystem::path audio;                         ///< May not exist: reading it will tell.
  std::string text;                                    ///< UTF-8; empty where the corpus has none.
  std::string speaker;                                 ///< Empty where the corpus tells none.
  std::optional<AudioStretch> stretch = std::nullopt;  ///< Absent: all of the recording.
};

/// Whether the path is what ReadCorpus reads, by its name: a folder with a wav.scp, or a file
/// *.jsonl or *.jsonl.gz.
bool IsCorpus(const std::filesystem::path& path);

/// Reads the lists that speech research keeps (docs/formats/corpora.md): a data folder of Kaldi
/// (wav.scp, and where they are there text, utt2spk, segments), or a manifest of Lhotse: cuts of
/// one track, or supervisions beside the recordings of the same name. Utterances come in the
/// list's order, each id once. No command out of a list is run. Fails with one line that names
/// file, and line or utterance: kNotFound, kIo, kCorrupt, kUnsupported (pipes, archives, mixed
/// cuts), kTooLarge (a list over 1 GiB).
Result<std::vector<ListedUtterance>> ReadCorpus(const std::filesystem::path& path);

/// Writes wav.scp, text, utt2spk, spk2utt and, where only stretches are meant, segments into the
/// folder, which is made where it is missing; sorted by bytes, as Kaldi's tools want them. An
/// utterance without a speaker is its own one; "text" is left out where nothing has a text. Fails:
/// kInvalidArgument for an id or a path with white space, or an id that comes twice; kIo.
Status WriteKaldiFolder(const std::vector<ListedUtterance>& utterances,
                        const std::filesystem::path& folder);

}  // namespace euphone

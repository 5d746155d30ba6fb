#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "evaluate/rated_corpus.h"

namespace euphone {

/// Reads speechocean762 as unpacked from OpenSLR 101: resource/scores.json, and in each half the
/// tables wav.scp (paths relative to `folder`), utt2spk, spk2age and spk2gender; the last two may
/// be missing. Fails: as ReadRatedCorpus.
Result<std::vector<RatedRecording>> ReadKaldiCorpus(const std::filesystem::path& folder,
                                                    CorpusHalf half);

}  // namespace euphone

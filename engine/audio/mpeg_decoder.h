#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "audio/decoder.h"
#include "audio/source_window.h"
#include "base/result.h"

namespace euphone {

/// MPEG audio (MP1, MP2, MP3) by libmpg123. libsndfile reads it, too, but leaves that library's
/// notes on damaged frames to standard error. `promised`: see Decoder::promised_frames(). Internal
/// to this module.
/// Fails: kCorrupt where no frame is found, kIo.
Result<std::unique_ptr<Decoder>> OpenMpeg(std::unique_ptr<SourceWindow> window,
                                          std::optional<std::int64_t> promised);

}  // namespace euphone

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace euphone {

/// A table of Kaldi's: lines of a name and a value between white space, in their order. Empty
/// lines are passed over.
using KaldiTable = std::vector<std::pair<std::string, std::string>>;

/// `max_bytes`: a larger file is refused. With `values` false a name may stand alone, as that of a
/// silent utterance in `text`. Fails: as ReadFile; kCorrupt with the line's number.
Result<KaldiTable> ReadKaldiTable(const std::filesystem::path& file, std::size_t max_bytes,
                                  bool values = true);

/// The same to look things up in. A missing file is an empty table where it is `optional`.
Result<std::map<std::string, std::string>> ReadKaldiMap(const std::filesystem::path& file,
                                                        std::size_t max_bytes, bool optional,
                                                        bool values = true);

}  // namespace euphone

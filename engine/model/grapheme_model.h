#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

/// What a grapheme-to-phoneme model reads and writes; from its bundle.
struct GraphemeSpec {
  std::string name;
  std::string version;
  std::vector<std::string> letters;  ///< letters[id] is a letter; id 0 is padding.
  std::vector<std::string>
      classes;  ///< Output columns: blank, then ARPAbet with stress digits ("AH0", "B").
};

/// Turns the letters of a word into CTC log-probabilities of phones.
/// Thread: Run() may be called from several threads at once.
class GraphemeModel {
 public:
  virtual ~GraphemeModel() = default;
  virtual const GraphemeSpec& spec() const = 0;

  /// `letters`: ids into spec().letters, at least one. Gives [steps, classes], natural log. Fails:
  /// kInvalidArgument, kInternal.
  virtual Result<Matrix> Run(std::span<const std::int64_t> letters) const = 0;
};

}  // namespace euphone

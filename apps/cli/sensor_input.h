#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone::cli {

/// How measurements come in.
struct SensorOptions {
  std::vector<std::string> channels;  ///< Empty: all.
  std::string time;                   ///< Column with the time; empty: by its name.
  double rate_hz = 0.0;               ///< 0: from the time column, or of the recording.
  std::string as = "auto";            ///< auto: by the file's ending; csv; audio.
  std::string raw;                    ///< Set: audio without a header.
  bool follow = false;                ///< A table that grows is waited for.
};

/// One instant of all channels.
struct SensorInstant {
  std::vector<float> values;
  double missing_s = 0.0;  ///< So much is missing before it.
};

/// A table of measurements or a recording, instant by instant, at its own rate. Memory: a block.
/// Messages name the input, and the line of a table.
class SensorInput {
 public:
  virtual ~SensorInput() = default;

  /// `name`: a path; "-" is standard input, which is a table unless the options say otherwise.
  /// Fails: kNotFound, kIo, kCorrupt, kUnsupported, kInvalidArgument.
  static Result<std::unique_ptr<SensorInput>> Open(const std::string& name,
                                                   const SensorOptions& options);

  virtual const std::vector<std::string>& channels() const = 0;
  virtual double rate_hz() const = 0;
  virtual double origin_s() const = 0;  ///< The time of the first instant.

  /// False at the end, or where Interrupted(). Fails: kIo, kCorrupt.
  virtual Result<bool> Next(SensorInstant& instant) = 0;
};

}  // namespace euphone::cli

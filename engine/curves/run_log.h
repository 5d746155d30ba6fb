#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "curves/series.h"

namespace euphone {

/// What a training run, or anything else, has logged: values of some metrics over an axis.
struct RunLog {
  std::string name;
  std::string axis;             ///< "step", "epoch", …
  std::vector<Series> metrics;  ///< Named as the log names them.
};

/// Most values of all metrics that are read from one log: about 200 MB.
inline constexpr std::size_t kMostRunValues = 2'000'000;

/// Reads a table with a header, quoted as RFC 4180 says. Either long, a value a line:
///   x,y and any of run, metric, kind, low, high, count, label
/// (of several kinds only what is "measured"), which gives a run for each name, or one called
/// `name`; or wide, as a training writes it: one row for each step, epoch, x or what the first
/// column is, and a column for each metric, in which empty fields were not measured. `warnings`:
/// what was left out. Fails: kCorrupt, naming the line; kTooLarge. Messages begin with `name`.
Result<std::vector<RunLog>> ReadCurveCsv(std::string_view bytes, const std::string& name,
                                         std::vector<std::string>& warnings);

/// Adds the scalars of a TensorBoard event file (records of TFRecord with protocol buffers Event)
/// to those of the same run's earlier files: simple values, and tensors of one number. A run that
/// was taken up anew forgets the steps that it did again, as TensorBoard does. Of a damaged or
/// truncated file what comes before is kept, and a warning tells. Fails: kCorrupt where not even
/// the first record is whole; kTooLarge. Messages begin with `file`.
Status ReadEvents(std::string_view bytes, const std::string& file, RunLog& run,
                  std::vector<std::string>& warnings);

/// A name that can be shown: valid UTF-8 without control characters, at most 200 bytes.
std::string ShownName(std::string_view name);

}  // namespace euphone

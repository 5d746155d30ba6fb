#include "align/align.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "align/boundaries.h"
#include "align/forced_fit.h"
#include "align/graph.h"
#include "align/readings.h"
#include "align/viterbi.h"

namespace euphone {
namespace {

/// Softmax in single precision may end up this much above 0.
constexpr float kRounding = 0.01F;

Status CheckLogProbs(const Matrix& matrix, const std::string& name) {
  if (matrix.rows == 0 || matrix.columns < 2 ||
      matrix.values.size() != matrix.rows * matrix.columns)
    return Error{Errc::kInvalidArgument, name + " posteriors are empty or not a table"};
  // Written so that NaN fails, too.
  if (!std::all_of(matrix.values.begin(), matrix.values.end(),
                   [](float value) { return value <= kRounding; }))
    return Error{Errc::kInvalidArgument, name + " posteriors are not log-probabilities"};
  return {};
}

Status CheckConfig(const AlignConfig& config) {
  const AlignCosts& c = config.costs;
  const BoundaryConfig& b = config.boundaries;
  const std::array costs{c.substituted_phone, c.deleted_phone, c.extra_phone,     c.omission,
                         c.omitted_phone,     c.insertion,     c.inserted_phone,  c.restart,
                         c.restarted_word,    c.read_phone,    b.short_phone,     b.pause_in_word,
                         b.other_phone,       b.pull,          config.beam - 1.0, config.departure};
  constexpr double kMost = 1e6;
  if (!std::all_of(costs.begin(), costs.end(),
                   [](double cost) { return cost >= 0.0 && cost <= kMost; }))
    return Error{Errc::kInvalidArgument, "costs of the alignment must be 0 to 1,000,000, beam ≥ 1"};
  if (config.false_start_phones == 0 || config.max_active_words == 0)
    return Error{Errc::kInvalidArgument, "false_start_phones and max_active_words must be ≥ 1"};
  return {};
}

}  // namespace

Result<Alignment> Align(const Matrix& ctc, const Matrix& frames, std::span<const AlignWord> words,
                        const AlignConfig& config) {
  if (Status status = CheckConfig(config); !status) return status.error();
  if (Status status = CheckLogProbs(ctc, "CTC"); !status) return status.error();
  if (Status status = CheckLogProbs(frames, "framewise"); !status) return status.error();
  if (ctc.rows != frames.rows || ctc.columns != frames.columns)
    return Error{Errc::kInvalidArgument, "CTC and framewise posteriors differ in shape"};
  const Result<AlignGraph> graph = BuildGraph(words, ctc.columns);
  if (!graph) return graph.error();

  Viterbi search(*graph, ctc.columns, config);
  for (std::size_t t = 0; t < ctc.rows; ++t) search.Advance(ctc.row(t));
  Alignment alignment;
  alignment.readings = ResolveVisits(search.Trace(), words.size(), config.inserted_phones);
  PlaceBoundaries(frames, config.boundaries, alignment.readings);
  alignment.fit = FitOf(ctc, words, alignment.readings, config.departure);
  alignment.chance_fit = ChanceFit(ctc, words, alignment.readings);
  return alignment;
}

}  // namespace euphone

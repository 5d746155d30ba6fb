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
  const std::array costs{c.substituted_phone,
                         c.deleted_phone,
                         c.extra_phone,
                         c.omission,
                         c.omitted_phone,
                         c.insertion,
                         c.inserted_phone,
                         c.restart,
                         c.restarted_word,
                         b.short_phone,
                         b.pause_in_word,
                         b.other_phone,
                         b.pull,
                         config.beam - 1.0,
                         config.partial_reading};
  constexpr double kMost = 1e6;
  if (!std::all_of(costs.begin(), costs.end(),
                   [](double cost) { return cost >= 0.0 && cost <= kMost; }))
    return Error{Errc::kInvalidArgument, "costs of the alignment must be 0 to 1,000,000, beam ≥ 1"};
  if (config.false_start_phones == 0 || config.max_active_words == 0)
    return Error{Errc::kInvalidArgument, "false_start_phones and max_active_words must be ≥ 1"};
  return {};
}

/// The phones of the words that were read, each in the variant that was; with `omitted` those of
/// the words left out, too, in their first variants.
std::vector<int> PhonesOf(std::span<const AlignWord> words, std::span<const Reading> readings,
                          bool omitted) {
  std::vector<int> phones;
  for (const Reading& reading : readings) {
    const bool read = reading.kind == ReadingKind::kRead;
    if (!read && !(omitted && reading.kind == ReadingKind::kOmitted)) continue;
    const auto& said = words[reading.word].variants[read ? reading.variant : 0];
    phones.insert(phones.end(), said.begin(), said.end());
  }
  return phones;
}

/// Even where the text has more phones than the audio has frames.
constexpr double kWorstFit = -100.0;

/// The fit of the whole text, or that of the part which was read, less `partial_reading`: who stops
/// half-way reads this text all the same, but a few words of any text can be found in any speech.
double FitOf(const Matrix& ctc, std::span<const AlignWord> words, std::span<const Reading> readings,
             double partial_reading) {
  const std::vector<int> all = PhonesOf(words, readings, true);
  const std::vector<int> read = PhonesOf(words, readings, false);
  double fit = std::max(kWorstFit, ForcedFit(ctc, all));
  if (!read.empty() && read.size() < all.size())
    fit = std::max(fit, ForcedFit(ctc, read) - partial_reading);
  return fit;
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
  alignment.fit = FitOf(ctc, words, alignment.readings, config.partial_reading);
  return alignment;
}

}  // namespace euphone

#include "model/self_test.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace euphone {
namespace {

static_assert(std::endian::native == std::endian::little, "bundles hold little-endian numbers");

/// Copies a file of raw numbers, so that they are aligned.
template <class T>
std::vector<T> ReadNumbers(const Bundle& bundle, const std::string& path) {
  const auto bytes = bundle.bytes(path);
  std::vector<T> numbers(bytes.size() / sizeof(T));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(T));
  return numbers;
}

/// Of the rows of a table of natural-log probabilities: the mean of half the sum of absolute
/// differences. Not a number if any of them is not.
double MeanVariation(const Matrix& got, std::span<const float> expected) {
  double sum = 0.0;
  for (std::size_t i = 0; i < got.values.size(); ++i)
    sum += std::abs(std::exp(double{got.values[i]}) - std::exp(double{expected[i]}));
  return sum / 2.0 / static_cast<double>(std::max<std::size_t>(1, got.rows));
}

/// Of features, which have no scale of their own: the mean difference as a share of the mean size
/// that is expected.
double MeanShare(const Matrix& got, std::span<const float> expected) {
  double sum = 0.0, size = std::numeric_limits<double>::min();
  for (std::size_t i = 0; i < got.values.size(); ++i) {
    sum += std::abs(double{got.values[i]} - double{expected[i]});
    size += std::abs(double{expected[i]});
  }
  return sum / size;
}

using Measure = double (*)(const Matrix& got, std::span<const float> expected);

Status Compare(const Bundle& bundle, const Matrix& got, const std::string& path, Measure measure,
               SelfTestReport& report) {
  const auto expected = ReadNumbers<float>(bundle, path);
  const std::string context = bundle.name() + ": self-test: " + path;
  if (expected.size() != got.values.size()) {
    return Error{Errc::kCorrupt, context + ": the model gives " +
                                     std::to_string(got.values.size()) + " numbers instead of " +
                                     std::to_string(expected.size())};
  }
  const double difference = measure(got, expected);
  const double tolerance = bundle.manifest().self_test.tolerance;
  if (!(difference <= tolerance)) {
    return Error{Errc::kCorrupt, context + ": the answer differs by " + std::to_string(difference) +
                                     ", more than " + std::to_string(tolerance) +
                                     "; this computer or its ONNX Runtime computes wrongly"};
  }
  report.frames = got.rows;
  report.difference = std::max(report.difference, difference);
  return {};
}

}  // namespace

Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const AcousticModel& model) {
  if (auto intact = bundle.Verify(); !intact) return intact.error();
  const SelfTestEntry& test = bundle.manifest().self_test;
  const auto answer = model.Run(ReadNumbers<float>(bundle, test.input));
  if (!answer) return Prefixed(bundle.name() + ": self-test", answer.error());
  SelfTestReport report;
  if (auto same = Compare(bundle, answer->ctc, test.expected_ctc, MeanVariation, report); !same) {
    return same.error();
  }
  if (auto same = Compare(bundle, answer->frames, test.expected_frames, MeanVariation, report);
      !same) {
    return same.error();
  }
  if (test.expected_features.empty()) return report;
  if (auto same = Compare(bundle, answer->features, test.expected_features, MeanShare, report);
      !same) {
    return same.error();
  }
  return report;
}

Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const GraphemeModel& model) {
  if (auto intact = bundle.Verify(); !intact) return intact.error();
  const SelfTestEntry& test = bundle.manifest().self_test;
  const auto answer = model.Run(ReadNumbers<std::int64_t>(bundle, test.input));
  if (!answer) return Prefixed(bundle.name() + ": self-test", answer.error());
  SelfTestReport report;
  if (auto same = Compare(bundle, *answer, test.expected_ctc, MeanVariation, report); !same)
    return same.error();
  return report;
}

Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const SentenceEncoder& model) {
  if (auto intact = bundle.Verify(); !intact) return intact.error();
  const SelfTestEntry& test = bundle.manifest().self_test;
  auto answer = model.Run(ReadNumbers<std::int64_t>(bundle, test.input));
  if (!answer) return Prefixed(bundle.name() + ": self-test", answer.error());
  const std::size_t width = answer->size();
  SelfTestReport report;
  if (auto same = Compare(bundle, Matrix{1, width, *std::move(answer)}, test.expected_vector,
                          MeanShare, report);
      !same) {
    return same.error();
  }
  return report;
}

Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const Recogniser& model) {
  if (auto intact = bundle.Verify(); !intact) return intact.error();
  const SelfTestEntry& test = bundle.manifest().self_test;
  const std::string context = bundle.name() + ": self-test";
  const auto answer = model.Transcribe(ReadNumbers<float>(bundle, test.input));
  if (!answer) return Prefixed(context, answer.error());
  if (answer->text == test.expected_text) return SelfTestReport{};
  return Error{Errc::kCorrupt, context + ": it writes \"" + answer->text + "\" instead of \"" +
                                   test.expected_text +
                                   "\"; this computer or its ONNX Runtime computes wrongly"};
}

Result<std::size_t> TryScorer(const Bundle& bundle, const AcousticModel& model,
                              const ScoringModel& scorer) {
  const std::string context = bundle.name() + ": self-test of the scorer";
  auto heard = model.Run(ReadNumbers<float>(bundle, bundle.manifest().self_test.input));
  if (!heard) return Prefixed(context, heard.error());
  const ScoringSpec& spec = scorer.spec();
  const std::size_t phones = std::min({spec.max_phones, spec.classes - 1, heard->ctc.rows});
  if (phones == 0) return Error{Errc::kInternal, context + ": the reference input has no frames"};
  ScoringInput input;
  input.features = std::move(heard->features);
  input.ctc = std::move(heard->ctc);
  input.frames = std::move(heard->frames);
  input.prosody = Matrix::Filled(phones, spec.prosody_terms.size(), 0.0F);
  for (std::size_t i = 0; i < phones; ++i) {
    input.spans.push_back(static_cast<std::int64_t>(i * input.ctc.rows / phones));
    input.spans.push_back(static_cast<std::int64_t>((i + 1) * input.ctc.rows / phones));
    input.phones.push_back(static_cast<std::int64_t>(i));
    input.words.push_back(static_cast<std::int64_t>(i / 2));
  }
  const auto answer = scorer.Run(input);
  if (!answer) return Prefixed(context, answer.error());
  return answer->sentence.rows;
}

Result<std::size_t> TryStream(const Bundle& bundle, const StreamingModel& model) {
  const std::string context = bundle.name() + ": self-test for live speech";
  const auto pcm = ReadNumbers<float>(bundle, bundle.manifest().self_test.input);
  const auto stream = model.Start();
  const auto piece = static_cast<std::size_t>(SamplesIn(Millis{10.0}, model.spec().grid.rate));
  std::size_t frames = 0;
  for (std::size_t at = 0; at < pcm.size(); at += piece) {
    const auto heard = stream->Push(PcmView(pcm).subspan(at, std::min(piece, pcm.size() - at)));
    if (!heard) return Prefixed(context, heard.error());
    frames += heard->ctc.rows;
  }
  const auto rest = stream->Finish();
  if (!rest) return Prefixed(context, rest.error());
  frames += rest->ctc.rows;
  const StreamSpec& spec = model.stream_spec();
  const auto samples = static_cast<std::int64_t>(pcm.size());
  const auto steps = std::max<std::int64_t>(0, samples - spec.overlap_samples) / spec.step_samples;
  if (frames != static_cast<std::size_t>(steps) * spec.step_frames) {
    return Error{Errc::kInternal, context + ": it gives other frames than its manifest promises"};
  }
  return frames;
}

}  // namespace euphone

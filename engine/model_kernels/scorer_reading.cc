#include "model_kernels/scorer_reading.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace euphone {
namespace {

constexpr float kFloor = -12.0F;     ///< Natural logs below say nothing more.
constexpr float kLeastPeak = 6e-6F;  ///< Its log is the floor.
constexpr float kFrameSeconds = 0.012F;
constexpr float kOther = -1e4F;  ///< Below any log.
constexpr std::int64_t kLongestGap = 200;

/// The value of the expected class, and its lead over the best other phone.
struct Lead {
  float own, margin;
};
Lead OwnAndMargin(std::span<const float> logs, std::size_t expected) {
  float best = kOther;
  for (std::size_t i = 1; i < logs.size(); ++i)
    if (i != expected) best = std::max(best, logs[i]);
  return {logs[expected], logs[expected] - best};
}

/// result += Σ f(row) over the rows of a span.
template <class Function>
void AddRows(const Matrix& table, std::size_t begin, std::size_t end, Function f,
             std::span<float> result) {
  for (std::size_t row = begin; row < end; ++row) {
    const auto numbers = table.row(row);
    for (std::size_t i = 0; i < result.size(); ++i) result[i] += f(numbers[i]);
  }
}

void Divide(std::span<float> numbers, float by) {
  for (float& number : numbers) number /= by;
}

float LogOfGap(std::int64_t frames) {
  return std::log(1.0F + static_cast<float>(std::clamp<std::int64_t>(frames, 0, kLongestGap)));
}

bool AreThere(const ScoringInput& input) {
  const std::size_t count = input.phones.size();
  const auto rows = static_cast<std::int64_t>(input.ctc.rows);
  const auto classes = static_cast<std::int64_t>(input.ctc.columns);
  if (count == 0 || input.spans.size() != 2 * count || input.words.size() != count ||
      input.features.rows != input.ctc.rows || input.frames.rows != input.ctc.rows ||
      input.frames.columns != input.ctc.columns)
    return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (input.spans[2 * i] < 0 || input.spans[2 * i + 1] <= input.spans[2 * i] ||
        input.spans[2 * i + 1] > rows || input.phones[i] < 0 || input.phones[i] + 1 >= classes)
      return false;
  }
  return true;
}

}  // namespace

WordPlaces FindWordPlaces(const std::vector<std::int64_t>& words, std::size_t most) {
  const std::size_t count = words.size();
  WordPlaces places{std::vector<std::size_t>(count), std::vector<std::size_t>(count)};
  for (std::size_t i = 1; i < count; ++i)
    places.front[i] = words[i] == words[i - 1] ? places.front[i - 1] + 1 : 0;
  for (std::size_t i = count - 1; i-- > 0;)
    places.back[i] = words[i] == words[i + 1] ? places.back[i + 1] + 1 : 0;
  for (auto* const from : {&places.front, &places.back})
    for (std::size_t& place : *from) place = std::min(place, most);
  return places;
}

Result<Matrix> DescribePhones(const ScoringInput& input) {
  if (!AreThere(input))
    return Error{Errc::kInternal, "phones to be judged do not lie in the recording"};
  const std::size_t count = input.phones.size(), classes = input.ctc.columns;
  const std::size_t features = input.features.columns;
  const auto& spans = input.spans;
  const WordPlaces places = FindWordPlaces(input.words, count);
  Matrix described = Matrix::Filled(count, 2 * features + 3 * classes + kPhoneTerms, 0.0F);
  float sum_of_seconds = 0.0F;
  const auto seconds_of = [&](std::int64_t begin, std::int64_t end) {
    return std::log(static_cast<float>(end - begin) * kFrameSeconds);
  };
  for (std::size_t i = 0; i < count; ++i)
    sum_of_seconds += seconds_of(spans[2 * i], spans[2 * i + 1]);
  const float mean_seconds = sum_of_seconds / static_cast<float>(count);
  const auto as_it_is = [](float x) { return x; };
  const auto floored = [](float x) { return std::max(x, kFloor); };
  const auto power = [](float x) { return std::exp(x); };

  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t first = spans[2 * i], last = spans[2 * i + 1];
    const auto begin = static_cast<std::size_t>(first), end = static_cast<std::size_t>(last);
    const auto length = static_cast<float>(last - first);
    const auto expected = static_cast<std::size_t>(input.phones[i]) + 1;
    const auto row = described.row(i);
    const auto average = row.first(features);
    AddRows(input.features, begin, end, as_it_is, average);
    Divide(average, length);
    std::ranges::copy(input.features.row((begin + end) / 2),
                      row.begin() + static_cast<std::ptrdiff_t>(features));
    const auto peak = row.subspan(2 * features, classes);
    AddRows(input.ctc, begin, end, power, peak);
    for (float& number : peak) number = std::log(number + kLeastPeak);
    const auto ctc = row.subspan(2 * features + classes, classes);
    AddRows(input.ctc, begin, end, floored, ctc);
    Divide(ctc, length);
    const auto frames = row.subspan(2 * features + 2 * classes, classes);
    AddRows(input.frames, begin, end, floored, frames);
    Divide(frames, length);

    float share = 0.0F;
    for (std::size_t f = begin; f < end; ++f) share += std::exp(input.frames.at(f, expected));
    const Lead in_peak = OwnAndMargin(peak, expected), in_frames = OwnAndMargin(frames, expected);
    const float seconds = seconds_of(first, last);
    const std::int64_t before = i == 0 ? 0 : spans[2 * i - 1];
    const std::int64_t after =
        i + 1 == count ? static_cast<std::int64_t>(input.ctc.rows) : spans[2 * i + 2];
    const float terms[kPhoneTerms] = {in_peak.own,
                                      in_peak.margin,
                                      in_frames.own,
                                      in_frames.margin,
                                      share / length,
                                      seconds,
                                      seconds - mean_seconds,
                                      LogOfGap(first - before),
                                      LogOfGap(after - last),
                                      places.front[i] == 0 ? 1.0F : 0.0F,
                                      places.back[i] == 0 ? 1.0F : 0.0F,
                                      std::log(static_cast<float>(count)),
                                      seconds_of(spans.front(), spans.back())};
    std::ranges::copy(terms, row.end() - kPhoneTerms);
  }
  return described;
}

}  // namespace euphone

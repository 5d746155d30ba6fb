#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// What is written about a stretch of a recording, in seconds from its beginning. A point in time
/// has the same begin and end.
struct TimedLabel {
  double begin = 0.0;
  double end = 0.0;
  std::string text;  ///< UTF-8, one line.
};

struct LabelTier {
  std::string name;
  std::vector<TimedLabel> labels;  ///< In order of time.
};

/// Labels of one recording: what annotation programs keep beside it.
struct Labels {
  std::string recording;  ///< Its name, where the file tells one; may be empty.
  double seconds = 0.0;   ///< Length of the recording; the last label's end where nobody says it.
  std::vector<LabelTier> tiers;

  /// The tier of that name; null if there is none.
  const LabelTier* Find(std::string_view tier) const;
};

/// Reads what a file holds, all recordings of it: one, but for CTM. Pure. Takes UTF-8, and UTF-16
/// with a byte order mark. Fails: kUnsupported for a file of another kind; kCorrupt, "line N: what
/// is wrong" where it has lines.
using LabelReader = Result<std::vector<Labels>> (*)(std::string_view content);
/// Writes one recording's labels. What a format cannot hold is left out (docs/formats/labels.md).
using LabelWriter = std::string (*)(const Labels& labels);

/// Praat's text formats, long and short; written long. Times have seven digits, which are exact for
/// a sample at 16 kHz.
Result<std::vector<Labels>> ReadTextGrid(std::string_view content);
std::string WriteTextGrid(const Labels& labels);
/// NIST time-marked conversation: the one tier of each recording is called "words".
Result<std::vector<Labels>> ReadCtm(std::string_view content);
std::string WriteCtm(const Labels& labels);
/// One of its lines. Blanks in names become "_"; times, in seconds, are rounded so that neighbours
/// meet; the confidence, 0–1, is left out where it is absent or not finite.
std::string CtmLine(std::string_view recording, double begin, double end, std::string_view text,
                    std::optional<double> confidence = std::nullopt);
/// ELAN's annotation format 3.0. Its times are milliseconds.
Result<std::vector<Labels>> ReadElan(std::string_view content);
std::string WriteElan(const Labels& labels);
/// Audacity's label track: a tab-separated line for each label of one tier, called "labels".
Result<std::vector<Labels>> ReadAudacity(std::string_view content);
std::string WriteAudacity(const Labels& labels);

/// A format by the name that users give.
struct LabelFormat {
  std::string_view name;
  std::string_view extension;  ///< Of files, with the dot.
  bool one_tier;               ///< Holds one tier: of others the writer takes the first.
  LabelReader read;
  LabelWriter write;
};
const std::vector<LabelFormat>& LabelFormats();
/// By name; null if there is none.
const LabelFormat* FindLabelFormat(std::string_view name);

}  // namespace euphone

#pragma once

#include <string>
#include <vector>

#include "curves/chart.h"

namespace euphone {

/// A drawing as marks on a sheet, before anybody paints it: SvgOf() writes it, and a program may
/// paint it into pixels. Units: CSS pixels, y down.

enum class Ink { kText, kFaint, kAxis, kSeries };
enum class MarkKind {
  kLine,  ///< Through `spots`.
  kArea,  ///< Within them, without an outline.
  kDot,   ///< A sign for its series at each: disc, square, triangle, diamond.
  kText,
};
enum class Anchor { kStart, kMiddle, kEnd };

struct Spot {
  double x = 0.0, y = 0.0;
};

struct Mark {
  MarkKind kind = MarkKind::kLine;
  std::vector<Spot> spots = {};
  Ink ink = Ink::kSeries;
  std::size_t series = 0;  ///< With Ink::kSeries: whose colour and sign.
  double size = 1.0;       ///< Width of a line, radius of a dot, size of letters.
  bool dashed = false;
  std::string text = {};
  Anchor anchor = Anchor::kStart;
  bool turned = false;  ///< Text that reads upwards.
  bool bold = false;
};

struct Scene {
  double width = 0.0, height = 0.0;
  std::string title, description;
  std::vector<Mark> marks;
};

/// As red, green, blue of 24 bits; on white, and on a dark page. Eight that most eyes can tell
/// apart (Okabe and Ito 2008, some darker for white paper); then they repeat.
struct SeriesColour {
  unsigned light, dark;
};
SeriesColour ColourOf(std::size_t series);

/// Where to put marks on an axis: round numbers between `low` and `high`, about `about` of them.
std::vector<double> RoundMarks(double low, double high, std::size_t about);

/// What is drawn of y: all values and intervals, or the scale; never empty.
struct Range {
  double low = 0.0, high = 1.0;
};
Range RangeOfX(const CurveChart& chart);
Range RangeOfY(const CurveChart& chart);
/// Where x lies in a range, 0–1.
double PlaceOf(double x, const Range& range, bool logarithmic);

/// "ratings: 12 more practices …" cut between words into lines of at most so many characters (of
/// UTF-8); a longer word is cut.
std::vector<std::string> Wrapped(const std::string& text, std::size_t width);

/// What is compared, in words; `overlap` is empty where nothing is known of intervals.
struct ComparedText {
  std::string what, a, b, difference, overlap;
};
std::vector<ComparedText> ComparedTexts(const CurveChart& chart);

/// What is said of a whole chart, in sentences: what is compared, and its notes.
std::vector<std::string> NotesOf(const CurveChart& chart);

Scene SceneOf(const CurveChart& chart);

/// Complete, valid XML in UTF-8: with a title and a description for those who cannot see it, no
/// script, no font of its own, ink and colours for a light or a dark page and for paper. `name`
/// goes before its ids, so that several can stand in one page; letters only.
std::string SvgOf(const Scene& scene, const std::string& name = {});

}  // namespace euphone

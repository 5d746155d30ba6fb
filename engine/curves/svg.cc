#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "curves/scene.h"

namespace euphone {
namespace {

/// As XML takes it: the five entities; what XML forbids is a question mark.
std::string Xml(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
  }
  return safe;
}

std::string Coordinate(double value) {
  std::string text = fmt::format("{:.1f}", std::isfinite(value) ? value : 0.0);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::string Style(std::size_t series_count) {
  std::string light, dark;
  for (std::size_t i = 0; i < series_count; ++i) {
    light += fmt::format("--s{}:#{:06x};", i, ColourOf(i).light);
    dark += fmt::format("--s{}:#{:06x};", i, ColourOf(i).dark);
  }
  std::string style = fmt::format(
      "svg{{--ink:#1f2328;--faint:#d8dee4;--axis:#6e7781;{}font-family:system-ui,sans-serif}}\n"
      "@media(prefers-color-scheme:dark){{svg{{--ink:#e6edf3;--faint:#30363d;--axis:#8b949e;{}}}}}"
      "\n"
      "@media print{{svg{{--ink:#000;--faint:#ccc;--axis:#444;{}}}}}\n"
      "text{{fill:var(--ink)}}\n.f{{stroke:var(--faint);fill:none}}\n"
      ".a{{stroke:var(--axis);fill:none}}\n",
      light, dark, light);
  for (std::size_t i = 0; i < series_count; ++i) {
    style += fmt::format(
        ".l{0}{{stroke:var(--s{0});fill:none;stroke-linejoin:round}}\n"
        ".d{0}{{fill:var(--s{0})}}\n.b{0}{{fill:var(--s{0});fill-opacity:.18}}\n",
        i);
  }
  return style;
}

std::string Path(const std::vector<Spot>& spots, bool closed) {
  std::string path;
  for (const Spot& spot : spots)
    path +=
        fmt::format("{}{} {}", path.empty() ? "M" : "L", Coordinate(spot.x), Coordinate(spot.y));
  return closed ? path + "Z" : path;
}

/// Disc, square, triangle, diamond.
std::string Dot(const Spot& at, std::size_t series, double size) {
  const std::string x = Coordinate(at.x), y = Coordinate(at.y);
  const double wide = 1.25 * size;
  switch (series % 4) {
    case 0:
      return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", x, y, Coordinate(size));
    case 1:
      return fmt::format("<path d=\"M{} {}h{}v{}h-{}Z\"/>", Coordinate(at.x - size),
                         Coordinate(at.y - size), Coordinate(2.0 * size), Coordinate(2.0 * size),
                         Coordinate(2.0 * size));
    case 2:
      return fmt::format("<path d=\"M{} {}l{} {}h-{}Z\"/>", x, Coordinate(at.y - wide),
                         Coordinate(wide), Coordinate(2.0 * size), Coordinate(2.0 * wide));
    default:
      return fmt::format("<path d=\"M{} {}l{} {}l-{} {}l-{} -{}Z\"/>", x, Coordinate(at.y - wide),
                         Coordinate(wide), Coordinate(wide), Coordinate(wide), Coordinate(wide),
                         Coordinate(wide), Coordinate(wide));
  }
}

std::string TextMark(const Mark& mark) {
  const Spot& at = mark.spots.front();
  std::string attributes = fmt::format("x=\"{}\" y=\"{}\" font-size=\"{}\"", Coordinate(at.x),
                                       Coordinate(at.y), Coordinate(mark.size));
  if (mark.anchor != Anchor::kStart) {
    attributes += mark.anchor == Anchor::kEnd ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
  }
  if (mark.bold) attributes += " font-weight=\"600\"";
  if (mark.turned)
    attributes +=
        fmt::format(" transform=\"rotate(-90 {} {})\"", Coordinate(at.x), Coordinate(at.y));
  return fmt::format("<text {}>{}</text>", attributes, Xml(mark.text));
}

std::string MarkText(const Mark& mark) {
  if (mark.spots.empty()) return "";
  switch (mark.kind) {
    case MarkKind::kText:
      return TextMark(mark);
    case MarkKind::kDot: {
      std::string dots = fmt::format("<g class=\"d{}\">", mark.series);
      for (const Spot& spot : mark.spots) dots += Dot(spot, mark.series, mark.size);
      return dots + "</g>";
    }
    case MarkKind::kArea:
      return fmt::format("<path class=\"b{}\" d=\"{}\"/>", mark.series, Path(mark.spots, true));
    case MarkKind::kLine:
      break;
  }
  const std::string name = mark.ink == Ink::kFaint  ? "f"
                           : mark.ink == Ink::kAxis ? "a"
                                                    : fmt::format("l{}", mark.series);
  return fmt::format("<path class=\"{}\" stroke-width=\"{}\"{} d=\"{}\"/>", name,
                     Coordinate(mark.size), mark.dashed ? " stroke-dasharray=\"6 4\"" : "",
                     Path(mark.spots, false));
}

}  // namespace

std::string SvgOf(const Scene& scene, const std::string& name) {
  std::size_t series = 0;
  for (const Mark& mark : scene.marks) series = std::max(series, mark.series + 1);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" role=\"img\" aria-labelledby=\"{5}title {5}description\">\n"
      "<title id=\"{5}title\">{2}</title>\n<desc id=\"{5}description\">{3}</desc>\n"
      "<style>\n{4}</style>\n",
      Coordinate(scene.width), Coordinate(scene.height), Xml(scene.title), Xml(scene.description),
      Style(series), name);
  for (const Mark& mark : scene.marks) svg += MarkText(mark) + "\n";
  return svg + "</svg>\n";
}

}  // namespace euphone

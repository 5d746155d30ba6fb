#include "curves_output.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "curves/curve_documents.h"
#include "curves/scene.h"
#include "curves/text_chart.h"
#include "curves_png.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

/// The format that was asked for, or that a file's name says.
std::string FormatOf(const CurvesOutput& output) {
  if (!output.format.empty()) return output.format;
  const std::string ending = std::filesystem::path(output.file).extension().string();
  for (const char* format : {"svg", "png", "csv", "json"})
    if (ending == std::string(".") + format) return format;
  return "terminal";
}

/// Fails: as PngOf.
Result<std::string> DocumentOf(const CurveChart& chart, const std::string& format, bool to_file) {
  if (format == "svg") return SvgOf(SceneOf(chart));
  if (format == "png") return PngOf(SceneOf(chart));
  if (format == "csv") return CurvesCsv(chart);
  if (format == "json")
    return CurvesJson(chart).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return TextChart(chart, {.width = to_file ? 80 : TerminalWidth(),
                           .unicode = UsesUnicode(),
                           .colour = !to_file && UseColour(ColourMode::kAuto)});
}

}  // namespace

ExitCode ShowChart(const CurveChart& chart, const CurvesOutput& output,
                   const std::string& nothing) {
  const std::string format = FormatOf(output);
  const bool to_file = !output.file.empty();
  const bool empty =
      std::ranges::all_of(chart.lines, [](const ChartLine& line) { return line.points.empty(); });
  if (empty && format == "terminal" && !to_file) return Show(nothing + "\n");
  if (format == "png" && !to_file && ::isatty(STDOUT_FILENO) == 1) {
    ReportLine("a PNG is nothing for a terminal; give --output FILE.png");
    return ExitCode::kUsage;
  }
  const auto document = DocumentOf(chart, format, to_file);
  if (!document) return Report(document.error());
  if (!to_file) return Show(*document);
  if (auto status = WriteFileAtomically(output.file, *document); !status)
    return Report(status.error());
  return ExitCode::kOk;
}

}  // namespace euphone::cli

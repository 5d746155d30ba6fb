#include <fmt/format.h>

#include <optional>
#include <sstream>

#include "voice_report.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kNameWidth = 13;
constexpr std::size_t kValueWidth = 28;  // Where the explanation begins after the name.

/// Columns on a terminal: bytes that do not continue a character.
std::size_t Columns(const std::string& text) {
  std::size_t columns = 0;
  for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return columns;
}

std::string Padded(const std::string& text, std::size_t columns) {
  const std::size_t own = Columns(text);
  return own < columns ? text + std::string(columns - own, ' ') : text;
}

std::string Wrapped(const std::string& text, int width) {
  std::istringstream words(text);
  std::string lines, line, word;
  while (words >> word) {
    if (!line.empty() && Columns(line) + 1 + Columns(word) > static_cast<std::size_t>(width)) {
      lines += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return lines + line + "\n";
}

std::string Figure(const std::optional<double>& value, int decimals, const char* unit,
                   double scale = 1.0) {
  return value ? fmt::format("{:.{}f} {}", scale * *value, decimals, unit) : "–";
}

class Table {
 public:
  Table(bool colour, int width) : colour_(colour), width_(static_cast<std::size_t>(width)) {}

  void Heading(const std::string& text) {
    text_ += colour_ ? "\033[1m" + text + "\033[0m\n" : text + "\n";
  }

  /// The explanation is left out where the terminal is too narrow for it.
  void Row(const std::string& name, const std::string& value, const std::string& meaning) {
    std::string line = "  " + Padded(name, kNameWidth) + value;
    const std::string full =
        "  " + Padded(name, kNameWidth) + Padded(value, kValueWidth) + " " + meaning;
    if (meaning.empty() || Columns(full) > width_) {
      text_ += line + "\n";
    } else if (colour_) {
      text_ += "  " + Padded(name, kNameWidth) + Padded(value, kValueWidth) + " \033[2m" + meaning +
               "\033[0m\n";
    } else {
      text_ += full + "\n";
    }
  }

  std::string text() const { return text_; }

 private:
  bool colour_;
  std::size_t width_;
  std::string text_;
};

void AddPitch(const VoiceMeasures& vowel, Table& table) {
  if (!vowel.pitch) {
    table.Row("Pitch", "–", "no voice was found here");
    return;
  }
  const PitchStatistics& pitch = *vowel.pitch;
  table.Row("Pitch", fmt::format("{:.1f} Hz (median {:.1f})", pitch.mean_hz, pitch.median_hz),
            "how high the voice is");
  table.Row("", fmt::format("{:.1f} to {:.1f} Hz", pitch.least_hz, pitch.most_hz),
            "lowest to highest");
  table.Row("", "±" + Figure(pitch.sd_hz, 2, "Hz") + ", ±" + Figure(pitch.sd_semitones, 2, "st"),
            "how much it wanders (st: semitones)");
}

void AddPerturbation(const VoiceMeasures& vowel, Table& table) {
  const Jitter& jitter = vowel.jitter;
  table.Row("Jitter", Figure(jitter.local, 2, "%"), "periods differ so much in length");
  table.Row("", "RAP " + Figure(jitter.rap, 2, "%") + ", PPQ5 " + Figure(jitter.ppq5, 2, "%"),
            "the same against 3 and 5 periods");
  table.Row("",
            "DDP " + Figure(jitter.ddp, 2, "%") + ", " + Figure(jitter.absolute_s, 1, "µs", 1e6),
            "three times RAP; local, in time");
  const Shimmer& shimmer = vowel.shimmer;
  table.Row("Shimmer", Figure(shimmer.local, 2, "%") + ", " + Figure(shimmer.local_db, 2, "dB"),
            "the same for their strength");
  table.Row("", "APQ3 " + Figure(shimmer.apq3, 2, "%") + ", APQ5 " + Figure(shimmer.apq5, 2, "%"),
            "against 3 and 5 periods");
  table.Row("", "APQ11 " + Figure(shimmer.apq11, 2, "%") + ", DDA " + Figure(shimmer.dda, 2, "%"),
            "against 11 periods; three times APQ3");
}

/// Jitter and shimmer as percent.
VoiceMeasures InPercent(VoiceMeasures vowel) {
  for (auto* share : {&vowel.jitter.local, &vowel.jitter.rap, &vowel.jitter.ppq5, &vowel.jitter.ddp,
                      &vowel.shimmer.local, &vowel.shimmer.apq3, &vowel.shimmer.apq5,
                      &vowel.shimmer.apq11, &vowel.shimmer.dda}) {
    if (*share) **share *= 100.0;
  }
  return vowel;
}

void AddVowel(const VoiceMeasures& vowel, Table& table) {
  AddPitch(vowel, table);
  AddPerturbation(InPercent(vowel), table);
  table.Row("HNR", Figure(vowel.hnr_db, 1, "dB"), "tone over noise: higher is clearer");
  if (vowel.loudness) {
    table.Row("Intensity", fmt::format("{:.1f} dB of full scale", vowel.loudness->mean_db),
              "the microphone is not calibrated");
    table.Row("",
              fmt::format("{:.1f} to {:.1f} dB", vowel.loudness->least_db, vowel.loudness->most_db),
              "softest to loudest");
  }
  table.Row("Periods", fmt::format("{} ({} pulses)", vowel.jitter.periods, vowel.pulses),
            "what the figures are made of");
  table.Row(
      "Breaks",
      fmt::format("{}, {:.1f} % without voice", vowel.breaks.count, 100.0 * vowel.unvoiced_share),
      "where the voice stops");
}

}  // namespace

std::string VoiceTable(const VoiceReport& report, bool colour, int width) {
  Table table(colour, width);
  const bool chosen = report.options.from_s || report.options.to_s;
  std::string text;
  for (std::size_t i = 0; i < report.vowels.size(); ++i) {
    const TimeRange& range = report.vowels[i].range;
    const std::string what = chosen                      ? std::string("Chosen stretch")
                             : report.vowels.size() == 1 ? std::string("Held vowel")
                                                         : fmt::format("Held vowel {}", i + 1);
    table.Heading(fmt::format("{}, {:.2f} to {:.2f} s ({:.2f} s)", what, range.from_s, range.to_s,
                              range.seconds()));
    AddVowel(report.vowels[i], table);
  }
  text = table.text();
  for (const std::string& warning : report.warnings) text += Wrapped("! " + warning, width);
  return text + Wrapped(kNoDiagnosis, width);
}

}  // namespace euphone::cli

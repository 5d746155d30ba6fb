#include "sensor_input.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>
#include <optional>
#include <utility>

#include "anomaly/sensor_table.h"
#include "audio/sample_stream.h"
#include "exit_code.h"
#include "sensor_lines.h"
#include "standard_input.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kForRate = 16;  ///< Lines that show the rate; no window is shorter.
constexpr std::size_t kBlockSamples = 1 << 13;
constexpr double kGap = 1.5;  ///< Of the distance between readings: something is missing.

class TableSensor : public SensorInput {
 public:
  TableSensor(std::string name, LineSource lines, SensorTable table)
      : name_(std::move(name)), lines_(std::move(lines)), table_(std::move(table)) {}

  const std::vector<std::string>& channels() const override { return table_.channels(); }
  double rate_hz() const override { return rate_hz_; }
  double origin_s() const override { return origin_s_; }

  /// Reads ahead until the rate is known.
  Status FindRate(double rate_hz) {
    rate_hz_ = rate_hz;
    std::vector<double> times;
    while (ahead_.size() < kForRate) {
      auto reading = Read();
      if (!reading) return reading.error();
      if (!*reading) break;
      if ((*reading)->time_s) times.push_back(*(*reading)->time_s);
      ahead_.push_back(**std::move(reading));
    }
    if (ahead_.empty() && !Interrupted())
      return Error{Errc::kCorrupt, name_ + ": no line with numbers under the first one"};
    if (!times.empty()) origin_s_ = times.front();
    if (rate_hz_ > 0.0) return {};
    auto rate = RateOf(times);
    if (!rate) return Prefixed(name_, rate.error());
    rate_hz_ = *rate;
    return {};
  }

  Result<bool> Next(SensorInstant& instant) override {
    if (ahead_.empty()) {
      auto reading = Read();
      if (!reading) return reading.error();
      if (!*reading) return false;
      ahead_.push_back(**std::move(reading));
    }
    SensorReading& reading = ahead_.front();
    instant.values = std::move(reading.values);
    instant.missing_s = 0.0;
    if (reading.time_s && last_s_ && (*reading.time_s - *last_s_) * rate_hz_ > kGap)
      instant.missing_s = *reading.time_s - *last_s_ - 1.0 / rate_hz_;
    last_s_ = reading.time_s;
    ahead_.pop_front();
    return true;
  }

 private:
  Result<std::optional<SensorReading>> Read() {
    while (true) {
      auto line = lines_.Next();
      if (!line) return Prefixed(name_, line.error());
      if (!*line) return std::optional<SensorReading>();
      auto reading = table_.Read(**line);
      if (!reading) return Prefixed(name_, reading.error());
      if (!*reading) continue;
      if ((*reading)->time_s && newest_s_ && *(*reading)->time_s <= *newest_s_) {
        return Error{Errc::kCorrupt, name_ + ": line " + std::to_string(table_.line()) +
                                         ": the time does not go on; sort the lines by time"};
      }
      newest_s_ = (*reading)->time_s;
      return reading;
    }
  }

  std::string name_;
  LineSource lines_;
  SensorTable table_;
  std::deque<SensorReading> ahead_;
  double rate_hz_ = 0.0;
  double origin_s_ = 0.0;
  std::optional<double> newest_s_, last_s_;
};

class AudioSensor : public SensorInput {
 public:
  AudioSensor(std::string name, SampleStream stream, std::vector<std::size_t> places,
              std::vector<std::string> channels)
      : name_(std::move(name)),
        stream_(std::move(stream)),
        places_(std::move(places)),
        channels_(std::move(channels)),
        width_(static_cast<std::size_t>(stream_.format().channels)),
        block_(std::max<std::size_t>(1, kBlockSamples / width_) * width_) {}

  const std::vector<std::string>& channels() const override { return channels_; }
  double rate_hz() const override { return stream_.format().rate.hz; }
  double origin_s() const override { return 0.0; }

  Result<bool> Next(SensorInstant& instant) override {
    if (place_ == filled_) {
      if (Interrupted()) return false;
      auto got = stream_.Read(block_);
      if (!got) return got.error();
      filled_ = *got * width_;
      place_ = 0;
      if (filled_ == 0) return false;
    }
    instant.values.clear();
    for (const std::size_t channel : places_) {
      const float sample = block_[place_ + channel];
      if (!std::isfinite(sample))
        return Error{Errc::kCorrupt, name_ + ": samples that are not numbers; record it again"};
      instant.values.push_back(sample);
    }
    place_ += width_;
    return true;
  }

 private:
  std::string name_;
  SampleStream stream_;
  std::vector<std::size_t> places_;
  std::vector<std::string> channels_;
  std::size_t width_;
  std::vector<float> block_;
  std::size_t place_ = 0, filled_ = 0;
};

Result<std::unique_ptr<SensorInput>> OpenTable(const std::string& name, const std::string& shown,
                                               const SensorOptions& options) {
  auto lines = LineSource::Open(name, options.follow);
  if (!lines) return Prefixed(shown, lines.error());
  auto header = lines->Next();
  if (!header) return Prefixed(shown, header.error());
  if (!*header) return Error{Errc::kCorrupt, shown + ": empty; it needs a line of column names"};
  auto table =
      SensorTable::Create(**header, {options.channels, options.rate_hz == 0.0, options.time});
  if (!table) return Prefixed(shown, table.error());
  if (options.rate_hz == 0.0 && !table->has_time()) {
    return Error{Errc::kInvalidArgument,
                 shown + ": no time column; name it with --time, or give --rate"};
  }
  auto input = std::make_unique<TableSensor>(shown, *std::move(lines), *std::move(table));
  if (auto status = input->FindRate(options.rate_hz); !status) return status.error();
  return std::unique_ptr<SensorInput>(std::move(input));
}

/// Channels of a recording are called ch1, ch2, ….
Result<std::unique_ptr<SensorInput>> OpenAudio(const std::string& name, const std::string& shown,
                                               const SensorOptions& options) {
  std::optional<RawFormat> raw;
  if (!options.raw.empty()) {
    auto format = ParseRawFormat(options.raw);
    if (!format) return format.error();
    raw = *format;
  }
  auto stream = name == "-" ? SampleStream::Open(STDIN_FILENO, shown, raw, InterruptDescriptor())
                            : SampleStream::Open(name, raw, InterruptDescriptor());
  if (!stream) return stream.error();
  std::vector<std::string> all;
  for (int channel = 1; channel <= stream->format().channels; ++channel)
    all.push_back("ch" + std::to_string(channel));
  std::vector<std::string> channels = options.channels.empty() ? all : options.channels;
  std::vector<std::size_t> places;
  for (const std::string& channel : channels) {
    const auto found = std::find(all.begin(), all.end(), channel);
    if (found == all.end()) {
      return Error{Errc::kInvalidArgument,
                   shown + ": no channel '" + channel + "'; there are ch1 to " + all.back()};
    }
    places.push_back(static_cast<std::size_t>(found - all.begin()));
  }
  return std::unique_ptr<SensorInput>(std::make_unique<AudioSensor>(
      shown, *std::move(stream), std::move(places), std::move(channels)));
}

bool IsTable(const std::string& name, const SensorOptions& options) {
  if (options.as != "auto") return options.as == "csv";
  if (!options.raw.empty()) return false;
  const std::string ending = std::filesystem::path(name).extension().string();
  return name == "-" || ending == ".csv" || ending == ".tsv" || ending == ".txt";
}

}  // namespace

Result<std::unique_ptr<SensorInput>> SensorInput::Open(const std::string& name,
                                                       const SensorOptions& options) {
  const std::string shown = name == "-" ? "standard input" : Shortened(name);
  if (name == "-") AnnounceStandardInput("measurements, which have to be piped in,");
  return IsTable(name, options) ? OpenTable(name, shown, options) : OpenAudio(name, shown, options);
}

}  // namespace euphone::cli

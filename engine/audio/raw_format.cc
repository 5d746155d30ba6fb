#include "audio/raw_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace euphone {
namespace {

struct EncodingName {
  std::string_view name;
  RawEncoding encoding;
  int bytes;
};

// In the order of the enumeration, which NameOf() and BytesPerSample() rely on.
constexpr std::array<EncodingName, 14> kEncodings{{{"u8", RawEncoding::kU8, 1},
                                                   {"s8", RawEncoding::kS8, 1},
                                                   {"s16le", RawEncoding::kS16Le, 2},
                                                   {"s16be", RawEncoding::kS16Be, 2},
                                                   {"s24le", RawEncoding::kS24Le, 3},
                                                   {"s24be", RawEncoding::kS24Be, 3},
                                                   {"s32le", RawEncoding::kS32Le, 4},
                                                   {"s32be", RawEncoding::kS32Be, 4},
                                                   {"f32le", RawEncoding::kF32Le, 4},
                                                   {"f32be", RawEncoding::kF32Be, 4},
                                                   {"f64le", RawEncoding::kF64Le, 8},
                                                   {"f64be", RawEncoding::kF64Be, 8},
                                                   {"alaw", RawEncoding::kALaw, 1},
                                                   {"mulaw", RawEncoding::kMuLaw, 1}}};

const EncodingName& Row(RawEncoding encoding) {
  return kEncodings[static_cast<std::size_t>(encoding)];
}

std::optional<int> WholeNumber(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::vector<std::string_view> Fields(std::string_view text) {
  std::vector<std::string_view> fields;
  for (std::size_t colon = 0; colon != std::string_view::npos;) {
    colon = text.find(':');
    fields.push_back(text.substr(0, colon));
    text.remove_prefix(std::min(text.size(), fields.back().size() + 1));
  }
  return fields;
}

std::string EncodingNames() {
  std::string names;
  for (const EncodingName& row : kEncodings) {
    if (!names.empty()) names += ' ';
    names += row.name;
  }
  return names;
}

}  // namespace

std::string_view NameOf(RawEncoding encoding) { return Row(encoding).name; }

int BytesPerSample(RawEncoding encoding) { return Row(encoding).bytes; }

Status CheckLimits(SampleRate rate, int channels) {
  if (rate.hz < kMinRate.hz || rate.hz > kMaxRate.hz) {
    return Error{Errc::kUnsupported, "a sample rate of " + std::to_string(rate.hz) +
                                         " Hz; supported are " + std::to_string(kMinRate.hz) +
                                         " to " + std::to_string(kMaxRate.hz) + " Hz"};
  }
  if (channels < 1 || channels > kMaxChannels) {
    return Error{Errc::kUnsupported, std::to_string(channels) + " channels; supported are 1 to " +
                                         std::to_string(kMaxChannels)};
  }
  return {};
}

Result<RawFormat> ParseRawFormat(std::string_view text) {
  const auto refused = [&](const std::string& why) {
    return Error{Errc::kInvalidArgument,
                 "raw format '" + std::string(text.substr(0, 40)) + "': " + why};
  };
  const auto fields = Fields(text);
  const auto row = std::find_if(kEncodings.begin(), kEncodings.end(),
                                [&](const EncodingName& r) { return r.name == fields[0]; });
  if (row == kEncodings.end())
    return refused("write ENCODING:RATE:CHANNELS, where ENCODING is one of " + EncodingNames());
  if (fields.size() > 3) return refused("write it like s16le:16000:1");
  RawFormat format;
  format.encoding = row->encoding;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const auto value = WholeNumber(fields[i]);
    if (!value) return refused("write it like s16le:16000:1");
    (i == 1 ? format.rate.hz : format.channels) = *value;
  }
  if (auto status = CheckLimits(format.rate, format.channels); !status)
    return refused(status.error().message);
  return format;
}

}  // namespace euphone

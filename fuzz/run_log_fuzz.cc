#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "curves/curve_fit.h"
#include "curves/run_log.h"

namespace {

std::uint32_t MaskedCrc(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1u ? 0x82f63b78u : 0u);
  }
  crc = ~crc;
  return (crc >> 15 | crc << 17) + 0xa282ead8u;
}

/// A record of these bytes with the checksums that they should have: others would keep a fuzzer
/// out.
std::string RecordOf(std::string_view bytes) {
  const auto little = [](std::uint64_t number, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>(number >> (8 * i) & 0xFF);
    return text;
  };
  const std::string length = little(bytes.size(), 8);
  return length + little(MaskedCrc(length), 4) + std::string(bytes) + little(MaskedCrc(bytes), 4);
}

}  // namespace

/// Any bytes, as a table and as TensorBoard's events: refused, or series that a fit can take.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> warnings;
  std::vector<euphone::RunLog> runs(1);
  for (const std::string& file : {std::string(bytes), RecordOf(bytes)})
    (void)euphone::ReadEvents(file, "fuzz", runs.front(), warnings).has_value();
  if (auto table = euphone::ReadCurveCsv(bytes, "fuzz", warnings)) runs = *std::move(table);
  for (const euphone::RunLog& run : runs) {
    for (const euphone::Series& metric : run.metrics) {
      const auto points = euphone::Cleaned(metric).points;
      if (points.empty() || points.size() > 200 || points.front().x < 0.0) continue;
      const auto outcome = euphone::FitCurve(points);
      if (outcome.fit && std::isnan(outcome.fit->At(outcome.fit->now).value)) std::abort();
    }
  }
  return 0;
}

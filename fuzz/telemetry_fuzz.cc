#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "telemetry/device_metrics.h"
#include "telemetry/score_reference.h"
#include "telemetry/telemetry_book.h"

namespace {

using namespace euphone;

/// Read, written and read again it is the same, and can be told to Prometheus.
void TelemetryIsReadAsWritten(std::string_view text) {
  const auto telemetry = ReadTelemetry(text);
  if (!telemetry) return;
  const auto again = ReadTelemetry(ToJson(*telemetry));
  if (!again || ToJson(*again) != ToJson(*telemetry)) std::abort();
  Exposition out;
  const DeviceTelemetry device{.device = "d", .telemetry = &*telemetry};
  AddDeviceMetrics(out, {&device, 1});
}

void BookIsReadAsWritten(std::string_view text) {
  const auto book = TelemetryBook::Read(text);
  if (!book) return;
  const auto again = TelemetryBook::Read(book->ToJson());
  if (!again || again->ToJson() != book->ToJson()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TelemetryIsReadAsWritten(text);
  BookIsReadAsWritten(text);
  if (const auto reference = ReadScoreReference(text)) {
    for (const ScoreSample& unit : reference->units) CompareScores(unit, unit);
    if (!ReadScoreReference(ToJson(*reference))) std::abort();
  }
  return 0;
}

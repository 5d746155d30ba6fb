#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rollout/device_json.h"
#include "rollout/rollout.h"

namespace {

using namespace euphone;

/// What was read is written, and read again as the same.
void FilterIsReadAsWritten(std::string_view text) {
  const auto filter = TargetFilter::Parse(text);
  if (!filter) return;
  const std::string written = filter->Text();
  if (written.size() > 2000) return;  // With all its brackets it may be too long to be read.
  const auto again = TargetFilter::Parse(written);
  if (again && again->Text() != written) std::abort();
  filter->Matches({.id = "d"}, {.bundle = "b"});
}

void DeviceIsReadAsWritten(std::string_view text) {
  const auto device = ReadDeviceLine(text);
  if (!device) return;
  const auto again = ReadDeviceLine(DeviceLine(*device));
  if (!again || DeviceLine(*again) != DeviceLine(*device)) std::abort();
}

/// A log of anything: applied, and decided upon, it stays sound.
void LogIsSurvived(std::string_view log) {
  static const RolloutPlan plan = *ReadRolloutPlan(
      R"({"schema":"euphone.rollout/1","id":"r","bundle":"b","version":"1.0.0","waves":[{"count":1},{"rest":true}]})");
  Rollout rollout(plan);
  for (int line = 0; line < 64 && !log.empty(); ++line) {
    const std::size_t end = log.find('\n');
    if (const auto event = ReadEventLine(log.substr(0, end))) rollout.Apply(*event);
    log = end == std::string_view::npos ? std::string_view() : log.substr(end + 1);
    const std::vector<const DeviceRecord*> unknown(rollout.devices().size(), nullptr);
    rollout.Decide(unknown, 1'000'000);
    if (rollout.in_flight() > rollout.devices().size()) std::abort();
  }
}

}  // namespace

/// Any bytes, as a rollout, a filter, a device and a log.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)ReadRolloutPlan(bytes);
  FilterIsReadAsWritten(bytes);
  DeviceIsReadAsWritten(bytes);
  LogIsSurvived(bytes);
  return 0;
}

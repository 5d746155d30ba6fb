#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rollout/device_record.h"

namespace euphone {

/// A device's record as a line of JSON, euphone.device/1 without a schema field: what an inventory
/// holds, a device a line (docs/formats/rollout.md).
std::string DeviceLine(const DeviceRecord& device);
/// Fails: kCorrupt, kInvalidArgument naming the field.
Result<DeviceRecord> ReadDeviceLine(std::string_view line);

/// Lines; empty ones are passed over. Fails as ReadDeviceLine, "line 3: …"; kInvalidArgument where
/// an id is there twice; kTooLarge.
Result<std::vector<DeviceRecord>> ReadInventory(std::string_view lines);

}  // namespace euphone

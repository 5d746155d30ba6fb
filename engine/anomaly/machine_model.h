#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anomaly/detector.h"
#include "base/result.h"

namespace euphone {

/// What `euphone watch learn` writes: a detector, and how its windows are cut.
struct MachineModel {
  std::vector<std::string> channels;
  double rate_hz = 0.0;
  double window_s = 0.0;
  AlarmRule alarm;
  Detector detector;  ///< Its features: Windower::Names(channels).
};

/// As JSON, "euphone.anomaly/1": docs/formats/anomaly-model.md, contract/anomaly.schema.json. Same
/// model, same bytes; reading it back gives the same model.
std::string ToJson(const MachineModel& model);

/// Fails: kCorrupt with the field that is wrong; kUnsupported for another version, or for features
/// that this program does not compute.
Result<MachineModel> ParseMachineModel(std::string_view json);

}  // namespace euphone

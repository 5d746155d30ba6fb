#pragma once

#include <cstddef>
#include <memory>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model_ort/node_map.h"

namespace euphone {

/// An acoustic network on a device, and how it did there.
struct DeviceTrial {
  std::unique_ptr<AcousticModel> model;
  NodeMap nodes;
  std::size_t on_device = 0;  ///< Nodes that the device runs; the processor runs the others.
  double difference = 0;      ///< Of its answer to the reference input, as SelfTestReport.
};

/// Opens the acoustic network of a bundle on `options.device`, lets it hear the reference input of
/// the bundle once, and tells what ran where. Fails: kInvalidArgument for a bundle of another kind;
/// kUnsupported, naming the device, where it cannot be had, runs nothing of the network, or
/// computes something else than the bundle expects.
Result<DeviceTrial> TryDevice(const Bundle& bundle, const ModelOptions& options);

}  // namespace euphone

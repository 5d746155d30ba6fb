#pragma once

#include <string>

#include "model/compute_device.h"

namespace euphone {

struct ModelOptions {
  int threads = 1;  ///< Threads of one Run(), 1 to 64; they sleep, not spin, when idle.
  /// Rewrites the graph for speed, which takes time when it is opened.
  bool optimise = true;
  /// What computes; only what hears is ever asked to leave the processor.
  ComputeDevice device = ComputeDevice::kCpu;
  std::string unit = {};  ///< Which of the device's units: "GPU", "1"; empty: its first.
  /// A folder where a device may keep what it compiled a network to; empty: nowhere.
  std::string device_cache = {};
};

}  // namespace euphone

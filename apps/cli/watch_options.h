#pragma once

#include <string>
#include <vector>

#include "anomaly/detector.h"
#include "sensor_input.h"

namespace euphone::cli {

/// What the user asks of `euphone watch`.
struct WatchOptions {
  std::string action;              ///< learn, run, microphone.
  std::vector<std::string> files;  ///< What comes after it.
  SensorOptions input;
  std::string out;
  double window_s = 1.0;
  std::string method = "kmeans", scaling = "robust";
  DetectorConfig detector;
  std::string alarm = "3/5";
  double threshold = 0.0;  ///< 0: the model's.
  std::string day;         ///< Of the recordings; empty: of their files.
  bool json = false, all = false;
};

}  // namespace euphone::cli

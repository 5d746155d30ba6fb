#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/bundle.h"
#include "model/compute_device.h"
#include "model/model_options.h"

namespace euphone {

/// What a choice among devices holds for: this network, this library, this machine, so many threads
/// and this unit. Another one of them is another key, so that a choice goes out of use by itself.
std::string ChoiceKey(const Bundle& bundle, const ModelOptions& options,
                      const std::string& candidates);

/// The choices that were measured, in a file of the user's cache: losing it costs a measurement.
class DeviceCache {
 public:
  explicit DeviceCache(std::filesystem::path file) : file_(std::move(file)) {}

  /// Nothing where none was measured, or where the file is not one of ours.
  std::optional<ComputeDevice> Find(const std::string& key) const;

  /// Adds a choice; the oldest of many go. Fails: kIo.
  Status Keep(const std::string& key, ComputeDevice device) const;

 private:
  std::filesystem::path file_;
};

}  // namespace euphone

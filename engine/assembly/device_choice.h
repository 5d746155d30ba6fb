#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "assembly/device_trials.h"
#include "assembly/installation.h"
#include "base/result.h"
#include "model/bundle.h"
#include "model/model_options.h"

namespace euphone {

/// What --device takes: "auto", then every device by name.
std::vector<std::string> DeviceChoices();

/// What becomes of a device that cannot be had, or is no gain.
enum class DevicePolicy {
  kRequire,  ///< An error: the default where a device is named.
  kPrefer,   ///< The processor stands in for one that cannot be had, and a line says so.
  kAuto,     ///< The fastest is taken, by measurement: the default where none is named.
};
DevicePolicy PolicyOf(const InstallationOptions& options);

/// What hears, and for which a device is looked for.
enum class Hearing {
  kWhole,  ///< Recordings as a whole.
  kLive,   ///< Pieces of some 70 ms: too little to be carried anywhere without being asked.
};

/// The settings with which what hears is to be opened: those of the options, on the device that
/// they name or that is the fastest here. What was measured is kept in the user's cache. Fails: as
/// DevicesOfRuntime.
Result<ModelOptions> DeviceSettings(const Bundle& bundle, const InstallationOptions& options,
                                    Hearing hearing);

/// The device that the options come to after what `doctor` has just measured, which is kept.
ComputeDevice ChoiceAfter(const std::vector<DeviceFinding>& findings, const Bundle& bundle,
                          const InstallationOptions& options);

/// Opens by `open(settings)`, where the options want it; by the processor where they allow that.
template <class Model, class Open>
Result<std::unique_ptr<Model>> OpenOnDevice(const Bundle& bundle,
                                            const InstallationOptions& options, Hearing hearing,
                                            Open open) {
  auto settings = DeviceSettings(bundle, options, hearing);
  if (!settings) return settings.error();
  auto model = open(*settings);
  if (model || settings->device == ComputeDevice::kCpu) return model;
  if (PolicyOf(options) == DevicePolicy::kRequire) return model;
  if (options.notice) options.notice(model.error().message + "; the processor stands in");
  settings->device = ComputeDevice::kCpu;
  return open(*settings);
}

}  // namespace euphone

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "rollout/device_record.h"

namespace euphone {

/// Which devices are meant: hardware = rpi4 and version < 1.3.0 and not tag in (spare, "on loan").
/// The grammar, the fields and their units: docs/formats/rollout.md.

enum class FilterField {
  kId,
  kTag,
  kGroup,
  kHardware,
  kRuntime,
  kVersion,
  kSite,
  kLocale,
  kBattery,
  kCharging,
  kMetered,
  kInLesson,
  kCrashLoops,
  kSelfTest,
  kAnomalyRate,
  kSeenHours,
};

enum class FilterOperator { kEqual, kUnequal, kLess, kAtMost, kMore, kAtLeast };

/// A text is compared with all of `*` standing for any run of characters.
using FilterValue = std::variant<std::string, SemVer, double>;

struct FilterNode {
  enum class Kind { kAll, kAny, kNot, kCompare, kFlag } kind = Kind::kAll;
  std::vector<std::size_t> parts = {};  ///< Of kAll, kAny and kNot: indices of nodes.
  FilterField field = FilterField::kId;
  std::string bundle = {};  ///< Of kVersion: whose; empty: the rollout's.
  FilterOperator compare = FilterOperator::kEqual;
  std::vector<FilterValue> values = {};  ///< Of kCompare: any of them; one, but after `in`.
};

/// What the program knows beside the device's record.
struct FilterContext {
  std::string_view bundle;  ///< What `version` means.
  std::int64_t now = 0;
};

/// A filter as a tree. Copies are cheap enough, matching allocates nothing.
class TargetFilter {
 public:
  /// Matches every device.
  TargetFilter() = default;

  /// Fails: kInvalidArgument, "column 12: …", counted in bytes from 1; kTooLarge over 4,096 bytes
  /// or where it is nested deeper than 64.
  static Result<TargetFilter> Parse(std::string_view text);

  bool Matches(const DeviceRecord& device, const FilterContext& context) const;

  /// With all brackets, for tests and for people who wonder how it was read.
  std::string Text() const;

  bool empty() const { return nodes_.empty(); }

 private:
  friend class FilterParser;
  bool Holds(std::size_t node, const DeviceRecord& device, const FilterContext& context) const;
  std::string TextOf(std::size_t node) const;

  std::vector<FilterNode> nodes_;  ///< The root last.
};

}  // namespace euphone

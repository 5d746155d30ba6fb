#pragma once

#include <array>
#include <string_view>

#include "rollout/target_filter.h"

namespace euphone {

enum class FieldType { kText, kTexts, kVersion, kNumber, kFlag };

struct FieldInfo {
  const char* name;
  FilterField field;
  FieldType type;
};

inline constexpr std::array<FieldInfo, 16> kFilterFields{{
    {"id", FilterField::kId, FieldType::kText},
    {"tag", FilterField::kTag, FieldType::kTexts},
    {"group", FilterField::kGroup, FieldType::kTexts},
    {"hardware", FilterField::kHardware, FieldType::kText},
    {"runtime", FilterField::kRuntime, FieldType::kVersion},
    {"version", FilterField::kVersion, FieldType::kVersion},
    {"site", FilterField::kSite, FieldType::kText},
    {"locale", FilterField::kLocale, FieldType::kText},
    {"battery", FilterField::kBattery, FieldType::kNumber},
    {"charging", FilterField::kCharging, FieldType::kFlag},
    {"metered", FilterField::kMetered, FieldType::kFlag},
    {"in_lesson", FilterField::kInLesson, FieldType::kFlag},
    {"crash_loops", FilterField::kCrashLoops, FieldType::kNumber},
    {"self_test", FilterField::kSelfTest, FieldType::kFlag},
    {"anomaly_rate", FilterField::kAnomalyRate, FieldType::kNumber},
    {"seen_hours", FilterField::kSeenHours, FieldType::kNumber},
}};

const FieldInfo* FindFilterField(std::string_view name);
const FieldInfo& InfoOf(FilterField field);

inline constexpr std::array<std::string_view, 6> kFilterOperators = {"=",  "!=", "<",
                                                                     "<=", ">",  ">="};

}  // namespace euphone

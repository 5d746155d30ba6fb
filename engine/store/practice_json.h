#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "coach/drills.h"
#include "store/drill_plan.h"

namespace euphone {

/// euphone.practice/1 (docs/formats/practice.md). `learner`: as the reader knows her; empty: nobody
/// in particular.
nlohmann::ordered_json PracticeJson(const std::string& learner, const DrillPlan& plan,
                                    const Drill& drill, const Vocabulary& vocabulary,
                                    const LanguagePack& pack);

}  // namespace euphone

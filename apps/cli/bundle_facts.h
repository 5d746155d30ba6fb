#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "model/bundle.h"

namespace euphone::cli {

/// What a bundle is, for people and for programs.
std::string BundleText(const Bundle& bundle);
nlohmann::ordered_json BundleJson(const Bundle& bundle);

struct FileDifference {
  std::string path;
  std::string what = {};      ///< new, changed, gone
  std::int64_t bytes = 0;     ///< Of the new one.
  std::int64_t to_fetch = 0;  ///< Of it, by who has the old bundle; compressed.
};
struct BundleDifference {
  std::vector<FileDifference> files;  ///< Those that differ.
  std::int64_t bytes = 0;             ///< Of the new bundle.
  std::int64_t to_fetch = 0;
};
/// What an update from one bundle to another changes and costs.
BundleDifference DifferenceOf(const Bundle& before, const Bundle& after);
std::string DifferenceText(const Bundle& before, const Bundle& after);
nlohmann::ordered_json DifferenceJson(const Bundle& before, const Bundle& after);

}  // namespace euphone::cli

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.h"
#include "installation.h"
#include "llm_options.h"
#include "llm_summary.h"
#include "store_access.h"

namespace euphone::cli {

/// Which questions are put to which models, and how. What has several values is tried with each.
struct LlmEvalOptions {
  LlmOptions llm;
  StoreOptions store;
  std::string name;                      ///< What the runs are called; empty: by their settings.
  std::vector<std::string> models;       ///< In place of llm.model.
  std::vector<std::string> prompts;      ///< Files; none: the tutor's own.
  std::vector<std::size_t> passages{4};  ///< That a model is given.
  std::vector<std::size_t> shots{0};     ///< Examples that it is shown.
  std::vector<std::string> questions;    ///< Files; none: those that come with the program.
  std::string set = "test";              ///< Of the questions; those without a set are in all.
  std::size_t limit = 0;                 ///< The first so many of each file; 0: all.
  std::size_t repeats = 1;
  double temperature = 0.0;
  int max_tokens = 400;
  std::int64_t seed = 1;          ///< Of the first repeat; the next has the next.
  std::vector<std::string> tags;  ///< NAME=VALUE: what else curves may be drawn over.
  std::vector<double> price;      ///< Of a million tokens that are sent, and that are written.
  bool json = false;
};

/// Of --price.
LlmPrice PriceOf(const std::vector<double>& price);

/// Tries all of them, keeps each answer as it comes, and tells the runs' figures. What was kept
/// before under the same name and settings is not asked again.
ExitCode EvaluateLlms(const LlmEvalOptions& options, const InstallationOptions& installation);

}  // namespace euphone::cli

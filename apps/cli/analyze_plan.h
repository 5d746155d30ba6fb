#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "job_list.h"
#include "learner_log.h"
#include "monitor/telemetry_log.h"
#include "report/report.h"

namespace euphone::cli {

/// What the user asks of `euphone analyze`.
struct AnalyzeOptions {
  std::vector<std::string> files;
  std::string text, text_file, manifest, id, out, raw, microphone;
  std::vector<std::string> formats;
  std::string alphabet = "arpabet", colour = "auto";
  double max_seconds = ReadOptions{}.max_seconds;
  std::size_t jobs = 0;
  bool verbose = false, label_phones = false, compact = false, trust_text = false;
  std::string learner;  ///< Empty: nothing is kept in the store.
  StoreOptions store;
  bool free = false;  ///< No text: score what a recogniser writes down.
};

/// Everything that is decided before the first recording is opened.
struct Plan {
  std::vector<Job> jobs;
  bool one_text = false;  ///< All jobs share one that was given.
  std::vector<const ReportFormat*> formats;
  ReadOptions read;
  ReportOptions report;
  std::filesystem::path out;
  std::shared_ptr<LearnerLog> log;  ///< Null: nothing is kept in the store.
  std::shared_ptr<monitor::TelemetryLog> telemetry = nullptr;  ///< Null: nothing is counted.
};

/// Whether any recording comes without a text.
bool NeedsRecogniser(const Plan& plan);

/// What the option parser cannot check by itself; empty if all is well.
std::string Contradiction(const AnalyzeOptions& options);

/// Reads the texts and the manifest, and makes the folder for results. Fails: kNotFound, kIo,
/// kTooLarge, kInvalidArgument; the message names the file and its line.
Result<Plan> MakePlan(const AnalyzeOptions& options);

}  // namespace euphone::cli

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "installation.h"
#include "lesson/lesson_pack.h"
#include "store_access.h"

namespace euphone::cli {

struct LiveOptions {
  std::vector<std::string> texts;
  std::string text_file;
  std::string lesson;
  std::vector<std::string> from;  ///< Recordings in place of the microphone; "-": standard input.
  std::string device;             ///< Microphone.
  std::string loudspeaker;
  std::string voice;  ///< Of the model reading.
  std::optional<double> speed;
  std::optional<int> rate;
  std::optional<double> patience;  ///< Seconds.
  std::string save;
  std::string learner;  ///< Empty: takes are not kept in the store.
  StoreOptions store;
  bool events = false;
  bool plain = false;
  bool until_done = false;
  bool hands_free = false;
  std::optional<std::string> wake;  ///< Wake phrase; absent: that of HandsFreeConfig.
};

/// What is practised at a time.
struct LiveItem {
  std::string text;
  std::optional<LessonItem> lesson = std::nullopt;
};

enum class LiveMode { kScreen, kPlain, kEvents };

struct LivePlan {
  LiveMode mode = LiveMode::kPlain;
  std::string title;  ///< Of the lesson; empty where there is none.
  std::vector<LiveItem> items;
};

/// What does not go together, or is missing; empty where all is well.
std::string LiveContradiction(const LiveOptions& options);

/// Reads the texts. Only a screen has several items: without one, all texts are one, read in order.
/// Fails: as ReadFile and OpenLesson; kInvalidArgument for a text without a word in it.
Result<LivePlan> MakeLivePlan(const LiveOptions& options, const InstallationOptions& installation,
                              bool terminal);

}  // namespace euphone::cli

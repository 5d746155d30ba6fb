#include "live_plan.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "exit_code.h"
#include "lessons.h"
#include "standard_input.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kLargestLiveText = 1 << 20;

Result<std::string> TextOfFile(const std::string& file) {
  if (file != "-") return ReadFile(file, kLargestLiveText);
  AnnounceStandardInput("a text (Ctrl-D ends it)");
  return ReadStandardInput(kLargestLiveText);
}

bool FromPipe(const LiveOptions& options) {
  return std::ranges::find(options.from, "-") != options.from.end();
}

std::string InputContradiction(const LiveOptions& options) {
  if (!options.device.empty() && !options.from.empty())
    return "--device names a microphone, --from what is heard in place of one; give one of them";
  if (FromPipe(options) && options.from.size() > 1)
    return "--from - is all that is heard; leave the other recordings out";
  if (FromPipe(options) && options.text_file == "-")
    return "standard input (-) can be read only once";
  if (options.rate && !FromPipe(options)) return "--rate is for --from -";
  if (options.speed && options.from.empty()) return "--speed is for --from FILE";
  if (options.speed.value_or(0.0) != 0.0 && FromPipe(options))
    return "a pipe has a speed of its own; --from - goes with --speed 0 only";
  return {};
}

}  // namespace

std::string LiveContradiction(const LiveOptions& options) {
  const int given = (options.texts.empty() ? 0 : 1) + (options.text_file.empty() ? 0 : 1) +
                    (options.lesson.empty() ? 0 : 1);
  if (given == 0) return "what is to be read? Give --text \"…\", --text-file FILE or --lesson PACK";
  if (given > 1)
    return "--text, --text-file and --lesson all say what is to be read; give one of them";
  if (options.events && options.plain) return "--events and --plain exclude each other";
  if (options.wake && !options.hands_free) return "--wake is for --hands-free";
  return InputContradiction(options);
}

Result<LivePlan> MakeLivePlan(const LiveOptions& options, const InstallationOptions& installation,
                              bool terminal) {
  LivePlan plan;
  plan.mode = options.events               ? LiveMode::kEvents
              : options.plain || !terminal ? LiveMode::kPlain
                                           : LiveMode::kScreen;
  for (const std::string& text : options.texts) plan.items.push_back({text});
  if (!options.text_file.empty()) {
    auto text = TextOfFile(options.text_file);
    if (!text) return text.error();
    plan.items.push_back({*std::move(text)});
  }
  if (!options.lesson.empty()) {
    auto pack = OpenLesson(installation, options.lesson);
    if (!pack) return pack.error();
    plan.title = pack->title;
    for (LessonItem& item : pack->items) {
      std::string text = item.text;
      plan.items.push_back({std::move(text), std::move(item)});
    }
  }
  if (plan.mode == LiveMode::kScreen || plan.items.size() == 1) return plan;
  if (options.from.size() > 1) {
    return Error{Errc::kInvalidArgument,
                 "several recordings go with the screen, one for each text; without it give one"};
  }
  LiveItem all;
  for (const LiveItem& item : plan.items) all.text += (all.text.empty() ? "" : "\n\n") + item.text;
  plan.items = {std::move(all)};
  return plan;
}

}  // namespace euphone::cli

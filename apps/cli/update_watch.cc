#include "update_watch.h"

#include <cmath>
#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <utility>

#include "assembly/updated_bundle.h"
#include "audio/audio_encoder.h"
#include "run_self.h"
#include "update/in_use.h"
#include "update/updater.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using ShadowJson = nlohmann::json;

constexpr double kShadowSeconds = 120;
constexpr std::int64_t kShadowMemoryMb = 1500;

/// The total score and those of the words, of an analysis as a document.
struct ShadowScores {
  double total = 0;
  std::vector<double> words;
};

std::optional<ShadowScores> ScoresIn(const std::string& document) {
  const auto json = ShadowJson::parse(document, nullptr, false);
  if (!json.is_object() || json.value("verdict", "") != "scored") return std::nullopt;
  ShadowScores scores{.total = json.at("scores").value("total", std::nan("")), .words = {}};
  for (const ShadowJson& word : json.at("words")) {
    if (word.at("accuracy").is_number()) scores.words.push_back(word["accuracy"].get<double>());
  }
  return scores;
}

/// How differently words were judged; where not even the same ones were heard, how differently all.
double WordDifference(const ShadowScores& a, const ShadowScores& b) {
  if (a.words.size() != b.words.size() || a.words.empty()) return std::abs(a.total - b.total);
  double sum = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) sum += std::abs(a.words[i] - b.words[i]);
  return sum / static_cast<double>(a.words.size());
}

/// Has two bundles judge one utterance, one after the other. Nothing where that says nothing: the
/// one in use gave no score.
std::optional<ShadowRun> Compare(const fs::path& in_use, const fs::path& candidate,
                                 const InstallationOptions& options, const std::string& audio,
                                 const std::string& text) {
  const auto sound = UnseenFile::Holding(audio), words = UnseenFile::Holding(text);
  if (!sound || !words) return std::nullopt;
  const auto judged_by = [&](const fs::path& bundle) {
    std::vector<std::string> arguments = {
        "analyze", sound->path(), "--text-file",   words->path(), "--format",
        "json",    "--model",     bundle.string(), "--language",  options.language};
    if (!options.data.empty()) arguments.insert(arguments.end(), {"--data", options.data});
    return RunSelf(arguments,
                   {.seconds = kShadowSeconds, .memory_mb = kShadowMemoryMb, .polite = true});
  };
  const auto before = judged_by(in_use);
  if (!before || !before->failure.empty()) return std::nullopt;
  const auto old_scores = ScoresIn(before->output);
  if (!old_scores) return std::nullopt;
  const auto after = judged_by(candidate);
  if (!after) return std::nullopt;
  ShadowRun run{.old_score = old_scores->total,
                .old_ms = before->cpu_ms,
                .new_ms = after->cpu_ms,
                .old_mb = before->peak_mb,
                .new_mb = after->peak_mb,
                .failure = after->failure};
  const auto new_scores = ScoresIn(after->output);
  if (new_scores) {
    run.new_score = new_scores->total;
    run.word_difference = WordDifference(*old_scores, *new_scores);
  } else if (run.failure.empty()) {
    run.failure = "gave no score where the one in use did";
  }
  return run;
}

class LearnersWatch final : public BundleWatch {
 public:
  LearnersWatch(fs::path updates, std::string name, fs::path in_use,
                const InstallationOptions& options)
      : updates_(std::move(updates)),
        name_(std::move(name)),
        in_use_(std::move(in_use)),
        options_(options) {}

  void BeginTrial(const std::string& id) { trial_.emplace(updates_, name_, id); }
  void BeginShadow(fs::path candidate) { candidate_ = std::move(candidate); }

  void Judged(const Recording& recording, std::string_view text) override {
    const std::lock_guard lock(mutex_);
    if (trial_ && StillOnTrial()) trial_->Good();
    // One at a time: a learner who goes on quickly is not followed everywhere.
    if (candidate_.empty() || running_ || text.empty()) return;
    auto audio = EncodeAudio(recording.samples, recording.rate, ".wav");
    if (!audio) return;
    running_ = true;
    shadow_ = std::jthread([this, audio = *std::move(audio), words = std::string(text)] {
      if (const auto run = Compare(in_use_, candidate_, options_, audio, words))
        static_cast<void>(AppendShadowRun(ShadowFile(updates_, name_), *run));
      const std::lock_guard done(mutex_);
      running_ = false;
    });
  }

  void Failed() override {
    const std::lock_guard lock(mutex_);
    if (trial_) trial_->Bad();
  }

 private:
  /// A server judges on when the probation is long over.
  bool StillOnTrial() const {
    const auto in_use = FindInUse(updates_, name_);
    return in_use && *in_use && (*in_use)->on_probation && (*in_use)->folder == in_use_;
  }

  const fs::path updates_;
  const std::string name_;
  const fs::path in_use_;
  const InstallationOptions options_;
  std::mutex mutex_;
  std::optional<TrialUse> trial_;
  fs::path candidate_;
  bool running_ = false;
  std::jthread shadow_;  // The last member: it uses the others to its end.
};

}  // namespace

std::string UpdateMark(const std::string& name) {
  const fs::path updates = UpdatesFolder();
  if (updates.empty()) return {};
  const auto state = ReadDeviceState(updates);
  if (!state) return {};
  const auto found = state->bundles.find(name);
  if (found == state->bundles.end()) return {};
  const auto in_use = FindInUse(*state, updates, name);
  const auto& candidate = found->second.candidate;
  return (in_use ? in_use->id : "") + "/" +
         (candidate && candidate->phase == Phase::kTested ? candidate->release.id : "");
}

std::shared_ptr<void> HeldForLesson() {
  const fs::path updates = UpdatesFolder();
  std::error_code ignored;
  if (updates.empty() || !fs::exists(updates / "state.json", ignored)) return nullptr;
  auto lock = HoldForLesson(updates);
  if (!lock) return nullptr;
  return std::make_shared<FileLock>(*std::move(lock));
}

std::shared_ptr<BundleWatch> WatchForUpdates(const Bundle& bundle,
                                             const InstallationOptions& options) {
  const fs::path updates = UpdatesFolder();
  if (updates.empty()) return nullptr;
  const std::string& name = bundle.manifest().name;
  const auto state = ReadDeviceState(updates);
  if (!state) return nullptr;
  const auto found = state->bundles.find(name);
  if (found == state->bundles.end()) return nullptr;
  const SlotState& slots = found->second;
  const fs::path path = bundle.name();
  const auto in_use = FindInUse(*state, updates, name);
  const bool is_in_use = in_use ? in_use->folder == path : path.filename() == name;
  if (!is_in_use) return nullptr;
  auto watch = std::make_shared<LearnersWatch>(updates, name, path, options);
  const bool on_probation = in_use && in_use->on_probation;
  const bool shadowing = slots.candidate && slots.candidate->phase == Phase::kTested;
  if (!on_probation && !shadowing) return nullptr;
  if (on_probation) watch->BeginTrial(in_use->id);
  if (shadowing) watch->BeginShadow(SlotFolder(updates, name, slots.candidate->slot));
  return watch;
}

Result<Engine> OpenWatchedEngine(const InstallationOptions& options, const AnalyzerConfig& config,
                                 std::shared_ptr<const Lexicon> lexicon) {
  return OpenEngine(options, config, std::move(lexicon), WatchForUpdates);
}

}  // namespace euphone::cli

#include "agent/offer_runner.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "agent/pace.h"
#include "model/text_rules.h"
#include "update/trust.h"

namespace euphone::agent {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int kMostFaults = 3;
constexpr std::uintmax_t kSpareBytes = 16 << 20;

std::string NameOf(const fleet::Offer& offer) {
  return offer.rollout + "/" + std::to_string(offer.attempt) + "/" + offer.bundle;
}

/// Knows whose fault a failure was: the source's, or this device's.
class WatchedSource final : public UpdateSource {
 public:
  explicit WatchedSource(UpdateSource& source) : source_(source) {}
  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override {
    auto content = source_.Fetch(path, max_bytes);
    failed_ = !content;
    return content;
  }
  bool failed() const { return failed_; }

 private:
  UpdateSource& source_;
  bool failed_ = false;
};

bool HasRoom(const fs::path& folder, std::int64_t bytes) {
  std::error_code error;
  fs::create_directories(folder, error);
  const fs::space_info space = fs::space(folder, error);
  return error || space.available >= static_cast<std::uintmax_t>(bytes) + kSpareBytes;
}

}  // namespace

std::int64_t OfferRunner::Now() const {
  if (options_.now) return options_.now();
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool InLesson(const fs::path& updates) {
  std::error_code ignored;
  if (!fs::exists(updates / "lesson.lock", ignored)) return false;
  return !FileLock::Take(updates / "lesson.lock", FileLock::Kind::kAlone,
                         FileLock::Patience::kNone);
}

OfferRunner::OfferRunner(Updater updater, OfferRunnerOptions options)
    : updater_(std::move(updater)),
      options_(std::move(options)),
      memory_(ReadAgentMemory(options_.folder)) {}

void OfferRunner::Run(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { Wake(); });
  while (!stop.stop_requested()) {
    if (Turn(stop)) continue;
    const bool waits = Waits();
    std::unique_lock lock(mutex_);
    const auto something = [&] { return woken_ || new_orders_ || stop.stop_requested(); };
    if (waits)
      changed_.wait_for(lock, options_.look, something);
    else
      changed_.wait(lock, something);
    woken_ = false;
  }
}

bool OfferRunner::Turn(const std::stop_token& stop) {
  TakeOrders();
  bool moved = false;
  for (const KnownOffer& known : memory().offers) {
    if (!known.standing.final() && !stop.stop_requested()) moved |= Work(known, stop);
  }
  return (!stop.stop_requested() && AdvanceOthers()) || moved;
}

void OfferRunner::Order(fleet::Orders orders) {
  const std::lock_guard lock(mutex_);
  orders_ = std::move(orders);
  new_orders_ = true;
  changed_.notify_all();
}

void OfferRunner::Wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

AgentMemory OfferRunner::memory() const {
  const std::lock_guard lock(mutex_);
  return memory_;
}

void OfferRunner::TakeOrders() {
  fleet::Orders orders;
  std::vector<KnownOffer> gone;
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(new_orders_, false)) return;
    orders = *orders_;
    for (const KnownOffer& known : memory_.offers) {
      if (std::ranges::none_of(orders.offers, [&](const auto& one) { return known.Is(one); }))
        gone.push_back(known);
    }
    bool any = false;
    for (const fleet::Offer& offer : orders.offers) {
      if (Find(offer) != nullptr) continue;
      any = true;
      memory_.offers.push_back({.offer = offer});
      Tell("offered: " + offer.bundle + " " + offer.version.Text() + " (" + offer.rollout + ")");
    }
    if (any) Keep();
  }
  for (const KnownOffer& known : gone) Drop(known, orders);
}

/// What is in use stays, and its end is told; what was fetched goes, but for another offer of it.
void OfferRunner::Drop(const KnownOffer& known, const fleet::Orders& orders) {
  const std::string& bundle = known.offer.bundle;
  const bool again = std::ranges::any_of(orders.offers, [&](const fleet::Offer& one) {
    return one.bundle == bundle && one.version == known.offer.version;
  });
  const auto state = updater_.state();
  const auto found = state ? state->bundles.find(bundle)
                           : std::map<std::string, SlotState, std::less<>>::const_iterator();
  const bool has_state = state && found != state->bundles.end();
  const std::string version = known.offer.version.Text();
  const bool candidate =
      has_state && found->second.candidate && found->second.candidate->release.version == version;
  const bool on_probation = has_state && found->second.active && found->second.probation > 0 &&
                            found->second.in(*found->second.active)->version == version;
  if (candidate && !again) {
    if (auto status = updater_.Recall(bundle, Now()); !status) Tell(status.error().message);
    Tell("recalled: " + bundle + " " + version);
  }
  const std::lock_guard lock(mutex_);
  std::erase_if(memory_.offers, [&](KnownOffer& one) {
    if (!one.Is(known.offer)) return false;
    one.recalled = true;
    return !on_probation && (!one.standing.final() || one.untold.empty());
  });
  troubles_.erase(NameOf(known.offer));
  Keep();
}

OfferStanding OfferRunner::Standing(const KnownOffer& known) const {
  const auto state = updater_.state();
  if (!state) return known.standing;
  return StandingOf(*state, known.offer.bundle, known.offer.version.Text(), known.release,
                    updater_.VersionInUse(*state, known.offer.bundle));
}

bool OfferRunner::Work(KnownOffer known, const std::stop_token& stop) {
  // It becomes a part of paths.
  if (!IsName(known.offer.bundle)) return Ends(known, "what is offered is no bundle's name");
  const OfferStanding standing = Standing(known);
  if (standing.stage <= DeviceStage::kDownloading) {
    return !known.recalled && StillOrdered(known.offer) && Fetch(known, stop);
  }
  Stand(known, standing);
  if (standing.final()) return true;
  bool moved = false;
  while (!stop.stop_requested() && AdvanceOne(known)) moved = true;
  return moved;
}

/// One step; whether it was one.
bool OfferRunner::AdvanceOne(const KnownOffer& known) {
  if (InLesson(updater_.config().updates) || !StillOrdered(known.offer)) return false;
  const auto progressed = updater_.Advance(known.offer.bundle, Now());
  if (!progressed) Tell(progressed.error().message);
  const OfferStanding standing = Standing(known);
  Stand(known, standing);
  return progressed && !standing.final() &&
         (*progressed == Progressed::kOn || *progressed == Progressed::kInUse);
}

/// What was installed by hand, and what was recalled when it was in use already.
bool OfferRunner::AdvanceOthers() {
  const auto state = updater_.state();
  if (!state || InLesson(updater_.config().updates)) return false;
  const AgentMemory known = memory();
  bool moved = false;
  for (const auto& [name, slots] : state->bundles) {
    const bool offered = std::ranges::any_of(known.offers, [&, &bundle = name](const auto& one) {
      return one.offer.bundle == bundle && !one.standing.final() && !one.recalled &&
             one.standing.stage > DeviceStage::kDownloading;
    });
    if (offered || (!slots.candidate && slots.probation == 0)) continue;
    const auto progressed = updater_.Advance(name, Now());
    moved |= progressed && *progressed != Progressed::kWaits && *progressed != Progressed::kNothing;
  }
  return moved;
}

bool OfferRunner::Fetch(KnownOffer& known, const std::stop_token& stop) {
  if (const auto trouble = troubles_.find(NameOf(known.offer));
      trouble != troubles_.end() && steady_clock::now() < trouble->second.next)
    return false;
  const auto source = options_.source ? options_.source() : nullptr;
  if (!source) return false;
  Stand(known, {.stage = DeviceStage::kDownloading});
  auto trust = TrustStore::Open(updater_.config().updates / "trust");
  if (!trust) return Failed(known, {Errc::kCorrupt, trust.error().message});
  const auto targets = trust->Refresh(*source, Now());
  if (!targets) return Failed(known, targets.error());
  const Release* release = targets->Find(known.offer.bundle, known.offer.version.Text());
  if (release == nullptr) {
    return Failed(known, {Errc::kNotFound, "there is no release of " + known.offer.bundle + " " +
                                               known.offer.version.Text()});
  }
  known.release = release->id();
  {
    const std::lock_guard lock(mutex_);
    if (KnownOffer* kept = Find(known.offer)) kept->release = known.release;
    Keep();
  }
  if (Standing(known).stage > DeviceStage::kDownloading) return true;
  if (!HasRoom(updater_.config().updates, release->bundle.length)) return Ends(known, "space");
  return Stage(known, *release, *source, stop);
}

bool OfferRunner::Stage(KnownOffer& known, const Release& release, UpdateSource& source,
                        const std::stop_token& stop) {
  WatchedSource watched(source);
  Pace pace(options_.most_kb_per_second);
  const auto go_on = [&] { return !stop.stop_requested() && StillOrdered(known.offer); };
  DownloadOptions download;
  download.progress = [&](std::int64_t fetched, std::int64_t done, std::int64_t all) {
    pace.Wait(fetched, go_on);
    {
      const std::lock_guard lock(mutex_);
      if (KnownOffer* kept = Find(known.offer)) {
        kept->done_bytes = done;
        kept->all_bytes = all;
      }
    }
    return go_on();
  };
  const auto report = updater_.Stage(release, watched, download, Now());
  if (report) {
    troubles_.erase(NameOf(known.offer));
    Stand(known, Standing(known));
    return true;
  }
  if (report.error().code == Errc::kUnsupported) return Ends(known, report.error().message);
  if (Standing(known).stage > DeviceStage::kDownloading) return true;  // It is in use already.
  if (report.error().code == Errc::kIo && !watched.failed()) {
    if (!HasRoom(updater_.config().updates, 0)) return Ends(known, "space");
    return Failed(known, {Errc::kInternal, report.error().message});
  }
  return Failed(known, report.error());
}

/// What may pass is tried again, later and later; what is wrong with the content, a few times.
bool OfferRunner::Failed(const KnownOffer& known, const Error& error) {
  Trouble& trouble = troubles_[NameOf(known.offer)];
  {
    const std::lock_guard lock(mutex_);
    KnownOffer* kept = Find(known.offer);
    if (kept != nullptr && std::exchange(kept->waits, error.message) != error.message)
      Tell(error.message);
  }
  switch (error.code) {
    case Errc::kIo:               // The hub is away.
    case Errc::kInvalidArgument:  // It was stopped, or what is in use is on probation.
      break;
    case Errc::kNotFound: {
      const auto now = steady_clock::now();
      if (!trouble.missing_since) trouble.missing_since = now;
      if (now - *trouble.missing_since >= options_.missing_for) return Ends(known, "download");
      return LaterAgain(known);
    }
    default:
      if (++trouble.faults >= kMostFaults) return Ends(known, error.message);
  }
  return LaterAgain(known);
}

bool OfferRunner::LaterAgain(const KnownOffer& known) {
  Trouble& trouble = troubles_[NameOf(known.offer)];
  trouble.wait = std::clamp(2 * trouble.wait, options_.first_retry, options_.last_retry);
  trouble.next = steady_clock::now() + trouble.wait;
  return false;
}

bool OfferRunner::Ends(const KnownOffer& known, std::string reason) {
  reason.resize(std::min<std::size_t>(reason.size(), 500));
  Stand(known, {.stage = DeviceStage::kFailed, .reason = std::move(reason)});
  troubles_.erase(NameOf(known.offer));
  return true;
}

void OfferRunner::Stand(const KnownOffer& known, const OfferStanding& standing) {
  const std::lock_guard lock(mutex_);
  KnownOffer* kept = Find(known.offer);
  if (kept == nullptr || standing.stage == DeviceStage::kOffered) return;
  if (kept->standing.stage == standing.stage) return;
  kept->standing = standing;
  kept->waits.clear();
  kept->untold.push_back(standing);
  Keep();
  Tell(known.offer.bundle + " " + known.offer.version.Text() + ": " +
       std::string(kStageNames[static_cast<std::size_t>(standing.stage)]) +
       (standing.reason.empty() ? "" : ": " + standing.reason));
}

bool OfferRunner::StillOrdered(const fleet::Offer& offer) const {
  const std::lock_guard lock(mutex_);
  if (!orders_) return true;  // As far as is known.
  const auto is_it = [&](const fleet::Offer& one) { return KnownOffer{.offer = one}.Is(offer); };
  return std::ranges::any_of(orders_->offers, is_it);
}

bool OfferRunner::Waits() const {
  if (std::ranges::any_of(memory().offers, [](const auto& one) { return !one.standing.final(); }))
    return true;
  const auto state = updater_.state();
  return state && std::ranges::any_of(state->bundles, [](const auto& one) {
           return one.second.candidate || one.second.probation > 0;
         });
}

void OfferRunner::Told(const fleet::Offer& offer) {
  const std::lock_guard lock(mutex_);
  KnownOffer* known = Find(offer);
  if (known == nullptr || known->untold.empty()) return;
  known->untold.erase(known->untold.begin());
  if (known->recalled && known->standing.final() && known->untold.empty())
    std::erase_if(memory_.offers, [&](const KnownOffer& one) { return one.Is(offer); });
  Keep();
}

void OfferRunner::EventsTold(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  memory_.events_told = number;
  Keep();
}

KnownOffer* OfferRunner::Find(const fleet::Offer& offer) {
  const auto found =
      std::ranges::find_if(memory_.offers, [&](const KnownOffer& one) { return one.Is(offer); });
  return found == memory_.offers.end() ? nullptr : &*found;
}

void OfferRunner::Keep() {
  if (auto status = WriteAgentMemory(options_.folder, memory_); !status)
    Tell(status.error().message);
}

void OfferRunner::Tell(const std::string& line) const {
  if (options_.tell) options_.tell(line);
}

}  // namespace euphone::agent

#include "agent/agent.h"

#include <nlohmann/json.hpp>
#include <random>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "agent/agent_status.h"
#include "agent/device_facts.h"
#include "agent/nats_source.h"
#include "fleet/wire.h"
#include "rollout/device_json.h"

namespace euphone::agent {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTurn{250};           // How soon the loop sees what is new.
constexpr milliseconds kLook{2000};          // Between looks at this device itself.
constexpr milliseconds kListenAnew{600000};  // A watch that has died without a word is found out.
constexpr milliseconds kTellAgain{3000};     // After the server has not taken something.
constexpr milliseconds kFirstWait{500}, kLastWait{30000};  // Between tries to connect.

std::int64_t SecondsNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A time, and up to `part` of it more.
milliseconds WithChance(milliseconds time, double part) {
  static thread_local std::minstd_rand chance{std::random_device{}()};
  const double more = std::uniform_real_distribution<double>(0.0, part)(chance);
  return time + milliseconds(static_cast<std::int64_t>(more * static_cast<double>(time.count())));
}

/// Sleeps, unless it is asked to stop.
void SleepFor(milliseconds time, const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!stop.stop_requested() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::min<milliseconds>(time, kTurn));
}

OfferRunnerOptions RunnerOptions(const AgentOptions& options,
                                 std::function<std::shared_ptr<HubLink>()> link) {
  OfferRunnerOptions runner = options.runner;
  runner.folder = options.folder;
  runner.most_kb_per_second = options.config.most_kb_per_second;
  runner.tell = options.tell;
  runner.source = [link = std::move(link)]() -> std::unique_ptr<UpdateSource> {
    auto now = link();
    if (!now || !now->connected()) return nullptr;
    return std::make_unique<NatsSource>(std::move(now));
  };
  return runner;
}

/// What writes that were cut short have left.
void RemoveUnfinished(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> unfinished;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with("memory.json."))
      unfinished.push_back(entry->path());
  }
  for (const auto& file : unfinished) std::filesystem::remove(file, error);
}

}  // namespace

Result<std::unique_ptr<Agent>> Agent::Open(AgentOptions options) {
  const auto take = [&] {
    return FileLock::Take(options.folder / "agent.lock", FileLock::Kind::kAlone,
                          FileLock::Patience::kNone);
  };
  auto lock = take();
  if (!lock) {  // Perhaps somebody only looked whether one runs.
    std::this_thread::sleep_for(kTurn);
    lock = take();
  }
  if (!lock) {
    return Error{Errc::kInvalidArgument,
                 "an agent runs already, or its folder cannot be used: " + lock.error().message};
  }
  RemoveUnfinished(options.folder);
  return std::unique_ptr<Agent>(new Agent(std::move(options), *std::move(lock)));
}

Agent::Agent(AgentOptions options, FileLock lock)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      factory_(FactoryVersions(options_.updater.factory)),
      runner_(Updater(options_.updater), RunnerOptions(options_, [this] { return link(); })) {}

std::shared_ptr<HubLink> Agent::link() const {
  const std::lock_guard lock(mutex_);
  return link_;
}

Status Agent::Run(const std::stop_token& stop) {
  std::jthread worker([this](const std::stop_token& end) { runner_.Run(end); });
  Note(false);
  while (!stop.stop_requested()) {
    const auto opened = Connect(stop);
    if (!opened) break;
    {
      const std::lock_guard lock(mutex_);
      link_ = opened;
    }
    Tell("connected to " + opened->broker().where());
    Serve(opened, stop);
    watch_.reset();
    bucket_.reset();
    const std::lock_guard lock(mutex_);
    link_.reset();
  }
  worker.request_stop();
  worker.join();
  Note(false);
  return {};
}

/// Tries for ever, less and less often; null where it was asked to stop.
std::shared_ptr<HubLink> Agent::Connect(const std::stop_token& stop) {
  milliseconds wait = kFirstWait;
  std::string told;
  while (!stop.stop_requested()) {
    auto broker = BrokerOptionsOf(options_.config);
    broker.reconnect_wait = options_.reconnect_wait;
    auto opened = HubLink::Open(std::move(broker));
    if (opened) return *std::move(opened);
    if (std::exchange(told, opened.error().message) != opened.error().message)
      Tell(told + "; trying on");
    SleepFor(WithChance(wait, 1.0), stop);
    wait = std::min(2 * wait, kLastWait);
  }
  return nullptr;
}

void Agent::Serve(const std::shared_ptr<HubLink>& link, const std::stop_token& stop) {
  const auto step = options_.attach ? options_.attach(link->broker(), options_.config.device)
                                    : std::function<void()>();
  next_listen_ = next_beat_ = next_look_ = next_telling_ = {};
  last_record_.clear();
  while (!stop.stop_requested() && !link->closed()) {
    if (link->TakeBack()) next_listen_ = next_beat_ = next_telling_ = {};
    if (link->connected()) {
      if (Clock::now() >= next_listen_) Listen(*link);
      if (Clock::now() >= next_beat_ || Clock::now() >= next_look_) Beat(*link);
      if (Clock::now() >= next_telling_ && !(TellReports(*link) && TellEvents(*link)))
        next_telling_ = Clock::now() + kTellAgain;
    }
    if (step) step();
    Note(link->connected());
    TakeOrders();
  }
  if (link->closed()) {
    Tell("the hub has closed the connection; trying anew");
    SleepFor(WithChance(kFirstWait * 4, 1.0), stop);
  }
}

/// Begins to watch the orders anew: the first thing that a watch tells is what there is.
void Agent::Listen(HubLink& link) {
  watch_.reset();
  const auto again = [&](const Error& error) {
    Trouble(error.message);
    next_listen_ = Clock::now() + kTellAgain;
  };
  if (!bucket_) {
    auto opened = fleet::KeyValue::Open(link.stream(),
                                        {.name = std::string(fleet::kOrdersBucket), .make = false});
    if (!opened) return again(opened.error());
    bucket_.emplace(*std::move(opened));
  }
  auto watch = bucket_->Watch(options_.config.device);
  if (!watch) {
    bucket_.reset();
    return again(watch.error());
  }
  watch_.emplace(*std::move(watch));
  heard_ = false;
  next_listen_ = Clock::now() + kListenAnew;
  runner_.Wake();
}

/// Waits a moment for what the watch has to tell.
void Agent::TakeOrders() {
  if (!watch_) return std::this_thread::sleep_for(kTurn);
  const auto begun = Clock::now();
  const auto event = watch_->Next(kTurn);
  if (!event) {
    watch_.reset();
    next_listen_ = Clock::now() + kTellAgain;
    return;
  }
  // A watch that gives at once what is no news would be asked without end.
  if (!*event && Clock::now() - begun < kTurn / 2) std::this_thread::sleep_for(kTurn);
  if (!*event) return;
  const auto& entry = (*event)->entry;
  if (!entry) {
    if (!heard_) runner_.Order({});
    heard_ = true;
    return;
  }
  heard_ = true;
  auto orders =
      entry->deleted ? Result<fleet::Orders>(fleet::Orders{}) : fleet::ReadOrders(entry->value);
  if (!orders) return Tell("orders: " + orders.error().message);
  runner_.Order(*std::move(orders));
}

Status Agent::Send(HubLink& link, const fleet::UpMessage& message, const std::string& id) {
  const auto published =
      link.stream().Publish(fleet::UpSubject(options_.config.device), fleet::ToJson(message), id);
  if (published) return {};
  Trouble(published.error().message);
  return published.error();
}

bool Agent::TellReports(HubLink& link) {
  const AgentMemory memory = runner_.memory();
  for (const KnownOffer& known : memory.offers) {
    for (const OfferStanding& standing : known.untold) {
      const fleet::OfferReport report{.rollout = known.offer.rollout,
                                      .attempt = known.offer.attempt,
                                      .stage = standing.stage,
                                      .reason = standing.reason};
      if (auto status = Send(link, {options_.config.device, SecondsNow(), report}, {}); !status)
        return false;
      runner_.Told(known.offer);
    }
  }
  return true;
}

bool Agent::TellEvents(HubLink& link) {
  std::error_code none_yet;
  const auto changed =
      std::filesystem::last_write_time(runner_.updater().config().updates / "state.json", none_yet);
  if (none_yet || changed == state_seen_) return true;
  const auto state = runner_.updater().state();
  if (!state) return true;
  const std::int64_t before = runner_.memory().events_told;
  // Where the updates' folder was made anew, numbers begin anew.
  std::int64_t told = before >= state->next_event ? 0 : before;
  bool all = true;
  for (const UpdateEvent& event : state->events) {
    if (event.number <= told) continue;
    const std::string id = options_.config.device + "-event-" + std::to_string(event.number) + "-" +
                           std::to_string(event.at);
    all = Send(link, {options_.config.device, SecondsNow(), event}, id).has_value();
    if (!all) break;
    told = event.number;
  }
  if (told != before) runner_.EventsTold(told);
  if (all) state_seen_ = changed;
  return all;
}

/// Says how this device is where it is time, or where that has changed.
void Agent::Beat(HubLink& link) {
  next_look_ = Clock::now() + kLook;
  const auto record =
      DescribeDevice(options_.config, runner_.updater(), factory_, ReadPower(options_.power));
  if (!record) return Trouble(record.error().message);
  std::string line = DeviceLine(*record);
  if (Clock::now() < next_beat_ && line == last_record_) return;
  fleet::Heartbeat heartbeat{.record = *record};
  if (options_.telemetry) heartbeat.telemetry = options_.telemetry();
  const std::string text =
      fleet::ToJson(fleet::UpMessage{options_.config.device, SecondsNow(), heartbeat});
  if (auto status = link.broker().Publish(fleet::UpSubject(options_.config.device), text); !status)
    return Trouble(status.error().message);
  last_record_ = std::move(line);
  last_beat_ = SecondsNow();
  next_beat_ = Clock::now() + WithChance(options_.heartbeat, 0.1);
  state_seen_ = {};  // Two changes within a file system's tick would look like one.
}

void Agent::Note(bool connected) {
  AgentStatus status{.device = options_.config.device,
                     .hub = fleet::WithoutSecrets(options_.config.url),
                     .connected = connected,
                     .last_heartbeat = last_beat_,
                     .offers = runner_.memory().offers};
  std::string text = ToText(status);
  if (std::exchange(last_note_, text) == text) return;
  WriteAgentStatus(options_.folder, text);
}

/// Says what is wrong once, not at each try.
void Agent::Trouble(const std::string& line) {
  if (std::exchange(last_trouble_, line) != line) Tell(line + "; trying on");
}

void Agent::Tell(const std::string& line) const {
  if (options_.tell) options_.tell(line);
}

}  // namespace euphone::agent

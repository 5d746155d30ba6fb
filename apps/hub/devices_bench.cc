// Devices that speak the fleet's protocol over real connections, for tests and figures of the hub:
//   euphone_hub_devices load URL DEVICES SECONDS RATE     records and heartbeats, so many a second;
//                                                         SIGTERM ends the sending of new ones
//   euphone_hub_devices update URL DEVICES FAULTY         take what they are offered, until
//   SIGTERM;
//                                                         so many of a thousand fail its self-test
// Both print a line of JSON. A device waits for the hub's cursor before it sends what comes next,
// and sends again what nobody answers, as an outbox does.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "fleet/broker.h"
#include "fleet/jet_stream.h"
#include "fleet/key_value.h"
#include "fleet/wire.h"

namespace {

using namespace euphone;
using fleet::Outgoing;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::atomic<bool> stop{false};
constexpr milliseconds kAgain{3000}, kToTake{2000}, kTurn{5};

std::string NameOf(std::size_t number) { return "d-" + std::to_string(number); }

int Failed(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

Outgoing HeartbeatOf(const std::string& name, std::uint64_t minor) {
  DeviceRecord record{.id = name,
                      .hardware = "rpi4",
                      .runtime = {.major = 1},
                      .bundles = {{"std", {.major = 1, .minor = minor}}},
                      .battery = 80};
  return {.subject = fleet::UpSubject(name),
          .data = ToJson(fleet::UpMessage{
              .device = name, .at = 1, .what = fleet::Heartbeat{.record = std::move(record)}})};
}

Outgoing RecordOf(const std::string& name, std::uint64_t seq) {
  fleet::Uplink uplink{.outbox = "box-1"};
  uplink.records.push_back(
      {.seq = seq,
       .record = {.kind = UplinkClass::kScores,
                  .learner = "00000000-0000-4000-8000-000000000000",
                  .body = R"({"sentence":"s-12","total":81.5,"words":[[80,90],[70,88]]})"}});
  return {.subject = fleet::UpSubject(name),
          .data = ToJson(fleet::UpMessage{.device = name, .at = 1, .what = std::move(uplink)})};
}

/// A device that has records to send.
struct Sender {
  std::uint64_t sent = 0, acknowledged = 0;
  Clock::time_point first = {}, last = {};  ///< When the record that waits was sent.
};

int Load(const std::string& url, std::size_t count, double seconds, double rate) {
  auto broker = fleet::Broker::Connect({.url = url,
                                        .name = "devices",
                                        .patience = std::chrono::seconds(20),
                                        .reconnect_wait = milliseconds(50),
                                        .pending_messages = 1u << 20});
  if (!broker) return Failed(broker.error());
  auto stream = fleet::JetStream::Of(*broker);
  if (!stream) return Failed(stream.error());
  std::map<std::string, Sender, std::less<>> senders;
  for (std::size_t i = 0; i < count; ++i) senders[NameOf(i)];
  std::mutex mutex;  // Guards `senders` and `waits`.
  std::vector<double> waits;
  auto down = broker->Subscribe(fleet::DownSubject("*"), [&](const fleet::Message& message) {
    const auto cursors = fleet::ReadCursors(message.data);
    const std::lock_guard lock(mutex);
    const auto found = senders.find(fleet::DeviceOf(message.subject));
    if (!cursors || found == senders.end()) return;
    Sender& sender = found->second;
    const auto upto = cursors->upto[static_cast<std::size_t>(UplinkClass::kScores)];
    if (upto <= sender.acknowledged) return;
    sender.acknowledged = upto;
    waits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sender.first).count());
  });
  if (!down) return Failed(down.error());
  const auto begun = Clock::now();
  const auto age = [&] { return std::chrono::duration<double>(Clock::now() - begun).count(); };
  double due = 0.0, ended = 0.0;
  std::uint64_t heartbeats = 0, again = 0, records = 0;
  auto next = senders.begin();
  bool over = false;
  while (!over || age() < ended + 120.0) {
    std::vector<Outgoing> out;
    bool waiting = false;
    {
      const std::lock_guard lock(mutex);
      const auto now = Clock::now();
      if (!over && (stop || age() >= seconds)) {
        over = true;
        ended = age();
      }
      const double room = age() * rate - due;
      double taken = 0.0;
      for (std::size_t i = 0; i < count && (over || taken < room); ++i) {
        if (next == senders.end()) next = senders.begin();
        auto& [name, sender] = *next++;
        const bool waits_for_it = sender.acknowledged < sender.sent;
        waiting = waiting || waits_for_it;
        if (waits_for_it && now - sender.last < kAgain) continue;
        if (!waits_for_it && over) continue;
        if (waits_for_it) {
          ++again;
        } else {
          ++sender.sent;
          ++records;
          sender.first = now;
          taken += 1.0;
          if (sender.sent % 4 == 1) {
            out.push_back(HeartbeatOf(name, 0));
            ++heartbeats;
            taken += 1.0;
          }
        }
        sender.last = now;
        out.push_back(RecordOf(name, sender.sent));
      }
      due += taken;
    }
    if (over && !waiting && out.empty()) break;
    // What was not taken is sent again, as nobody answers it.
    if (!out.empty()) [[maybe_unused]]
      const Status taken = stream->PublishAll(out, kToTake);
    std::this_thread::sleep_for(kTurn);
  }
  const std::lock_guard lock(mutex);
  std::uint64_t open = 0;
  for (const auto& [name, sender] : senders) open += sender.sent - sender.acknowledged;
  std::ranges::sort(waits);
  const auto at = [&](double share) {
    return waits.empty()
               ? 0.0
               : waits[static_cast<std::size_t>(share * static_cast<double>(waits.size() - 1))];
  };
  std::printf("%s\n", nlohmann::json{{"records", records},
                                     {"heartbeats", heartbeats},
                                     {"sent_again", again},
                                     {"unacknowledged", open},
                                     {"seconds", ended},
                                     {"events_per_second",
                                      static_cast<double>(records + heartbeats) / ended},
                                     {"p50_ms", at(0.5)},
                                     {"p99_ms", at(0.99)}}
                          .dump()
                          .c_str());
  return open == 0 ? 0 : 1;
}

/// A device that takes what it is offered.
struct Taker {
  bool faulty = false;
  std::uint64_t minor = 0;  ///< Of the version that it runs.
  std::string rollout = {};
  int attempt = 0;  ///< 0: nothing is offered.
  int step = 0;     ///< Of what it has reported.
  Clock::time_point next = {};
  std::uint64_t offered = 0;
};

Outgoing ReportOf(const std::string& name, const Taker& taker, DeviceStage stage,
                  const std::string& reason) {
  return {.subject = fleet::UpSubject(name),
          .data = ToJson(fleet::UpMessage{.device = name,
                                          .at = 1,
                                          .what = fleet::OfferReport{.rollout = taker.rollout,
                                                                     .attempt = taker.attempt,
                                                                     .stage = stage,
                                                                     .reason = reason}})};
}

/// What it says next, and when it will go on.
void Step(const std::string& name, Taker& taker, Random& chance, std::vector<Outgoing>& out) {
  taker.next = Clock::now() + milliseconds(50 + static_cast<int>(chance.Below(200)));
  switch (taker.step++) {
    case 0:
      return out.push_back(ReportOf(name, taker, DeviceStage::kDownloading, ""));
    case 1:
      return out.push_back(ReportOf(name, taker, DeviceStage::kStaged, ""));
    default:
      if (taker.faulty) {
        out.push_back(ReportOf(name, taker, DeviceStage::kRolledBack, "self-test"));
      } else {
        taker.minor = taker.offered;
        out.push_back(ReportOf(name, taker, DeviceStage::kSucceeded, ""));
        out.push_back(HeartbeatOf(name, taker.minor));
      }
      // Again, as long as the offer stands.
      taker.next = Clock::now() + kAgain;
  }
}

void Take(Taker& taker, const std::string& text) {
  const auto orders = fleet::ReadOrders(text);
  if (!orders) return;
  if (orders->offers.empty()) {
    taker.attempt = 0;
    return;
  }
  const fleet::Offer& offer = orders->offers.front();
  if (offer.rollout == taker.rollout && offer.attempt == taker.attempt) return;
  taker.rollout = offer.rollout;
  taker.attempt = offer.attempt;
  taker.offered = offer.version.minor;
  taker.step = 0;
  taker.next = Clock::now();
}

int Update(const std::string& url, std::size_t count, std::size_t faulty) {
  auto broker = fleet::Broker::Connect({.url = url,
                                        .name = "devices",
                                        .patience = std::chrono::seconds(20),
                                        .reconnect_wait = milliseconds(50),
                                        .pending_messages = 1u << 20});
  if (!broker) return Failed(broker.error());
  auto stream = fleet::JetStream::Of(*broker);
  if (!stream) return Failed(stream.error());
  auto bucket = fleet::KeyValue::Open(*stream, {.name = std::string(fleet::kOrdersBucket)});
  if (!bucket) return Failed(bucket.error());
  std::map<std::string, Taker> takers;
  std::vector<Outgoing> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = NameOf(i);
    takers[name].faulty = SeedFor(7, name) / 7 % 1000 < faulty;
    out.push_back(HeartbeatOf(name, 0));
  }
  if (const Status told = stream->PublishAll(out, kToTake * 10); !told) return Failed(told.error());
  std::printf("ready\n");
  std::fflush(stdout);
  Random chance(1);
  std::optional<fleet::KvWatch> watch;
  while (!stop) {
    if (!watch) {
      if (auto made = bucket->Watch(">")) watch.emplace(*std::move(made));
      if (!watch) std::this_thread::sleep_for(kTurn * 20);
    }
    for (int i = 0; watch && i < 2000; ++i) {
      const auto event = watch->Next(kTurn);
      if (!event) watch.reset();
      if (!event || !*event) break;
      if (!(*event)->entry) continue;
      const auto found = takers.find((*event)->entry->key);
      if (found != takers.end()) Take(found->second, (*event)->entry->value);
    }
    out.clear();
    const auto now = Clock::now();
    for (auto& [name, taker] : takers)
      if (taker.attempt > 0 && now >= taker.next) Step(name, taker, chance, out);
    if (!out.empty()) [[maybe_unused]]
      const Status taken = stream->PublishAll(out, kToTake);
  }
  std::size_t updated = 0, faulty_devices = 0, broken = 0;
  for (const auto& [name, taker] : takers) {
    if (taker.faulty) ++faulty_devices;
    if (taker.minor > 0) ++updated;
    if (taker.faulty && taker.minor > 0) ++broken;
  }
  std::printf(
      "%s\n",
      nlohmann::json{
          {"devices", count}, {"faulty", faulty_devices}, {"updated", updated}, {"broken", broken}}
          .dump()
          .c_str());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> given(arguments + 1, arguments + count);
  std::signal(SIGTERM, [](int) { stop = true; });
  if (given.size() == 5 && given[0] == "load")
    return Load(given[1], std::stoul(given[2]), std::stod(given[3]), std::stod(given[4]));
  if (given.size() == 4 && given[0] == "update")
    return Update(given[1], std::stoul(given[2]), std::stoul(given[3]));
  std::fprintf(stderr, "arguments: load URL DEVICES SECONDS RATE, or update URL DEVICES FAULTY\n");
  return 2;
}

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "sync/hub.h"
#include "sync/sync_json.h"

namespace euphone {
namespace {

constexpr std::size_t kDevices = 5;
constexpr std::int64_t kClockYearMs = 365LL * 24 * 3600 * 1000;
constexpr std::int64_t kStartMs = 1'790'000'000'000;

std::string Uuid(std::size_t number) {
  return "00000000-0000-4000-8000-00000000000" + std::to_string(number);
}

/// One thing that happens; what its numbers mean depends on what is there.
struct Step {
  unsigned what = 0, a = 0, b = 0, c = 0;
};

struct Device {
  Replica replica;
  Author author;
  VersionVector hub_has = {};
  std::int64_t clock_off = 0;
  bool cut_off = false;
  std::map<std::uint64_t, Stamp> seen =
      {};                           ///< By operation: the latest it was made in knowledge of.
  VersionVector acknowledged = {};  ///< All that it ever had.
};

struct Letter {
  bool to_hub = false;
  std::size_t device = 0;
  SyncMessage message = {};
};

/// A class that is lived through, and the judge of whether it came out well: it keeps each entry
/// that any hub ever made, and works out from those alone what must be there.
class World {
 public:
  World() : hub_("hub.0"), backup_(hub_) {
    for (std::size_t i = 0; i < kDevices; ++i) devices_.push_back(Born(i));
  }

  void Live(const Step& step) {
    Device& device = devices_[step.a % kDevices];
    now_ += step.c % 5000;
    switch (step.what % 16) {
      case 0:
      case 1:
      case 2:
      case 3:
        return Write(device, step);
      case 4:
      case 5:
        return Send(step.a % kDevices);
      case 6:
      case 7:
      case 8:
        return Deliver(step.b, step.c % 4 == 0);
      case 9:
        if (!letters_.empty()) letters_.erase(At(step.b));
        return;
      case 10:
        device.cut_off = step.b % 3 == 0;
        return;
      case 11:
        device.clock_off = (static_cast<std::int64_t>(step.b % 41) - 20) * kClockYearMs /
                           (step.c % 2 ? 1 : 90'000);
        return;
      case 12:
        if (step.b % 4 == 0) hub_off_ = (static_cast<std::int64_t>(step.c % 7) - 3) * kClockYearMs;
        return;
      case 13:
        hub_.Fold();
        if (step.b % 2) device.replica.Fold(device.hub_has);
        return;
      case 14:
        if (step.b % 3) {
          backup_ = hub_;
        } else {
          Restore();
        }
        return;
      case 15:
        return step.b % 8 == 0 ? Reinstall(step.a % kDevices)
                               : Meet(device, devices_[step.b % kDevices]);
    }
  }

  /// Everybody reaches the hub again, until nobody has news. Returns what is wrong, or nothing.
  std::string Heal() {
    for (int round = 0; round < 6; ++round) {
      for (std::size_t i = 0; i < kDevices; ++i) {
        devices_[i].cut_off = false;
        letters_.clear();
        Send(i);
        while (!letters_.empty()) Deliver(0, false);
      }
    }
    return wrong_.empty() ? Judged() : wrong_;
  }

  /// How often the rarer things came to pass.
  struct Told {
    std::size_t snapshots = 0, refused = 0, set_back = 0, set_back_hubs = 0;
  };
  const Told& told() const { return told_; }

 private:
  Device Born(std::size_t place) {
    const std::string name = "d" + std::to_string(place) + "." + std::to_string(births_++);
    return {Replica(name), {place < 2 ? ClassRole::kTeacher : ClassRole::kStudent, Uuid(place)}};
  }
  std::vector<Letter>::iterator At(unsigned which) {
    return letters_.begin() + static_cast<std::ptrdiff_t>(which % letters_.size());
  }

  void Write(Device& device, const Step& step) {
    static const std::array<const char*, 5> kinds = {"lesson", "sentence", "assignment", "comment",
                                                     "poll"};
    Change change{{kinds[step.b % 5], Uuid(step.b / 5 % 3)}};
    const unsigned c = step.c / 7;
    if (c % 11 == 0) {
      change.deletes = true;
    } else if (change.object.kind == "lesson") {
      change.fields["name"] = std::to_string(c);
    } else if (change.object.kind == "sentence") {
      change.fields[c % 2 ? "text" : "note"] = std::to_string(c);
    } else if (change.object.kind == "assignment") {
      if (c % 2) {
        change.fields["handed_in_ms"] = c;
      } else {
        change.fields = {{"learner", Uuid(2 + c % 3)}, {"note", std::to_string(c)}};
      }
    } else if (change.object.kind == "comment") {
      change.fields = {{"author", device.author.user},
                       {"learner", device.author.user},
                       {"text", std::to_string(c)}};
    } else {
      change.fields["unheard_of"] = c;
    }
    const Stamp latest = device.replica.state().latest();
    const auto made = device.replica.Make(change, now_ + device.clock_off);
    if (!made) {
      wrong_ = made.error().message;
      return;
    }
    device.seen[made->stamp.seq] = latest;
  }

  void Send(std::size_t place) {
    const Device& device = devices_[place];
    if (!device.cut_off)
      letters_.push_back({true, place, Greeting(device.replica, device.hub_has)});
  }

  void Deliver(unsigned which, bool stays) {
    if (letters_.empty()) return;
    const auto at = At(which);
    const Letter letter = *at;
    if (!stays) letters_.erase(at);
    Device& device = devices_[letter.device];
    if (device.cut_off) return;
    if (!letter.to_hub) {
      device.replica.Apply(letter.message.delta);
      device.hub_has = letter.message.vector;
      Acknowledge(device);
      return;
    }
    const std::uint64_t before = NumberOf(hub_.replica().vector(), hub_.life());
    told_.snapshots += letter.message.delta.snapshot ? 1u : 0u;
    // A letter of a device that is gone still arrives.
    const auto answer = hub_.Receive(letter.message, device.author, now_ + hub_off_);
    if (!answer) {
      wrong_ = answer.error().message;
      return;
    }
    const std::uint64_t after = NumberOf(hub_.replica().vector(), hub_.life());
    for (std::uint64_t number = before + 1; number <= after; ++number) {
      const Entry& entry = *hub_.replica().Find(hub_.life(), number);
      Check(entry);
      minted_[{entry.hub, number}] = entry;
      const bool alive = entry.operation.stamp.device == device.replica.device();
      if (entry.counts_as && alive &&
          !(device.seen[entry.operation.stamp.seq] < *entry.counts_as)) {
        wrong_ = "a write counts as earlier than what it was made in knowledge of";
      }
    }
    told_.snapshots += answer->delta.snapshot ? 1u : 0u;
    letters_.push_back({false, letter.device, *answer});
  }

  /// What holds of each verdict by itself.
  void Check(const Entry& entry) {
    const Stamp& by = entry.operation.stamp;
    if (!judged_.insert(entry.hub + " " + by.device + " " + std::to_string(by.seq)).second) {
      wrong_ = "a life of the hub judged twice";
    }
    if (!entry.counts_as) {
      ++told_.refused;
      return;
    }
    told_.set_back += *entry.counts_as != by ? 1u : 0u;
    // Not beyond the hub's clock, but for a clock that fell back.
    latest_ms_ = std::max(latest_ms_, now_ + hub_off_ + kMaxAheadMs);
    if (entry.counts_as->ms > latest_ms_) wrong_ = "a write counts as of the far future";
  }

  static void Acknowledge(Device& device) {
    for (const auto& [hub, number] : device.replica.vector()) {
      device.acknowledged[hub] = std::max(device.acknowledged[hub], number);
    }
  }

  void Meet(Device& one, Device& other) {
    other.replica.Apply(one.replica.Missing(other.replica.vector()));
    Acknowledge(other);
  }

  void Restore() {
    const VersionVector before = hub_.replica().vector();
    hub_ = backup_;
    told_.set_back_hubs += Covers(hub_.replica().vector(), before) ? 0u : 1u;
    hub_.Restart("hub." + std::to_string(++lives_));
  }

  void Reinstall(std::size_t place) {
    hub_.Forget(devices_[place].replica.device());
    devices_[place] = Born(place);
  }

  std::string Judged() {
    const VersionVector& vector = hub_.replica().vector();
    const std::string bytes = CanonicalBytes(hub_.replica().state());
    for (const Device& device : devices_) {
      const std::string& name = device.replica.device();
      if (CanonicalBytes(device.replica.state()) != bytes) return name + " differs from the hub";
      if (device.replica.vector() != vector) return name + " has another vector";
      if (!Covers(vector, device.acknowledged)) return name + " was told of what is gone";
      if (!device.replica.pending().empty()) return name + " still waits";
      for (const auto& [seq, latest] : device.seen) {
        if (!hub_.replica().state().Judged(name, seq)) return name + ": a write was lost";
      }
    }
    return Expected(vector);
  }

  /// By the rules as they are written down, from the set of all entries, in no order.
  std::string Expected(const VersionVector& vector) const {
    std::map<ObjectId, bool> deleted;
    std::map<std::pair<ObjectId, std::string>, std::vector<std::pair<Stamp, nlohmann::json>>>
        writes;
    for (const auto& [id, entry] : minted_) {
      if (id.second > NumberOf(vector, id.first) || !entry.counts_as) continue;
      const Change& change = entry.operation.change;
      deleted[change.object] = deleted[change.object] || change.deletes;
      for (const auto& [field, value] : change.fields) {
        writes[{change.object, field}].emplace_back(*entry.counts_as, value);
      }
    }
    const auto& objects = hub_.replica().state().objects();
    if (objects.size() != deleted.size()) return "another number of objects than was written";
    std::size_t fields = 0, expected = 0;
    for (const auto& [id, gone] : deleted) {
      const auto found = objects.find(id);
      if (found == objects.end() || found->second.deleted != gone)
        return "deleted or not: " + id.kind;
      fields += found->second.fields.size();
    }
    for (auto& [where, all] : writes) {
      if (deleted[where.first]) continue;
      ++expected;
      const auto last = std::max_element(
          all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      const nlohmann::json* kept = hub_.replica().state().Value(where.first, where.second);
      if (kept == nullptr || *kept != last->second)
        return where.first.kind + "." + where.second + " is not the last write";
    }
    return fields == expected ? "" : "fields that nobody wrote";
  }

  Hub hub_;
  Hub backup_;
  std::vector<Device> devices_;
  std::vector<Letter> letters_;
  std::map<std::pair<std::string, std::uint64_t>, Entry> minted_;
  std::int64_t now_ = kStartMs;
  std::int64_t hub_off_ = 0;
  std::int64_t latest_ms_ = 0;  ///< By any hub's clock so far, with what is allowed beyond it.
  std::set<std::string> judged_;
  Told told_;
  unsigned births_ = 0;
  unsigned lives_ = 0;
  std::string wrong_;
};

std::string Lived(const std::vector<Step>& steps, World::Told* sum = nullptr) {
  World world;
  for (const Step& step : steps) world.Live(step);
  const std::string wrong = world.Heal();
  if (sum != nullptr) {
    sum->snapshots += world.told().snapshots;
    sum->refused += world.told().refused;
    sum->set_back += world.told().set_back;
    sum->set_back_hubs += world.told().set_back_hubs;
  }
  return wrong;
}

/// Leaves out halves, quarters … as long as it still goes wrong.
std::vector<Step> Shrunk(std::vector<Step> steps) {
  for (std::size_t size = steps.size() / 2; size > 0; size /= 2) {
    for (std::size_t at = 0; at + size <= steps.size();) {
      std::vector<Step> fewer = steps;
      const auto from = fewer.begin() + static_cast<std::ptrdiff_t>(at);
      fewer.erase(from, from + static_cast<std::ptrdiff_t>(size));
      if (Lived(fewer).empty()) {
        at += size;
      } else {
        steps = fewer;
      }
    }
  }
  return steps;
}

TEST(SyncHistory, AfterAnyHistoryAllHaveTheSameAndNothingAcknowledgedIsLost) {
  const char* const wanted = std::getenv("EUPHONE_HISTORIES");
  const std::uint64_t histories = wanted == nullptr ? 10'000 : std::strtoull(wanted, nullptr, 10);
  World::Told sum;
  for (std::uint64_t seed = 0; seed < histories; ++seed) {
    Random random(SeedFor(seed, "sync history"));
    std::vector<Step> steps(20 + random.Below(60));
    for (Step& step : steps) {
      step = {static_cast<unsigned>(random.Below(16)), static_cast<unsigned>(random.Below(1000)),
              static_cast<unsigned>(random.Below(1000)),
              static_cast<unsigned>(random.Below(100'000))};
    }
    const std::string wrong = Lived(steps, &sum);
    if (wrong.empty()) continue;
    std::string told = "seed " + std::to_string(seed) + ": " + wrong + "; shrunk:";
    steps = Shrunk(steps);
    for (const Step& step : steps) {
      for (const unsigned number : {step.what, step.a, step.b, step.c})
        told += " " + std::to_string(number);
      told += ";";
    }
    FAIL() << told << " " << Lived(steps);
  }
  // That it does not pass for want of anything happening.
  EXPECT_GT(sum.snapshots, histories / 10);
  EXPECT_GT(sum.refused, histories);
  EXPECT_GT(sum.set_back, histories / 10);
  EXPECT_GT(sum.set_back_hubs, histories / 10);
}

}  // namespace
}  // namespace euphone

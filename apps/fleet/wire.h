#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "rollout/device_record.h"
#include "rollout/rollout_event.h"
#include "sync/outbox.h"
#include "update/device_state.h"

namespace euphone::fleet {

/// What devices and their hub say to each other, and where (docs/formats/fleet.md). Pure.

/// What the hub keeps in NATS.
inline constexpr std::string_view kUpStream = "EUPHONE_UP";
inline constexpr std::string_view kOrdersBucket = "euphone_orders";  ///< Key: the device.
/// Key: a path of a repository, "metadata/3.targets.json".
inline constexpr std::string_view kRepositoryBucket = "euphone_repository";

/// Letters, digits, '-' and '_', 1 to 64: a part of a subject.
bool IsDeviceName(std::string_view name);

std::string UpSubject(std::string_view device);    ///< "euphone.up.DEVICE", into kUpStream.
std::string DownSubject(std::string_view device);  ///< "euphone.down.DEVICE": Cursors, not kept.
/// "euphone.ask.DEVICE.WHAT": answered by the hub.
std::string AskSubject(std::string_view device, std::string_view what);
/// The device of one of these; empty where it is none.
std::string_view DeviceOf(std::string_view subject);

/// Questions of AskSubject().
inline constexpr std::string_view kAskSync = "sync";        ///< SyncMessage, both ways.
inline constexpr std::string_view kAskCursors = "cursors";  ///< {"outbox":…} → Cursors.

/// A device is well and so on; where it is lost, the next one says the same.
struct Heartbeat {
  DeviceRecord record = {};  ///< As the device knows itself: the hub sets tags, groups, last_seen.
  std::string telemetry = {};  ///< euphone.telemetry/1, JSON; empty: none.
};

/// How a device does with an offer.
struct OfferReport {
  std::string rollout = {};
  int attempt = 1;
  DeviceStage stage = DeviceStage::kDownloading;
  std::string reason = {};
};

/// Records of an outbox, as they wait there.
struct Uplink {
  std::string outbox = {};  ///< Its name: changes where it begins anew.
  std::vector<QueuedRecord> records = {};
};

struct UpMessage {
  std::string device = {};
  std::int64_t at = 0;  ///< Seconds since 1970 by the device's clock, however wrong.
  std::variant<Heartbeat, OfferReport, UpdateEvent, Uplink> what = {};
};

/// euphone.up/1.
std::string ToJson(const UpMessage& message);
/// Fails: kCorrupt, kInvalidArgument naming the field, kUnsupported (another schema), kTooLarge.
Result<UpMessage> ReadUpMessage(std::string_view text);
inline constexpr std::size_t kMostUpBytes = std::size_t{4} << 20;

/// A version that a device is to take.
struct Offer {
  std::string rollout = {};
  int attempt = 1;
  std::string bundle = {};
  SemVer version = {};
};

/// All that a device is to take now. What has vanished since, and is not in use, it drops.
struct Orders {
  std::vector<Offer> offers = {};  ///< One a bundle.
};

/// euphone.orders/1.
std::string ToJson(const Orders& orders);
/// Fails: as ReadUpMessage.
Result<Orders> ReadOrders(std::string_view text);

/// The hub has committed all of a class up to these numbers.
struct Cursors {
  std::string outbox = {};
  std::array<std::uint64_t, kUplinkClasses> upto = {};
};

/// euphone.cursors/1.
std::string ToJson(const Cursors& cursors);
/// Fails: as ReadUpMessage.
Result<Cursors> ReadCursors(std::string_view text);

/// "deletion", "health", "scores", "audio".
inline constexpr std::array<std::string_view, kUplinkClasses> kUplinkClassNames = {
    "deletion", "health", "scores", "audio"};

}  // namespace euphone::fleet

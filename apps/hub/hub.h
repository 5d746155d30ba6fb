#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/file_lock.h"
#include "base/result.h"
#include "fleet/broker.h"
#include "fleet/jet_stream.h"
#include "fleet/key_value.h"
#include "fleet/nats_server.h"
#include "fleet/sync_hub.h"
#include "hub/admissions.h"
#include "hub/hub_desk.h"
#include "hub/intake.h"
#include "hub/published_references.h"
#include "hub/retention.h"

namespace euphone::hub {

/// How operators reach a hub: "euphone.admin", {"token", "verb", "arguments"}, answered with
/// {"reply": …} or {"error": {"code", "message"}}.
inline constexpr const char* kAdminSubject = "euphone.admin";

struct HubOptions {
  std::filesystem::path folder = {};       ///< Of what it keeps; made.
  fleet::BrokerOptions nats = {};          ///< No URL: a server of its own.
  std::string database = {};               ///< Empty: SQLite in the folder.
  std::chrono::seconds patience{600};      ///< How long it waits for that one at its start.
  std::int64_t keep_days = 400;            ///< Records of devices; 0: for ever.
  std::string listen = "127.0.0.1";        ///< Where its own server listens,
  std::uint16_t port = 0;                  ///< and on which port; 0: as before, else a free one.
  std::string known_as = {};               ///< The host that devices are told; empty: `listen`.
  std::string certificate = {}, key = {};  ///< Of its own server, PEM: TLS; empty: none.
  std::function<void(const std::string&)> trouble = {};  ///< Hears of what is wrong for a while.
  std::stop_token stop = {};                             ///< Ends the waiting at its start.
};

/// What stands in FOLDER/hub.json, so that commands on the same machine reach the hub. For its
/// owner alone.
struct HubAddress {
  std::string url = {};
  std::string token = {};
  std::string ca = {};  ///< Whose certificates to trust; empty: the system's authorities.
};
/// Fails: kNotFound, kCorrupt, kIo.
Result<HubAddress> ReadHubAddress(const std::filesystem::path& file);

/// The hub of a fleet: takes what devices say, runs rollouts, answers operators. All that it knows
/// is in its database and in the NATS server; it may be killed at any time.
/// Thread: Open() and Run() on one that stays; Ask() on any.
class Hub {
 public:
  /// Fails: kIo where another hub has the folder, or a server cannot be reached or started.
  static Result<std::unique_ptr<Hub>> Open(const HubOptions& options);
  ~Hub();

  /// Until it is asked to stop. Fails only where it cannot go on at all.
  Status Run(std::stop_token stop);

  /// What an operator asks, with a token, by any door: a whole reply, also of what failed.
  std::string Ask(const std::string& token, const std::string& verb, const std::string& arguments);

  const HubAddress& address() const { return address_; }
  const std::string& database() const { return database_->where(); }
  bool own_server() const { return server_.has_value(); }

 private:
  explicit Hub(const HubOptions& options);
  Status Begin();
  Result<HubDatabase> OpenDatabase(const std::string& url) const;
  Status StartServer();
  Status Connect();
  Status Attach();
  DeskOutlets Outlets();
  Result<std::optional<std::string>> ReadPublishedFile(const std::string& path);
  Status Ready();
  Status Tick();
  Status PutOrders();
  Status ReadOrdersBack(std::set<std::string>& devices);
  void AnswerAdmin(const fleet::Message& message);
  void AnswerCursors(const fleet::Message& message);
  void AnswerSync(const fleet::Message& message);
  Status UsersChanged();
  void Trouble(const std::string& what) const;
  /// Of its own server, for this machine or for others.
  std::string UrlFor(const std::string& user, const std::string& password, bool here) const;

  HubOptions options_;
  std::optional<FileLock> lock_;
  std::optional<Admissions> admissions_;  ///< Of its own server.
  std::optional<fleet::NatsServer> server_;
  std::uint16_t port_ = 0;
  HubAddress address_;

  std::mutex mutex_;  ///< Guards what follows, up to the broker.
  std::optional<HubDatabase> database_;
  std::optional<HubRecords> records_;
  std::optional<DeskRecords> desk_records_;
  std::optional<RolloutDesk> rollouts_;
  std::optional<HubDesk> desk_;
  std::optional<Retention> retention_;
  std::optional<PublishedReferences> references_;
  std::optional<fleet::SyncHub> classes_;  ///< Keeps itself apart; on a connection of its own.
  bool doubtful_ = true;                   ///< What is in memory may not be what is kept.

  std::optional<fleet::Broker> broker_;
  std::optional<fleet::JetStream> stream_;
  std::optional<fleet::KeyValue> orders_, repository_;
  std::optional<Intake> intake_;
  std::vector<fleet::Subscription> subscriptions_;
  std::map<std::string, std::string> told_;  ///< Orders as they stand in the bucket.
  std::atomic<bool> compare_{true};          ///< They are to be looked at again.
  std::int64_t last_tick_ = 0;
};

}  // namespace euphone::hub

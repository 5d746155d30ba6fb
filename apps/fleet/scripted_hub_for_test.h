#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fleet/broker.h"
#include "fleet/jet_stream.h"
#include "fleet/sql.h"
#include "fleet/wire.h"

namespace euphone::fleet {

/// What a hub does with records, and no more: takes them out of the stream, commits them to SQLite,
/// acknowledges, tells cursors.
class ScriptedHub {
 public:
  ScriptedHub(Broker& broker, const std::string& file)
      : broker_(broker), stream_(JetStream::Of(broker).value()) {
    EXPECT_TRUE(stream_.EnsureStream({.name = std::string(kUpStream),
                                      .subjects = {UpSubject("*")},
                                      .retention = Retention::kWorkQueue}));
    EXPECT_TRUE(stream_.EnsureConsumer({.stream = std::string(kUpStream), .name = "hub"}));
    sql_ = OpenSqlite(file, false).value();
    EXPECT_TRUE(
        sql_->Script("CREATE TABLE IF NOT EXISTS records (outbox TEXT, seq BIGINT,"
                     " class TEXT, body TEXT, place INTEGER PRIMARY KEY,"
                     " UNIQUE (outbox, seq))"));
    asked_ = std::make_unique<Subscription>(
        broker_
            .Subscribe(AskSubject("*", kAskCursors),
                       [this](const Message& message) { Answer(message); })
            .value());
    thread_ = std::thread([this] { Run(); });
  }
  ScriptedHub(const ScriptedHub&) = delete;
  ScriptedHub& operator=(const ScriptedHub&) = delete;
  ~ScriptedHub() {
    ends_ = true;
    thread_.join();
    asked_.reset();
  }

  /// What was committed, in its order.
  std::vector<std::int64_t> Records(const std::string& kind) {
    const std::lock_guard lock(mutex_);
    const SqlText values[] = {kind};
    const auto rows =
        sql_->Run("SELECT seq FROM records WHERE class = $1 ORDER BY place", values, 1);
    std::vector<std::int64_t> numbers;
    for (const auto& row : rows.value().rows) numbers.push_back(std::stoll(*row[0]));
    return numbers;
  }
  std::int64_t Count() {
    const std::lock_guard lock(mutex_);
    return std::stoll(*sql_->Run("SELECT count(*) FROM records", {}, 1).value().rows[0][0]);
  }
  std::set<std::string> Bodies() {
    const std::lock_guard lock(mutex_);
    std::set<std::string> bodies;
    const auto rows = sql_->Run("SELECT body FROM records", {}, 1);
    for (const auto& row : rows.value().rows) bodies.insert(*row[0]);
    return bodies;
  }
  std::int64_t received() const { return received_; }  ///< Records, with those that came again.
  std::atomic<bool> tells{true};                       ///< Cursors, after each commit.

 private:
  Cursors Known(const std::string& outbox) {
    Cursors cursors{.outbox = outbox};
    const SqlText values[] = {outbox};
    const auto rows = sql_->Run(
        "SELECT class, max(seq) FROM records WHERE outbox = $1 GROUP BY class", values, 2);
    for (const auto& row : rows.value().rows) {
      for (std::size_t kind = 0; kind < kUplinkClasses; ++kind)
        if (kUplinkClassNames[kind] == *row[0]) cursors.upto[kind] = std::stoull(*row[1]);
    }
    return cursors;
  }

  void Answer(const Message& message) {
    const auto asked = nlohmann::json::parse(message.data);
    const std::lock_guard lock(mutex_);
    static_cast<void>(broker_.Publish(message.reply, ToJson(Known(asked.at("outbox")))));
  }

  void Run() {
    auto consumer = stream_.Pull(std::string(kUpStream), "hub");
    while (!ends_ && consumer) {
      auto fetched = consumer->Fetch(50, std::chrono::milliseconds(50));
      if (!fetched) continue;
      if (fetched->empty()) continue;
      std::map<std::string, std::string> boxes;  // → device.
      const std::lock_guard lock(mutex_);
      static_cast<void>(sql_->Run("BEGIN", {}));
      for (const Delivery& delivery : *fetched) {
        const auto message = ReadUpMessage(delivery.data());
        ASSERT_TRUE(message) << message.error().message;
        const auto& uplink = std::get<Uplink>(message->what);
        boxes[uplink.outbox] = message->device;
        for (const QueuedRecord& queued : uplink.records) {
          ++received_;
          const std::string seq = std::to_string(queued.seq);
          const SqlText values[] = {uplink.outbox, seq,
                                    kUplinkClassNames[static_cast<std::size_t>(queued.record.kind)],
                                    queued.record.body};
          ASSERT_TRUE(
              sql_->Run("INSERT INTO records (outbox, seq, class, body)"
                        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                        values));
        }
      }
      ASSERT_TRUE(sql_->Run("COMMIT", {}));
      for (Delivery& delivery : *fetched) static_cast<void>(delivery.Ack());
      for (const auto& [box, device] : boxes)
        if (tells) static_cast<void>(broker_.Publish(DownSubject(device), ToJson(Known(box))));
    }
  }

  Broker& broker_;
  JetStream stream_;
  std::mutex mutex_;  ///< Guards the database.
  std::unique_ptr<Sql> sql_;
  std::atomic<bool> ends_{false};
  std::atomic<std::int64_t> received_{0};
  std::unique_ptr<Subscription> asked_;
  std::thread thread_;
};

}  // namespace euphone::fleet

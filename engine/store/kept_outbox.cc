#include "store/kept_outbox.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>

namespace euphone {
namespace {

using Class = std::int64_t;

/// More than a device makes between a backup and its return.
constexpr std::int64_t kSkippedNumbers = 1'000'000;

constexpr std::array kMayBeWithdrawn = {UplinkClass::kHealth, UplinkClass::kScores,
                                        UplinkClass::kAudio};

Class NumberOf(UplinkClass kind) { return static_cast<Class>(kind); }

/// By what a consent is worth at least; the order of both is the same.
bool Allows(Consent consent, UplinkClass kind) {
  return static_cast<int>(consent) >= static_cast<int>(kind);
}

Status MakeName(Database& database) {
  const std::string name = "box-" + RandomUuid();
  return database.Run("INSERT INTO outbox(id, name) VALUES (1, ?1) ON CONFLICT DO NOTHING",
                      {std::string_view(name)});
}

/// As Outbox::Pass: returns the outbox' own time.
Result<std::int64_t> Pass(Database& database, std::int64_t now_ms) {
  now_ms = std::clamp<std::int64_t>(now_ms, 0, std::numeric_limits<std::int64_t>::max() / 2);
  if (auto status = MakeName(database); !status) return status.error();
  if (auto status = database.Run("UPDATE outbox SET last_ms = ?1,"
                                 " age_ms = age_ms + max(0, min(?2, ?1 - ifnull(last_ms, ?1)))",
                                 {now_ms, kLongestStepMs});
      !status) {
    return status.error();
  }
  const auto age = database.Number("SELECT age_ms FROM outbox");
  if (!age) return age.error();
  return age->value_or(0);
}

Result<std::int64_t> NextNumber(Database& database) {
  if (auto status = database.Run("UPDATE outbox SET made = made + 1"); !status)
    return status.error();
  const auto made = database.Number("SELECT made FROM outbox");
  if (!made) return made.error();
  return made->value_or(0);
}

/// Records that a condition with ?1, ?2, ?3 is true of go, and leave letters.
Status Bury(Database& database, const std::string& condition, std::string_view reason,
            SqlValue second, SqlValue third) {
  if (auto status = database.Run(
          "INSERT INTO dead_letters(seq, class, reason) SELECT seq, class, ?1 FROM outbox_records"
          " WHERE ?1 IS NOT NULL AND " +
              condition + " ORDER BY seq",
          {reason, second, third});
      !status) {
    return status;
  }
  if (database.changes() == 0) return {};
  return database.Run("DELETE FROM outbox_records WHERE ?1 IS NOT NULL AND " + condition,
                      {reason, second, third});
}

Status Expire(Database& database, std::int64_t age_ms, const OutboxLimits& limits) {
  for (const UplinkClass kind : kMayBeWithdrawn) {
    const std::int64_t oldest = age_ms - limits.of[static_cast<std::size_t>(kind)].ttl_ms;
    if (oldest <= 0) continue;
    if (auto status =
            Bury(database, "class = ?2 AND age_ms < ?3", "expired", NumberOf(kind), oldest);
        !status) {
      return status;
    }
  }
  return {};
}

Result<GivenConsent> Latest(Database& database, LearnerId learner) {
  GivenConsent given;
  if (auto status = database.Each(
          "SELECT consent, since_ms, pseudonym FROM consents"
          " WHERE learner = ?1 ORDER BY id DESC LIMIT 1",
          {learner.value},
          [&](const SqlRow& row) {
            given = {static_cast<Consent>(row.Integer(0)), row.Integer(1), row.Text(2)};
          });
      !status) {
    return status.error();
  }
  return given;
}

struct Lane {
  std::size_t count = 0, bytes = 0;
};

Result<Lane> LaneOf(Database& database, UplinkClass kind) {
  Lane lane;
  if (auto status =
          database.Each("SELECT count, bytes FROM outbox_lanes WHERE class = ?1", {NumberOf(kind)},
                        [&](const SqlRow& row) {
                          lane = {static_cast<std::size_t>(row.Integer(0)),
                                  static_cast<std::size_t>(row.Integer(1))};
                        });
      !status) {
    return status.error();
  }
  return lane;
}

/// The oldest of the lowest priority go; if that is not enough, none does.
Status MakeRoom(Database& database, const UplinkRecord& record, const ClassLimits& limits) {
  const auto lane = LaneOf(database, record.kind);
  if (!lane) return lane.error();
  std::size_t bytes = lane->bytes + record.body.size(), count = lane->count + 1;
  std::vector<std::int64_t> going;
  const auto fits = [&] { return bytes <= limits.bytes && count <= limits.count; };
  // A page at a time: as a rule one record goes for one that comes.
  for (std::size_t found = 1; !fits() && found > 0;) {
    found = 0;
    if (auto status = database.Each(
            "SELECT seq, bytes FROM outbox_records WHERE class = ?1 AND priority <= ?2"
            " ORDER BY priority, seq LIMIT 100 OFFSET ?3",
            {NumberOf(record.kind), std::int64_t{record.priority}, std::ssize(going)},
            [&](const SqlRow& row) {
              ++found;
              if (fits()) return;
              going.push_back(row.Integer(0));
              bytes -= static_cast<std::size_t>(row.Integer(1));
              --count;
            });
        !status) {
      return status;
    }
  }
  if (!fits()) return Error{Errc::kTooLarge, "the outbox has no room for this; connect to the hub"};
  std::ranges::sort(going);
  for (const std::int64_t seq : going) {
    if (auto status = Bury(database, "seq = ?2 AND ?3 IS NULL", "no room", seq, nullptr); !status)
      return status;
  }
  return {};
}

Status Put(Database& database, const QueuedRecord& queued, std::string_view take) {
  std::int64_t forgets = 0;
  for (const UplinkClass kind : queued.forgets) forgets |= std::int64_t{1} << NumberOf(kind);
  const UplinkRecord& record = queued.record;
  return database.Run("INSERT INTO outbox_records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                      {static_cast<std::int64_t>(queued.seq), NumberOf(record.kind),
                       std::int64_t{record.priority}, std::string_view(record.learner), take,
                       queued.age_ms, static_cast<std::int64_t>(queued.through), forgets,
                       std::ssize(record.body), std::as_bytes(std::span(record.body))});
}

QueuedRecord RecordOf(const SqlRow& row) {
  QueuedRecord queued;
  queued.seq = static_cast<std::uint64_t>(row.Integer(0));
  queued.record.kind = static_cast<UplinkClass>(row.Integer(1));
  queued.record.priority = static_cast<int>(row.Integer(2));
  // Of health it does not leave the device.
  if (queued.record.kind != UplinkClass::kHealth) queued.record.learner = row.Text(3);
  queued.age_ms = row.Integer(4);
  queued.through = static_cast<std::uint64_t>(row.Integer(5));
  for (const UplinkClass kind : kMayBeWithdrawn) {
    if ((row.Integer(6) >> NumberOf(kind) & 1) != 0) queued.forgets.push_back(kind);
  }
  queued.record.body = row.Bytes(7);
  return queued;
}

/// Whether something is kept of an outbox: a store that shares nothing is not written to.
Result<bool> IsThere(Database& database) {
  const auto made = database.Number("SELECT made FROM outbox");
  if (!made) return made.error();
  return made->has_value();
}

}  // namespace

Result<GivenConsent> ConsentOf(Store& store, LearnerId learner) {
  return Latest(store.database(), learner);
}

Result<std::vector<GivenConsent>> ConsentsOf(Store& store, LearnerId learner) {
  std::vector<GivenConsent> all;
  if (auto status = store.database().Each(
          "SELECT consent, since_ms, pseudonym FROM consents WHERE learner = ?1 ORDER BY id",
          {learner.value},
          [&](const SqlRow& row) {
            all.push_back({static_cast<Consent>(row.Integer(0)), row.Integer(1), row.Text(2)});
          });
      !status) {
    return status.error();
  }
  return all;
}

Status SetConsent(Store& store, LearnerId learner, Consent consent, std::int64_t now_ms) {
  if (const auto known = GetLearner(store, learner); !known) return known.error();
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  auto status = SetConsentWithin(store.database(), learner, consent, now_ms);
  return status ? transaction->Commit() : status;
}

Status SetConsentWithin(Database& database, LearnerId learner, Consent consent,
                        std::int64_t now_ms) {
  const auto before = Latest(database, learner);
  if (!before) return before.error();
  if (before->consent == consent) return {};
  const auto age = Pass(database, now_ms);
  if (!age) return age.error();
  const std::string pseudonym = before->pseudonym.empty() ? RandomUuid() : before->pseudonym;
  if (auto status = database.Run(
          "INSERT INTO consents(learner, pseudonym, consent, since_ms) VALUES (?1, ?2, ?3, ?4)",
          {learner.value, std::string_view(pseudonym), static_cast<std::int64_t>(consent), now_ms});
      !status) {
    return status;
  }
  QueuedRecord deletion;
  for (const UplinkClass kind : kMayBeWithdrawn) {
    if (!Allows(before->consent, kind) || Allows(consent, kind)) continue;
    // What went up anonymously cannot be found again, so no deletion is asked for.
    if (kind != UplinkClass::kHealth) deletion.forgets.push_back(kind);
    if (auto status = Bury(database, "class = ?2 AND learner = ?3", "consent withdrawn",
                           NumberOf(kind), std::string_view(pseudonym));
        !status) {
      return status;
    }
  }
  if (deletion.forgets.empty()) return {};
  const auto number = NextNumber(database);
  if (!number) return number.error();
  deletion.seq = static_cast<std::uint64_t>(*number);
  deletion.through = deletion.seq - 1;
  deletion.record = {.kind = UplinkClass::kDeletion, .learner = pseudonym};
  deletion.age_ms = *age;
  return Put(database, deletion, "");
}

Result<std::uint64_t> AdmitWithin(Database& database, LearnerId learner, UplinkRecord record,
                                  std::string_view take, std::int64_t now_ms,
                                  const OutboxLimits& limits) {
  if (record.kind == UplinkClass::kDeletion) {
    return Error{Errc::kInvalidArgument, "a deletion is asked for by withdrawing the consent"};
  }
  const auto given = Latest(database, learner);
  if (!given) return given.error();
  if (!Allows(given->consent, record.kind)) {
    return Error{Errc::kInvalidArgument, "the learner has not agreed that this is sent"};
  }
  const auto age = Pass(database, now_ms);
  if (!age) return age.error();
  if (auto status = Expire(database, *age, limits); !status) return status.error();
  if (auto status = MakeRoom(database, record, limits.of[static_cast<std::size_t>(record.kind)]);
      !status) {
    return status.error();
  }
  const auto number = NextNumber(database);
  if (!number) return number.error();
  record.learner = given->pseudonym;
  const auto seq = static_cast<std::uint64_t>(*number);
  if (auto status = Put(database, {.seq = seq, .record = std::move(record), .age_ms = *age}, take);
      !status) {
    return status.error();
  }
  return seq;
}

Result<std::uint64_t> Admit(Store& store, LearnerId learner, UplinkRecord record,
                            std::int64_t now_ms, const OutboxLimits& limits) {
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  auto seq = AdmitWithin(store.database(), learner, std::move(record), "", now_ms, limits);
  // One that finds no room has let time pass all the same.
  if (!seq && seq.error().code != Errc::kTooLarge) return seq;
  if (auto status = transaction->Commit(); !status) return status.error();
  return seq;
}

Result<OutboxState> StateOfOutbox(Store& store) {
  OutboxState state;
  Database& database = store.database();
  auto status = database.Each("SELECT name, made FROM outbox", {}, [&](const SqlRow& row) {
    state.name = row.Text(0);
    state.made = static_cast<std::uint64_t>(row.Integer(1));
  });
  if (status) {
    status =
        database.Each("SELECT class, count, bytes FROM outbox_lanes", {}, [&](const SqlRow& row) {
          const auto place = static_cast<std::size_t>(row.Integer(0)) % kUplinkClasses;
          state.count[place] = static_cast<std::size_t>(row.Integer(1));
          state.bytes[place] = static_cast<std::size_t>(row.Integer(2));
        });
  }
  if (!status) return status.error();
  return state;
}

Result<std::vector<QueuedRecord>> NextBatch(
    Store& store, std::size_t max_bytes, std::size_t max_count,
    const std::array<std::uint64_t, kUplinkClasses>& after) {
  std::vector<QueuedRecord> batch;
  std::size_t bytes = 0;
  bool full = false;
  for (std::size_t kind = 0; kind < kUplinkClasses && !full; ++kind) {
    // In pages of numbers first: a batch must not read 256 MiB of sound to send one of it.
    std::vector<std::int64_t> numbers;
    if (auto status = store.database().Each(
            "SELECT seq, bytes FROM outbox_records WHERE class = ?1 AND seq > ?2 ORDER BY seq"
            " LIMIT ?3",
            {static_cast<Class>(kind), static_cast<std::int64_t>(after[kind]),
             static_cast<std::int64_t>(max_count + 1)},
            [&](const SqlRow& row) {
              if (full) return;
              bytes += static_cast<std::size_t>(row.Integer(1));
              const std::size_t taken = batch.size() + numbers.size();
              // Nothing overtakes what does not fit: audio would starve scores of their turn.
              full = taken > 0 && (bytes > max_bytes || taken >= max_count);
              if (!full) numbers.push_back(row.Integer(0));
            });
        !status) {
      return status.error();
    }
    for (const std::int64_t number : numbers) {
      if (auto status = store.database().Each(
              "SELECT seq, class, priority, learner, age_ms, through, forgets, body"
              " FROM outbox_records WHERE seq = ?1",
              {number}, [&](const SqlRow& row) { batch.push_back(RecordOf(row)); });
          !status) {
        return status.error();
      }
    }
  }
  return batch;
}

Status AcknowledgeOutbox(Store& store, const std::array<std::uint64_t, kUplinkClasses>& upto) {
  Database& database = store.database();
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  for (std::size_t kind = 0; kind < kUplinkClasses; ++kind) {
    if (auto status =
            database.Run("DELETE FROM outbox_records WHERE class = ?1 AND seq <= ?2",
                         {static_cast<Class>(kind), static_cast<std::int64_t>(upto[kind])});
        !status) {
      return status;
    }
  }
  return transaction->Commit();
}

Status RejectRecord(Store& store, std::uint64_t seq, std::string_view reason) {
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  auto status = Bury(store.database(), "seq = ?2 AND ?3 IS NULL", reason.substr(0, 200),
                     static_cast<std::int64_t>(seq), nullptr);
  return status ? transaction->Commit() : status;
}

Status ExpireOutbox(Store& store, std::int64_t now_ms, const OutboxLimits& limits) {
  const auto there = IsThere(store.database());
  if (!there) return there.error();
  if (!*there) return {};
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  const auto age = Pass(store.database(), now_ms);
  if (!age) return age.error();
  auto status = Expire(store.database(), *age, limits);
  return status ? transaction->Commit() : status;
}

Result<std::vector<DeadLetter>> DeadLetters(Store& store) {
  std::vector<DeadLetter> letters;
  if (auto status = store.database().Each(
          "SELECT seq, class, reason FROM dead_letters ORDER BY id", {},
          [&](const SqlRow& row) {
            letters.push_back({static_cast<std::uint64_t>(row.Integer(0)),
                               static_cast<UplinkClass>(row.Integer(1)), row.Text(2)});
          });
      !status) {
    return status.error();
  }
  return letters;
}

Status RenameOutbox(Database& database) {
  const std::string name = "box-" + RandomUuid();
  return database.Run("UPDATE outbox SET name = ?1, made = made + ?2",
                      {std::string_view(name), kSkippedNumbers});
}

}  // namespace euphone

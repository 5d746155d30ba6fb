#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/learners.h"
#include "store/store.h"
#include "sync/outbox.h"

namespace euphone {

/// What waits to go up from this device and what its learners have agreed to, kept in the store.
/// It does what sync/outbox.h says, as statements on tables: several programs use it at a time, and
/// one that keeps a take does not load what ten thousand takes left (kept_outbox_test.cc plays both
/// against each other). Nothing here sends anything. Learners go by a pseudonym, a UUID that is
/// made with their first consent and known to nobody else.

struct GivenConsent {
  Consent consent = Consent::kNothing;
  std::int64_t since_ms = 0;   ///< 0: never asked.
  std::string pseudonym = {};  ///< Empty: never asked.
};
/// "nothing", "health", "scores", "scores-and-audio".
inline constexpr std::array<std::string_view, 4> kConsentNames = {"nothing", "health", "scores",
                                                                  "scores-and-audio"};

/// What holds now.
Result<GivenConsent> ConsentOf(Store& store, LearnerId learner);
/// Each that was ever given or withdrawn, oldest first.
Result<std::vector<GivenConsent>> ConsentsOf(Store& store, LearnerId learner);

/// As Outbox::SetConsent. Fails: kNotFound.
Status SetConsent(Store& store, LearnerId learner, Consent consent, std::int64_t now_ms);

/// The same within a transaction of the caller's; where the learner is about to be erased.
Status SetConsentWithin(Database& database, LearnerId learner, Consent consent,
                        std::int64_t now_ms);

/// As Outbox::Admit, within a transaction of the caller's. `take`: the record goes with it; empty:
/// of none. `record.learner` is set from `learner`.
Result<std::uint64_t> AdmitWithin(Database& database, LearnerId learner, UplinkRecord record,
                                  std::string_view take, std::int64_t now_ms,
                                  const OutboxLimits& limits = {});
/// In one of its own.
Result<std::uint64_t> Admit(Store& store, LearnerId learner, UplinkRecord record,
                            std::int64_t now_ms, const OutboxLimits& limits = {});

/// How full it is.
struct OutboxState {
  std::string name = {};  ///< Made with the first record or consent, and after each restore.
  std::uint64_t made = 0;
  std::array<std::size_t, kUplinkClasses> count = {}, bytes = {};
};
Result<OutboxState> StateOfOutbox(Store& store);

/// As Outbox::NextBatch, of what has a number above `after` of its class.
Result<std::vector<QueuedRecord>> NextBatch(Store& store, std::size_t max_bytes,
                                            std::size_t max_count,
                                            const std::array<std::uint64_t, kUplinkClasses>& after);

/// As Outbox::Acknowledge, for all classes.
Status AcknowledgeOutbox(Store& store, const std::array<std::uint64_t, kUplinkClasses>& upto);
/// As Outbox::Reject.
Status RejectRecord(Store& store, std::uint64_t seq, std::string_view reason);
/// As Outbox::Expire.
Status ExpireOutbox(Store& store, std::int64_t now_ms, const OutboxLimits& limits = {});

/// Oldest first.
Result<std::vector<DeadLetter>> DeadLetters(Store& store);

/// Gives it another name: REQUIRED wherever the store went back in time. Numbers go on above all
/// that were given, so that a deletion also means what went up under former names; what waits is
/// sent under the new one.
Status RenameOutbox(Database& database);

}  // namespace euphone

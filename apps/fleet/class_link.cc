#include "fleet/class_link.h"

#include <utility>
#include <vector>

#include "base/compression.h"
#include "fleet/class_tables.h"
#include "store/comments.h"
#include "sync/hub.h"
#include "sync/sync_json.h"

namespace euphone::fleet {
namespace {

constexpr std::size_t kLong = 16 << 10;

}  // namespace

std::string Packed(std::string message) {
  return message.size() < kLong ? message : Compressed(message);
}

Result<std::string> Unpacked(std::string_view message) {
  if (message.starts_with('{')) return std::string(message);
  return Decompressed(message, kMaxMessageBytes);
}

Status ClassLink::Load() {
  auto self = GetClassSelf(store_->database());
  if (!self) return self.error();
  if (!*self) {
    replica_.reset();
    return {};
  }
  // It may have left and joined, or have been restored, since.
  if (replica_ && replica_->device() == (*self)->device && self_.user == (*self)->user) return {};
  auto replica = LoadReplica(store_->database());
  if (!replica) return replica.error();
  self_ = **std::move(self);
  replica_ = *std::move(replica);
  hub_has_ = replica_->vector();
  followed_.clear();
  return {};
}

Result<std::optional<std::string>> ClassLink::Ask() {
  if (auto status = Load(); !status) return status.error();
  if (!replica_) return std::optional<std::string>();
  const auto notes = HasNotes(store_->database());
  if (!notes) return notes.error();
  if (*notes) {
    Replica next = *replica_;
    auto transaction = Transaction::Begin(store_->database());
    if (!transaction) return transaction.error();
    if (const auto all = TakeNotes(*store_, self_, next); !all) return all.error();
    if (auto status = SaveReplica(store_->database(), next); !status) return status.error();
    if (auto status = transaction->Commit(); !status) return status.error();
    replica_ = std::move(next);
  }
  return std::optional(Packed(ToJson(Greeting(*replica_, hub_has_))));
}

Result<bool> ClassLink::Take(std::string_view answer) {
  if (!replica_) return false;
  const auto text = Unpacked(answer);
  if (!text) return text.error();
  const auto message = SyncMessageFromJson(*text);
  if (!message) return message.error();
  Replica next = *replica_;
  std::vector<std::string> deleted;
  {
    auto transaction = Transaction::Begin(store_->database());
    if (!transaction) return transaction.error();
    // What was changed while the hub was asked knew nothing of its answer.
    if (const auto all = TakeNotes(*store_, self_, next); !all) return all.error();
    next.Apply(message->delta);
    next.Fold(message->vector);
    const ClassState shown = next.Shown();
    const std::string bytes = CanonicalBytes(shown);
    if (bytes != followed_) {
      if (auto status = FollowClass(*store_, shown, deleted); !status) return status.error();
    }
    if (auto status = SaveReplica(store_->database(), next); !status) return status.error();
    if (auto status = transaction->Commit(); !status) return status.error();
    followed_ = bytes;
  }
  const bool moved = next.pending().size() < replica_->pending().size() ||
                     next.vector() != replica_->vector() || message->vector != hub_has_;
  replica_ = std::move(next);
  hub_has_ = message->vector;
  for (const std::string& uuid : deleted) {
    const auto comment = GetComment(*store_, uuid);
    if (!comment) continue;
    if (auto status = DeleteComment(*store_, comment->id); !status) return status.error();
  }
  // More of it at once, as long as that leads on: a hub that cannot judge is asked later.
  const bool lacks = !Covers(replica_->vector(), hub_has_) || !Covers(hub_has_, replica_->vector());
  return moved && (lacks || !replica_->pending().empty());
}

Result<bool> ClassLink::HasNews() {
  if (auto status = Load(); !status) return status.error();
  if (!replica_) return false;
  return HasNotes(store_->database());
}

}  // namespace euphone::fleet

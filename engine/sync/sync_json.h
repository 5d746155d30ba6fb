#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sync/class_state.h"
#include "sync/hub.h"

namespace euphone {

/// The longest message that is read.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{32} * 1024 * 1024;

/// euphone.sync/1 (docs/formats/sync.md): fields in order of the alphabet, no space.
std::string ToJson(const SyncMessage& message);

/// Strict: no field that is not known, none missing, no number out of its range.
/// Fails: kInvalidArgument, kUnsupported (another schema), kTooLarge; the message says where.
Result<SyncMessage> SyncMessageFromJson(std::string_view text);

/// euphone.replica/1, for who keeps one. Never sent.
std::string ToJson(const ReplicaMemory& memory);
/// Fails: as SyncMessageFromJson.
Result<ReplicaMemory> ReplicaMemoryFromJson(std::string_view text);

/// One verdict, for who keeps them one by one.
std::string ToJson(const Entry& entry);
Result<Entry> EntryFromJson(std::string_view text);

/// The same bytes for the same state on each machine, to compare replicas by.
std::string CanonicalBytes(const ClassState& state);

}  // namespace euphone

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fleet/jet_stream.h"

namespace euphone::fleet {

struct BucketSpec {
  std::string name = {};  ///< Letters, digits, "_" and "-".
  bool in_memory = false;
  std::uint8_t history = 1;     ///< Values kept of one key.
  std::chrono::seconds age{0};  ///< Values older than this are gone; 0: never.
  std::int64_t max_bytes = -1;
  int replicas = 1;
  bool make = true;  ///< Where there is none; else that is kNotFound.
};

struct KvEntry {
  std::string key = {};
  std::string value = {};
  std::uint64_t revision = 0;
  bool deleted = false;  ///< Told by a watch: there is no value any more.
};

/// What a watch has to tell.
struct KvEvent {
  std::optional<KvEntry> entry = {};  ///< Absent: all that was there at first has been told.
};

/// Tells what is in a bucket, then each change, in order. Thread: one. Must not outlive its bucket.
class KvWatch {
 public:
  KvWatch(KvWatch&&) noexcept;
  KvWatch& operator=(KvWatch&&) noexcept;
  ~KvWatch();

  /// Absent: nothing came in time. Fails: kIo.
  Result<std::optional<KvEvent>> Next(std::chrono::milliseconds timeout);

 private:
  friend class KeyValue;
  struct State;
  explicit KvWatch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Named values that the server keeps. A change that depends on what is there goes through Create()
/// or Update(), of which among several only one succeeds. Keys are of letters, digits and "-/_=.".
/// Thread: any. Must not outlive its JetStream. Fails: as JetStream.
class KeyValue {
 public:
  static Result<KeyValue> Open(const JetStream& stream, const BucketSpec& spec);
  KeyValue(KeyValue&&) noexcept;
  KeyValue& operator=(KeyValue&&) noexcept;
  ~KeyValue();

  /// Absent: there is none.
  Result<std::optional<KvEntry>> Get(const std::string& key);
  /// The new revision.
  Result<std::uint64_t> Put(const std::string& key, std::string_view value);
  /// Absent: there is one already.
  Result<std::optional<std::uint64_t>> Create(const std::string& key, std::string_view value);
  /// Absent: it is no longer at `revision`.
  Result<std::optional<std::uint64_t>> Update(const std::string& key, std::string_view value,
                                              std::uint64_t revision);
  Status Delete(const std::string& key);
  Result<std::vector<std::string>> Keys();

  /// Of keys that a pattern fits; ">" is all.
  Result<KvWatch> Watch(const std::string& keys);

 private:
  struct State;
  explicit KeyValue(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace euphone::fleet

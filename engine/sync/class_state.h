#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>

#include "sync/operation.h"

namespace euphone {

/// Some numbers from 1 on, most of them without gaps.
class NumberSet {
 public:
  NumberSet() = default;
  explicit NumberSet(std::uint64_t upto) : upto_(upto) {}  ///< All from 1 to it.
  void Add(std::uint64_t number);
  void Join(const NumberSet& other);
  bool Has(std::uint64_t number) const { return number <= upto_ || beyond_.count(number) > 0; }

  std::uint64_t upto() const { return upto_; }
  const std::set<std::uint64_t>& beyond() const { return beyond_; }

 private:
  std::uint64_t upto_ = 0;
  std::set<std::uint64_t> beyond_;
};

/// A field: the value of the write that counts latest.
struct Register {
  nlohmann::json value = nullptr;
  Stamp stamp = {};
};

/// Deletion is for good: no write of any time brings an object back, and its contents go.
struct SyncObject {
  bool deleted = false;
  std::map<std::string, Register> fields = {};
};

/// What entries come to: a join semilattice (Shapiro et al. 2011), so their order and number do not
/// matter. Two entries on one operation, by two lives of a hub, are as two writes of one value.
class ClassState {
 public:
  void Join(const Entry& entry);
  void Join(const ClassState& other);
  /// A change as if it counted; nothing is noted of a verdict.
  void Write(const Change& change, const Stamp& stamp);

  /// Null where it is not there or deleted.
  const nlohmann::json* Value(const ObjectId& object, const std::string& field) const;
  bool Has(const ObjectId& object) const { return objects_.count(object) > 0; }
  std::size_t size() const { return objects_.size(); }  ///< With deleted ones.
  bool Judged(const std::string& device, std::uint64_t seq) const;

  using Refused = std::set<std::tuple<std::string, std::uint64_t, std::string>>;
  const std::map<ObjectId, SyncObject>& objects() const { return objects_; }
  const Refused& refused() const { return refused_; }
  const std::map<std::string, NumberSet>& judged() const { return judged_; }
  const Stamp& latest() const { return latest_; }  ///< That counts.

 private:
  friend struct ClassStateReader;
  void Write(const ObjectId& object, const std::string& field, const Register& with);
  void Delete(const ObjectId& object);

  std::map<ObjectId, SyncObject> objects_;
  Refused refused_;
  std::map<std::string, NumberSet> judged_;  ///< By device: its operations with a verdict.
  Stamp latest_;
};

}  // namespace euphone

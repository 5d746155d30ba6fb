#include "sync/class_state.h"

#include <algorithm>

namespace euphone {

void NumberSet::Add(std::uint64_t number) {
  if (Has(number)) return;
  beyond_.insert(number);
  while (!beyond_.empty() && *beyond_.begin() == upto_ + 1) {
    ++upto_;
    beyond_.erase(beyond_.begin());
  }
}

void NumberSet::Join(const NumberSet& other) {
  if (other.upto_ > upto_) {
    upto_ = other.upto_;
    beyond_.erase(beyond_.begin(), beyond_.upper_bound(upto_));
    while (!beyond_.empty() && *beyond_.begin() == upto_ + 1) {
      ++upto_;
      beyond_.erase(beyond_.begin());
    }
  }
  for (const std::uint64_t number : other.beyond_) Add(number);
}

void ClassState::Write(const ObjectId& object, const std::string& field, const Register& with) {
  SyncObject& kept = objects_[object];
  if (kept.deleted) return;
  Register& now = kept.fields[field];
  if (now.stamp < with.stamp) now = with;
}

void ClassState::Delete(const ObjectId& object) { objects_[object] = SyncObject{.deleted = true}; }

void ClassState::Write(const Change& change, const Stamp& stamp) {
  if (change.deletes) Delete(change.object);
  for (const auto& [field, value] : change.fields) Write(change.object, field, {value, stamp});
}

void ClassState::Join(const Entry& entry) {
  const Stamp& by = entry.operation.stamp;
  judged_[by.device].Add(by.seq);
  if (!entry.counts_as) {
    refused_.emplace(by.device, by.seq, entry.refused);
    return;
  }
  latest_ = std::max(latest_, *entry.counts_as);
  Write(entry.operation.change, *entry.counts_as);
}

void ClassState::Join(const ClassState& other) {
  for (const auto& [id, object] : other.objects_) {
    if (object.deleted) Delete(id);
    for (const auto& [field, with] : object.fields) Write(id, field, with);
  }
  refused_.insert(other.refused_.begin(), other.refused_.end());
  for (const auto& [device, numbers] : other.judged_) judged_[device].Join(numbers);
  latest_ = std::max(latest_, other.latest_);
}

const nlohmann::json* ClassState::Value(const ObjectId& object, const std::string& field) const {
  const auto found = objects_.find(object);
  if (found == objects_.end()) return nullptr;
  const auto kept = found->second.fields.find(field);
  return kept == found->second.fields.end() ? nullptr : &kept->second.value;
}

bool ClassState::Judged(const std::string& device, std::uint64_t seq) const {
  const auto found = judged_.find(device);
  return found != judged_.end() && found->second.Has(seq);
}

}  // namespace euphone

#include "update/in_use.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

fs::path TrialFile(const fs::path& updates, std::string_view name) {
  return updates / "trial" / (std::string(name) + ".json");
}

}  // namespace

TrialRecord ReadTrial(const fs::path& updates, std::string_view name, const std::string& id) {
  TrialRecord record{.id = id};
  const auto text = ReadFile(TrialFile(updates, name), 4096);
  const auto json = nlohmann::json::parse(text ? *text : "", nullptr, false);
  if (!json.is_object() || json.value("id", nlohmann::json()) != id) return record;
  const auto count = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_unsigned() ? found->get<int>() : 0;
  };
  record.good = count("good");
  record.starts = count("starts");
  return record;
}

void ForgetTrial(const fs::path& updates, std::string_view name) {
  std::error_code ignored;
  fs::remove(TrialFile(updates, name), ignored);
}

Result<std::optional<BundleInUse>> FindInUse(const fs::path& updates, std::string_view name) {
  const auto state = ReadDeviceState(updates);
  if (!state) return state.error();
  return FindInUse(*state, updates, name);
}

std::optional<BundleInUse> FindInUse(const DeviceState& state, const fs::path& updates,
                                     std::string_view name) {
  std::optional<BundleInUse> in_use;
  const auto found = state.bundles.find(name);
  if (found == state.bundles.end() || !found->second.active) return in_use;
  const SlotState& slots = found->second;
  std::optional<Slot> slot = slots.active;
  bool on_probation = slots.probation > 0;
  if (on_probation && ReadTrial(updates, name, slots.in(*slot)->id).starts >= kMostStarts) {
    slot = slots.previous;
    on_probation = false;
  }
  if (slot)
    in_use = BundleInUse{.folder = SlotFolder(updates, name, *slot),
                         .id = slots.in(*slot)->id,
                         .on_probation = on_probation};
  return in_use;
}

TrialUse::TrialUse(fs::path updates, std::string name, std::string id)
    : updates_(std::move(updates)), name_(std::move(name)), id_(std::move(id)) {
  const TrialRecord before = ReadTrial(updates_, name_, id_);
  Write(before.good, before.starts + 1);
}

TrialUse::TrialUse(TrialUse&& other) noexcept
    : updates_(std::move(other.updates_)),
      name_(std::move(other.name_)),
      id_(std::move(other.id_)),
      open_(std::exchange(other.open_, false)) {}

TrialUse::~TrialUse() {
  if (open_) Write(ReadTrial(updates_, name_, id_).good, 0);
}

void TrialUse::Good() {
  open_ = false;
  Write(ReadTrial(updates_, name_, id_).good + 1, 0);
}

void TrialUse::Bad() { open_ = false; }

void TrialUse::Write(int good, int starts) const {
  const fs::path file = TrialFile(updates_, name_);
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  const nlohmann::json json = {{"id", id_}, {"good", good}, {"starts", starts}};
  // Where nothing can be written, nothing is counted, and the lesson goes on.
  static_cast<void>(WriteFileAtomically(file, json.dump()));
}

}  // namespace euphone

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "update/device_state.h"

namespace euphone {

/// For programs that use bundles, whether or not anything updates them: reads that need no lock.

/// So often in a row a bundle on probation may be begun without an end, before what was in use
/// before it is taken instead.
inline constexpr int kMostStarts = 3;

struct BundleInUse {
  std::filesystem::path folder;
  std::string id;  ///< Release::id().
  bool on_probation = false;
};

/// The slot whose bundle of that name is to be used; nothing: the factory's. Where what is in use
/// has been begun too often without an end, what was before it. Fails: kCorrupt, kIo.
Result<std::optional<BundleInUse>> FindInUse(const std::filesystem::path& updates,
                                             std::string_view name);
/// The same where the state was read already.
std::optional<BundleInUse> FindInUse(const DeviceState& state, const std::filesystem::path& updates,
                                     std::string_view name);

/// How a bundle on probation has done so far.
struct TrialRecord {
  std::string id;  ///< Of the release; one of another release is of no interest.
  int good = 0;    ///< Uses that went well.
  int starts = 0;  ///< In a row, without an end.
};
/// Nothing where there is none, or a damaged one. `id`: of the release that is asked for.
TrialRecord ReadTrial(const std::filesystem::path& updates, std::string_view name,
                      const std::string& id);
void ForgetTrial(const std::filesystem::path& updates, std::string_view name);

/// A use of a bundle on probation. Between its making and its end stands a mark on disk; a process
/// that dies in between, be it of the bundle or of memory, leaves it there.
/// Thread: one at a time.
class TrialUse {
 public:
  TrialUse(std::filesystem::path updates, std::string name, std::string id);
  TrialUse(TrialUse&& other) noexcept;
  TrialUse& operator=(TrialUse&&) = delete;
  ~TrialUse();  ///< An end that is neither good nor bad: nothing was judged.

  void Good();  ///< Something was judged; each time counts.
  void Bad();   ///< It could not be used: the mark stays.

 private:
  void Write(int good, int starts) const;

  std::filesystem::path updates_;
  std::string name_, id_;
  bool open_ = true;
};

}  // namespace euphone

#pragma once

#include <cstdint>

#include "base/result.h"
#include "hub/hub_records.h"

namespace euphone::hub {

/// Once a day, drops what devices sent up so many days ago and what was set aside then; so much at
/// a time that nobody waits for it. Audit, rollouts, cursors and what learners have withdrawn stay.
/// Thread: one at a time, the hub's.
class Retention {
 public:
  /// `days`: 0 keeps all for ever.
  Retention(HubRecords& records, std::int64_t days) : records_(&records), days_(days) {}

  /// Call about once a second. `now`: seconds since 1970; a clock that went back is waited for no
  /// longer than a day. Fails: as HubRecords; then it is due still.
  Status Turn(std::int64_t now);

 private:
  HubRecords* records_;
  std::int64_t days_;
  std::int64_t done_at_ = 0;  ///< 0: not yet.
};

}  // namespace euphone::hub

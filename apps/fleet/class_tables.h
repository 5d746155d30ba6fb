#pragma once

#include "base/result.h"
#include "store/kept_class.h"
#include "store/store.h"
#include "sync/replica.h"

namespace euphone::fleet {

/// Between the tables that the app reads (lessons, assignments, comments) and the objects of a
/// class (docs/formats/sync.md). A lesson that was brought in is taken apart into its sentences,
/// and put together again; comments and assignments whose take or learner is not on this device
/// stay in the replica alone.

/// Makes operations of what was noted, as of when it was changed, and forgets the notes. What a
/// class cannot hold (a text that is too long) stays on this device. REQUIRES: within a
/// transaction; before anything of the hub's is applied, so that each stamp knows no more than its
/// writer did. Returns whether all notes could be taken: not where too much waits for the hub.
Result<bool> TakeNotes(Store& store, const ClassSelf& self, Replica& replica);

/// Brings the tables to what the class shows. What the hub has refused of a change is undone here;
/// what it has refused to take in stays on this device alone. REQUIRES: within a transaction.
/// `deleted`: comments to be deleted afterwards, outside of it, as their recordings go, too.
Status FollowClass(Store& store, const ClassState& shown, std::vector<std::string>& deleted);

}  // namespace euphone::fleet

#pragma once

#include <string>
#include <vector>

#include "store/database.h"

namespace euphone {

/// The steps that lead from an empty database to that of this program; docs/formats/store.md
/// explains the tables. A step that was ever released is never edited: others are added.
const std::vector<std::string>& MigrationSteps();

/// Those of the search (store/passages.h), which an index outside a store has alone.
const char* PassageTables();

/// Its last step so far: what is sent of learners, and what this device has of its class.
std::string SyncStep();

/// Takes the database to the newest version, step by step, each whole or not at all. Fails:
/// kUnsupported where a newer program made it; as Database.
Status Migrate(Database& database);

}  // namespace euphone

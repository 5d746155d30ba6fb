#pragma once

#include <functional>
#include <memory>
#include <string>

#include "commands.h"
#include "progress.h"
#include "store_access.h"

namespace euphone::cli {

/// Each adds some of the commands of `euphone store`; `options` is shared by all.
void AddStoreCare(CLI::App& store, Global& global, const std::shared_ptr<StoreOptions>& options);
void AddStorePortable(CLI::App& store, Global& global,
                      const std::shared_ptr<StoreOptions>& options);
void AddStoreLog(CLI::App& store, Global& global, const std::shared_ptr<StoreOptions>& options);
void AddStoreShare(CLI::App& store, Global& global, const std::shared_ptr<StoreOptions>& options);

/// "1.5 GB"; sizes of files.
std::string BytesText(std::int64_t bytes);
/// "1 take", "2 takes".
std::string Counted(std::int64_t count, const std::string& one, const std::string& many = "");
/// "2026-11-27 07:30" by the local clock.
std::string LocalTime(std::int64_t ms);

}  // namespace euphone::cli

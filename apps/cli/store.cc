#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <ctime>

#include "store_commands.h"
#include "terminal.h"

namespace euphone::cli {

std::string BytesText(std::int64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  double value = static_cast<double>(bytes);
  for (const char* unit : {"kB", "MB", "GB"}) {
    value /= 1000.0;
    if (value < 999.5) return fmt::format("{:.3g} {}", value, unit);
  }
  return fmt::format("{:.3g} TB", value / 1000.0);
}

std::string Counted(std::int64_t count, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many.empty() ? one + "s" : many);
}

std::string LocalTime(std::int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm local{};
  char text[32] = "";
  if (::localtime_r(&seconds, &local) != nullptr)
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
  return text;
}

void AddStore(CLI::App& app, Global& global) {
  auto options = std::make_shared<StoreOptions>();
  CLI::App* store = app.add_subcommand(
      "store", "What is kept of learners on this device: look after it, take it elsewhere, delete");
  store->require_subcommand(1);
  AddStoreOptions(*store, *options);
  AddStoreCare(*store, global, options);
  AddStorePortable(*store, global, options);
  AddStoreLog(*store, global, options);
  AddStoreShare(*store, global, options);
  for (CLI::App* command : store->get_subcommands([](const CLI::App*) { return true; }))
    command->fallthrough();
}

}  // namespace euphone::cli

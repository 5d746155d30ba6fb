#include "update_follow.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "base/file.h"
#include "private_key.h"
#include "progress.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "update/trust.h"
#include "update_parts.h"
#include "updates/ddi_follower.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::seconds kFirstRetry{5}, kLongestRetry{300};
constexpr const char* kTargetVariable = "EUPHONE_TARGET_TOKEN";
constexpr const char* kGatewayVariable = "EUPHONE_GATEWAY_TOKEN";

struct FollowOptions {
  std::string url;
  std::string target_file, gateway_file;
  bool once = false;
  TryOptions tries;
};

Result<std::string> TokenIn(const std::string& file) {
  const auto text = ReadFile(file, 4096);
  if (!text) return text.error();
  struct stat about {};
  if (::stat(file.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Errc::kIo, file + ": others can read this token; chmod 600 keeps it to yourself"};
  }
  return text->substr(0, text->find_first_of("\r\n"));
}

/// From the file that was named, else from the environment.
Result<std::pair<updates::DdiToken, std::string>> TokenOf(const FollowOptions& options) {
  using updates::DdiToken;
  const std::pair<DdiToken, std::string> files[] = {{DdiToken::kTarget, options.target_file},
                                                    {DdiToken::kGateway, options.gateway_file}};
  for (const auto& [kind, file] : files) {
    if (file.empty()) continue;
    const auto token = TokenIn(file);
    if (!token) return token.error();
    return std::pair(kind, *token);
  }
  const std::pair<DdiToken, const char*> variables[] = {{DdiToken::kTarget, kTargetVariable},
                                                        {DdiToken::kGateway, kGatewayVariable}};
  for (const auto& [kind, variable] : variables) {
    const char* const token = std::getenv(variable);
    if (token != nullptr && *token != '\0') return std::pair(kind, std::string(token));
  }
  return Error{
      Errc::kInvalidArgument,
      std::string("the server wants a token: --target-token-file, --gateway-token-file, ") +
          kTargetVariable + " or " + kGatewayVariable};
}

/// What a hawkBit server is told of this device: nothing of those who use it.
std::map<std::string, std::string> AttributesOf(const UpdaterConfig& config) {
  std::map<std::string, std::string> attributes = {
      {"euphone", config.platform.runtime},
      {"compatible", config.platform.compatible},
      {"hardware", config.platform.hardware},
      {"memory_mb", std::to_string(config.platform.memory_mb)}};
  const Updater updater(config);
  const auto state = updater.state();
  std::error_code ignored;
  if (!state) return attributes;
  for (const auto& entry : std::filesystem::directory_iterator(config.factory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (std::string version = updater.VersionInUse(*state, name); !version.empty())
      attributes["bundle." + name] = std::move(version);
  }
  for (const auto& [name, slots] : state->bundles)
    attributes["bundle." + name] = updater.VersionInUse(*state, name);
  return attributes;
}

bool MayPass(Errc code) {
  return code == Errc::kIo || code == Errc::kCorrupt || code == Errc::kTooLarge;
}

ExitCode Follow(const FollowOptions& options, const InstallationOptions& installation) {
  auto config = ThisUpdaterConfig(installation, options.tries);
  if (!config) return Report(config.error());
  if (const auto trust = TrustStore::Open(config->updates / "trust"); !trust)
    return Report(trust.error());
  const auto token = TokenOf(options);
  if (!token) return Report(token.error());
  const StopOnInterrupt stop;
  auto server =
      updates::DdiServer::Open(options.url, token->first, token->second, {.stop = stop.token()});
  if (!server) return Report(server.error());
  ExitCode shown = ExitCode::kOk;
  updates::DdiFollower follower(
      *std::move(server),
      {.updater = *config,
       .attributes = [&] { return AttributesOf(*config); },
       .progress = [](std::int64_t, std::int64_t, std::int64_t) { return !Interrupted(); },
       .tell = [&](const std::string& line) { shown = Worse(shown, Show(line + "\n")); }});
  for (std::chrono::seconds retry = kFirstRetry;;) {
    const auto step = follower.Step(SecondsNow());
    if (Interrupted()) return ExitCode::kInterrupted;
    if (shown != ExitCode::kOk) return shown;
    if (!step) {
      const ExitCode reported = Report(step.error());
      if (options.once || !MayPass(step.error().code)) return reported;
    } else if (options.once) {
      return ExitCode::kOk;
    }
    const auto pause = step ? *step : std::exchange(retry, std::min(2 * retry, kLongestRetry));
    if (step) retry = kFirstRetry;
    if (!http::Pause(pause, stop.token())) return ExitCode::kInterrupted;
  }
}

}  // namespace

void AddUpdateFollow(CLI::App& update, Global& global) {
  auto options = std::make_shared<FollowOptions>();
  CLI::App* follow = update.add_subcommand(
      "follow", "Do what a hawkBit server says, with releases that are signed for; until Ctrl-C");
  follow->add_option("url", options->url, "https://HOST/TENANT/controller/v1/ID")->required();
  follow
      ->add_option("--target-token-file", options->target_file,
                   "File whose first line is this device's token (default: the variable "
                   "EUPHONE_TARGET_TOKEN)")
      ->type_name("FILE");
  follow
      ->add_option("--gateway-token-file", options->gateway_file,
                   "The same of a gateway's token (EUPHONE_GATEWAY_TOKEN)")
      ->excludes("--target-token-file")
      ->type_name("FILE");
  follow->add_flag("--once", options->once, "Ask once, do what is to be done now, and end");
  AddTryOptions(*follow, options->tries);
  follow->callback([=, &global] {
    global.run = [=, &global] { return Follow(*options, global.installation); };
  });
}

}  // namespace euphone::cli

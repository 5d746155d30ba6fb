#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "mcp/line_cutter.h"
#include "mcp/protocol.h"
#include "mcp_tools.h"
#include "standard_input.h"
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

struct McpCommand {
  std::string root = ".";
  StoreOptions store;
};

mcp::Identity OwnIdentity() {
  return {.name = "euphone",
          .title = "Euphone",
          .version = kVersion,
          .instructions =
              "A pronunciation coach for English that works on this device. Score recordings with "
              "analyze_recording, explain sounds with explain, plan drills with plan_practice. Say "
              "only what the results say; where they are not sure, say so."};
}

/// Somebody waits for each result: as many threads as pay (decision 038).
InstallationOptions ForOneAtATime(InstallationOptions options) {
  constexpr unsigned kMost = 4;
  if (!options.threads) options.threads = static_cast<int>(std::min(Cores(), kMost));
  return options;
}

/// False where nobody can read it.
bool Send(const std::vector<std::string>& messages) {
  return std::ranges::all_of(messages,
                             [](const std::string& message) { return Print(message + "\n"); });
}

/// Answers line by line until the input ends or Ctrl-C.
ExitCode Serve(mcp::Server& server) {
  mcp::LineCutter cutter(mcp::kMostMessageBytes);
  const auto answer = [&](const mcp::LineCutter::Line& line) {
    if (line.too_long) return Send({server.RefuseLong()});
    const bool blank = line.text.find_first_not_of(" \t") == std::string::npos;
    return blank || Send(server.Take(line.text));
  };
  std::array<char, 1 << 16> block{};
  while (WaitForStandardInput()) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Report({Errc::kIo, "standard input: " + std::generic_category().message(errno)});
    }
    auto lines = cutter.Add({block.data(), static_cast<std::size_t>(got)});
    if (got == 0) {
      if (auto rest = cutter.Rest()) lines.push_back(*std::move(rest));
    }
    for (const auto& line : lines) {
      if (Interrupted()) return ExitCode::kOk;
      if (!answer(line)) {
        ReportUnwritable();
        return ExitCode::kBadInput;
      }
    }
    if (got == 0) break;
  }
  return ExitCode::kOk;
}

ExitCode RunMcp(const McpCommand& command, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  std::error_code failed;
  McpOptions options{.installation = ForOneAtATime(installation),
                     .store = command.store,
                     .root = std::filesystem::canonical(command.root, failed)};
  if (failed) return Report({Errc::kNotFound, command.root + ": " + failed.message()});
  mcp::Server server(OwnIdentity(), MakeMcpTools(options));
  if (::isatty(STDIN_FILENO) == 1)
    ReportLine(
        "speaks the Model Context Protocol with the program that started it; Ctrl-C ends it");
  return Serve(server);
}

}  // namespace

void AddMcp(CLI::App& app, Global& global) {
  auto command = std::make_shared<McpCommand>();
  CLI::App* mcp = app.add_subcommand(
      "mcp", "Lend these commands to a language model's program: the Model Context Protocol");
  mcp->footer(
      "Examples:\n"
      "  euphone mcp --root ~/Recordings     as a client starts it (docs/howto/mcp.md)");
  mcp->add_option("--root", command->root,
                  "Read recordings in this folder only (default: the working directory)")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory);
  AddStoreOptions(*mcp, command->store);
  mcp->callback([command, &global] {
    global.run = [command, &global] { return RunMcp(*command, global.installation); };
  });
}

}  // namespace euphone::cli

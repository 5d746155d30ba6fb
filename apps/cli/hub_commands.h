#pragma once

namespace CLI {
class App;
}

namespace euphone::cli {

struct Global;

/// `fleet up` and what operators ask a hub.
void AddHubCommands(CLI::App& fleet, Global& global);

}  // namespace euphone::cli

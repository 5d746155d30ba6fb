#include "hub_up.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <charconv>
#include <memory>
#include <mutex>

#include "hub/hub.h"
#include "hub_client.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "trouble_teller.h"

namespace euphone::cli {
namespace {

/// "HOST:PORT", "HOST" or "[::1]:PORT".
bool ReadListen(const std::string& text, hub::HubOptions& options) {
  const std::size_t colon = text.rfind(':');
  options.listen = text.substr(0, colon);
  options.port = 4222;
  if (options.listen.empty()) return false;
  if (colon == std::string::npos) return true;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, options.port);
  return read.ec == std::errc() && read.ptr == end && options.port != 0;
}

}  // namespace

ExitCode RunHub(const HubUpOptions& options) {
  const auto usage = [](const std::string& what) {
    ReportLine(what);
    return ExitCode::kUsage;
  };
  if (options.dev && (!options.nats.url.empty() || !options.database.empty()))
    return usage("--dev brings a NATS server and a database of its own; leave out the others");
  if (!options.listen.empty() && !options.nats.url.empty())
    return usage("--listen is for a NATS server of its own, and --nats names another one");
  if (options.certificate.empty() != options.key.empty())
    return usage("--certificate and --key go together");
  hub::HubOptions wanted;
  if (options.folder.empty()) {
    const auto folder = HubFolder();
    if (!folder) return Report(folder.error());
    wanted.folder = *folder;
  } else {
    wanted.folder = options.folder;
  }
  if (!options.listen.empty() && !ReadListen(options.listen, wanted))
    return usage("--listen " + Shortened(options.listen) + ": give HOST or HOST:PORT");
  wanted.nats = BrokerOptionsOf(options.nats, "euphone hub");
  wanted.database = options.database;
  wanted.keep_days = options.keep_days;
  wanted.known_as = options.known_as;
  wanted.certificate = options.certificate;
  wanted.key = options.key;
  wanted.trouble = TroubleTeller();
  ::umask(077);  // What it keeps is for its owner alone.
  const StopOnInterrupt stop;
  wanted.stop = stop.token();
  auto hub = hub::Hub::Open(wanted);
  if (!hub) return Report(hub.error());
  const std::string at = options.folder.empty() ? "" : " --hub " + options.folder;
  std::string page = fmt::format("The hub runs: messages by {}, records in {}.\n",
                                 fleet::WithoutSecrets((*hub)->address().url), (*hub)->database());
  if ((*hub)->own_server()) {
    page += fmt::format("Invite a device:  euphone fleet invite NAME{}\n", at);
    if (options.listen.empty())
      page += "Other machines cannot reach it; for them start it with --listen HOST.\n";
  } else {
    page += "Devices are users of that NATS server; docs/howto/run-a-fleet.md says which.\n";
  }
  std::unique_ptr<ServedHubPage> served;
  if (!options.page.none) {
    auto opened = ServedHubPage::Open(**hub, options.page, wanted.folder);
    if (!opened) return Report(opened.error());
    served = *std::move(opened);
    page += served->greeting();
  }
  page += fmt::format("See the devices:  euphone fleet devices{}\nCtrl-C stops it.\n", at);
  if (!Print(page)) {
    ReportUnwritable();
    return ExitCode::kBadInput;
  }
  if (Status ran = (*hub)->Run(stop.token()); !ran) return Report(ran.error());
  return ExitCode::kOk;
}

}  // namespace euphone::cli

#include "agent_sync.h"

#include <utility>

#include "store/clock.h"

namespace euphone::cli {
namespace {

/// Between looks for a store that is not there, or not to be opened.
constexpr std::chrono::minutes kLookForStore{1};

}  // namespace

AgentSync::AgentSync(StoreOptions options, fleet::Broker& broker, std::string device, Tell tell)
    : options_(std::move(options)),
      broker_(broker),
      device_(std::move(device)),
      tell_(std::move(tell)) {}

void AgentSync::Trouble(const std::string& what) {
  if (what != trouble_ && tell_) tell_("what learners share waits: " + what);
  trouble_ = what;
}

void AgentSync::Open() {
  const auto now = std::chrono::steady_clock::now();
  if (now < look_next_) return;
  look_next_ = now + kLookForStore;
  const auto folder = StoreFolder(options_);
  if (!folder) return;
  KeyGivers givers = GiversOf(options_);
  if (options_.passphrase_file.empty()) {
    givers.passphrase = []() -> Result<std::string> {
      return Error{Errc::kInvalidArgument,
                   "the store wants a passphrase, and nobody is here to type it: name a file with "
                   "it (--passphrase-file)"};
    };
  }
  auto store = Store::Open(*folder, givers);
  if (!store) {
    if (store.error().code != Errc::kNotFound) Trouble(store.error().message);
    return;
  }
  store_ = std::make_unique<Store>(*std::move(store));
  auto link = fleet::SyncLink::Open(*store_, broker_, device_);
  if (link)
    link_.emplace(*std::move(link));
  else
    Trouble(link.error().message);
}

void AgentSync::Step() {
  if (!link_) Open();
  if (!link_) return;
  const auto done = link_->Step(NowMs());
  if (done) return trouble_.clear();
  const Errc code = done.error().code;
  if (code == Errc::kIo) return;  // A hub that is away is no news.
  Trouble(done.error().message);
  // What the hub refuses of a class holds nothing else up; all else may be the store's.
  if (code == Errc::kInvalidArgument || code == Errc::kUnsupported) return;
  link_.reset();
  store_.reset();
}

}  // namespace euphone::cli

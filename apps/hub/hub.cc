#include "hub/hub.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "base/private_file.h"
#include "store/clock.h"

namespace euphone::hub {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds kWait{200}, kAfterTrouble{300}, kToPublish{10000};
constexpr milliseconds kBetweenDatabases{1000};
constexpr const char* kHubUser = "hub.self";  // No device is called so.
constexpr int kTriesOfPort = 50;  // A server that was ours may need a moment to let it go.

std::int64_t NowS() { return NowMs() / 1000; }

std::uint16_t PortIn(const std::string& url) {
  const std::size_t colon = url.rfind(':');
  if (colon == std::string::npos) return 0;
  return static_cast<std::uint16_t>(std::strtoul(url.c_str() + colon + 1, nullptr, 10));
}

}  // namespace

Hub::Hub(const HubOptions& options) : options_(options) {}

Hub::~Hub() {
  subscriptions_.clear();
  if (intake_) intake_->GiveBack();
  intake_.reset();
  orders_.reset();
  repository_.reset();
  stream_.reset();
  broker_.reset();
}

void Hub::Trouble(const std::string& what) const {
  if (options_.trouble) options_.trouble(what);
}

Result<std::unique_ptr<Hub>> Hub::Open(const HubOptions& options) {
  auto hub = std::unique_ptr<Hub>(new Hub(options));
  if (Status begun = hub->Begin(); !begun) return begun.error();
  return hub;
}

Status Hub::Begin() {
  std::error_code failed;
  const bool is_new = fs::create_directories(options_.folder, failed);
  if (is_new) fs::permissions(options_.folder, fs::perms::owner_all, failed);
  if (failed) return Error{Errc::kIo, options_.folder.string() + ": " + failed.message()};
  auto lock = FileLock::Take(options_.folder / "hub.lock", FileLock::Kind::kAlone,
                             FileLock::Patience::kNone);
  if (!lock)
    return Error{Errc::kIo, options_.folder.string() +
                                ": a hub runs here already; name another folder (--dir)"};
  lock_.emplace(*std::move(lock));
  const auto before = ReadHubAddress(options_.folder / "hub.json");
  if (before) address_ = *before;
  const std::string url = options_.database.empty()
                              ? "sqlite:" + (options_.folder / "hub.db").string()
                              : options_.database;
  auto database = OpenDatabase(url);
  if (!database) return database.error();
  if (Status alone = database->KeepAlone(); !alone) return alone;
  // SQLite lets one write at a time: classes get a file of their own.
  auto of_classes = fleet::OpenSql(
      url.starts_with("sqlite:") ? "sqlite:" + (options_.folder / "classes.db").string() : url);
  if (!of_classes) return of_classes.error();
  auto classes = fleet::SyncHub::Open(*std::move(of_classes), &NowMs);
  if (!classes) return classes.error();
  classes_.emplace(*std::move(classes));
  database_.emplace(*std::move(database));
  records_.emplace(*database_);
  desk_records_.emplace(*database_);
  rollouts_.emplace(*desk_records_, records_->inventory());
  retention_.emplace(*records_, options_.keep_days);
  if (options_.nats.url.empty()) {
    auto admissions = Admissions::Open(options_.folder);
    if (!admissions) return admissions.error();
    admissions_.emplace(*std::move(admissions));
  }
  desk_.emplace(*database_, *records_, *desk_records_, *rollouts_, Outlets());
  if (Status ready = Ready(); !ready) return ready;
  // The token of who starts the hub stays as long as it is known.
  if (address_.token.empty() || !desk_->Admit(address_.token)) {
    const auto token = desk_->SetUser("admin", Role::kAdmin, NowS());
    if (!token) return token.error();
    address_.token = *token;
  }
  if (admissions_)
    if (Status set = admissions_->SetUser("admin", NatsPassword(address_.token)); !set) return set;
  if (Status started = StartServer(); !started) return started;
  address_.ca = admissions_ ? options_.certificate : options_.nats.ca;
  json document = {
      {"schema", "euphone.hub.address/1"}, {"url", address_.url}, {"token", address_.token}};
  if (!address_.ca.empty()) document["ca"] = fs::absolute(address_.ca).string();
  if (Status kept = WritePrivateFile(options_.folder / "hub.json", document.dump(1) + "\n"); !kept)
    return kept;
  if (Status connected = Connect(); !connected) return connected;
  return Attach();
}

/// A server may start later than this hub, or anew at the same time.
Result<HubDatabase> Hub::OpenDatabase(const std::string& url) const {
  const auto until = std::chrono::steady_clock::now() + options_.patience;
  bool told = false;
  for (;;) {
    auto database = HubDatabase::Open(url);
    if (database || database.error().code != Errc::kIo || url.starts_with("sqlite:") ||
        options_.stop.stop_requested() || std::chrono::steady_clock::now() >= until)
      return database;
    if (!std::exchange(told, true)) Trouble(database.error().message);
    std::this_thread::sleep_for(kBetweenDatabases);
  }
}

Status Hub::StartServer() {
  if (!admissions_) {
    address_.url = options_.nats.url;
    return {};
  }
  if (Status written = admissions_->WriteConfig(); !written) return written;
  std::string extra = "include \"nats-users.conf\"\n";
  if (!options_.certificate.empty())
    extra += "tls {\n  cert_file: " + json(options_.certificate).dump() +
             "\n  key_file: " + json(options_.key).dump() + "\n}\n";
  port_ = options_.port != 0 ? options_.port : PortIn(address_.url);
  const fleet::NatsServerOptions wanted{.folder = options_.folder / "nats",
                                        .name = "euphone-hub",
                                        .address = options_.listen,
                                        .port = port_,
                                        .open = true,
                                        .extra = std::move(extra)};
  std::error_code failed;
  fs::create_directories(wanted.folder, failed);
  // It includes the file beside its own configuration.
  fs::remove(wanted.folder / "nats-users.conf", failed);
  fs::create_symlink(fs::absolute(admissions_->config()), wanted.folder / "nats-users.conf",
                     failed);
  auto server = fleet::NatsServer::Start(wanted);
  for (int tries = 1; !server && port_ != 0 && tries < kTriesOfPort; ++tries) {
    if (server.error().code != Errc::kIo) break;
    std::this_thread::sleep_for(kAfterTrouble);
    server = fleet::NatsServer::Start(wanted);
  }
  if (!server) return server.error();
  server_.emplace(*std::move(server));
  port_ = server_->port();
  address_.url = UrlFor("", "", true);
  return {};
}

std::string Hub::UrlFor(const std::string& user, const std::string& password, bool here) const {
  const bool everywhere = options_.listen == "0.0.0.0";
  std::string host = everywhere ? "127.0.0.1" : options_.listen;
  // A certificate is of a name, which has to be used here, too.
  const bool named = !options_.known_as.empty() && (!here || !options_.certificate.empty());
  if (named) host = options_.known_as;
  std::array<char, 256> name{};
  if (!named && !here && everywhere && ::gethostname(name.data(), name.size() - 1) == 0)
    host = name.data();
  return fmt::format("{}://{}{}:{}", options_.certificate.empty() ? "nats" : "tls",
                     user.empty() ? std::string() : user + ":" + password + "@", host, port_);
}

Status Hub::Connect() {
  fleet::BrokerOptions where = options_.nats;
  if (admissions_) {
    where.url = UrlFor(kHubUser, admissions_->hub_secret(), true);
    if (!options_.certificate.empty()) where.ca = options_.certificate;
  }
  where.name = "euphone hub";
  where.reconnect_wait = milliseconds(100);
  where.patience = std::chrono::seconds(10);
  where.on_change = [this](fleet::Link link) {
    if (link == fleet::Link::kBack) compare_ = true;
  };
  auto broker = fleet::Broker::Connect(where);
  if (!broker) return broker.error();
  broker_.emplace(*std::move(broker));
  intake_.emplace(*broker_, Intake::Options{.mutex = mutex_,
                                            .records = *records_,
                                            .rollouts = *rollouts_,
                                            .ready = [this] { return Ready(); },
                                            .doubt = [this] { doubtful_ = true; },
                                            .now = &NowS});
  const auto answer = [this](const std::string& subject,
                             void (Hub::*method)(const fleet::Message&)) -> Status {
    auto made = broker_->Subscribe(
        subject, [this, method](const fleet::Message& message) { (this->*method)(message); });
    if (!made) return made.error();
    subscriptions_.push_back(*std::move(made));
    return {};
  };
  if (Status made = answer(kAdminSubject, &Hub::AnswerAdmin); !made) return made;
  if (Status made = answer(fleet::AskSubject("*", fleet::kAskSync), &Hub::AnswerSync); !made)
    return made;
  return answer(fleet::AskSubject("*", fleet::kAskCursors), &Hub::AnswerCursors);
}

Status Hub::Attach() {
  auto stream = fleet::JetStream::Of(*broker_);
  if (!stream) return stream.error();
  auto orders = fleet::KeyValue::Open(*stream, {.name = std::string(fleet::kOrdersBucket)});
  if (!orders) return orders.error();
  auto repository = fleet::KeyValue::Open(*stream, {.name = std::string(fleet::kRepositoryBucket)});
  if (!repository) return repository.error();
  intake_->GiveBack();
  if (Status attached = intake_->Attach(*stream); !attached) return attached;
  const std::lock_guard lock(mutex_);  // Operators' files go through the bucket.
  orders_.reset();
  repository_.reset();
  stream_.reset();
  stream_.emplace(*std::move(stream));
  orders_.emplace(*std::move(orders));
  repository_.emplace(*std::move(repository));
  compare_ = true;
  return {};
}

/// REQUIRES: under the mutex.
Status Hub::Ready() {
  if (!doubtful_ && !desk_->doubtful()) return {};
  rollouts_->Doubt();
  if (Status loaded = records_->Load(); !loaded) return loaded;
  if (Status loaded = rollouts_->Load(); !loaded) return loaded;
  desk_->Reloaded();
  doubtful_ = false;
  return {};
}

Status Hub::Tick() {
  const std::lock_guard lock(mutex_);
  if (Status ready = Ready(); !ready) return ready;
  const Status done = database_->InTransaction([this] { return rollouts_->Tick(NowS()); });
  if (!done) doubtful_ = true;
  return done ? retention_->Turn(NowS()) : done;
}

/// What stands in the bucket, by devices whose orders should be looked at.
Status Hub::ReadOrdersBack(std::set<std::string>& devices) {
  auto watch = orders_->Watch(">");
  if (!watch) return watch.error();
  told_.clear();
  for (;;) {
    const auto next = watch->Next(kToPublish);
    if (!next) return next.error();
    if (!*next) return Error{Errc::kIo, "no answer in time about orders"};
    if (!(*next)->entry) return {};
    const fleet::KvEntry& entry = *(*next)->entry;
    if (!entry.deleted) told_[entry.key] = entry.value;
    devices.insert(entry.key);
  }
}

Status Hub::PutOrders() {
  std::set<std::string> devices;
  if (compare_.exchange(false)) {
    if (Status read = ReadOrdersBack(devices); !read) {
      compare_ = true;
      return read;
    }
  }
  std::vector<fleet::Outgoing> changed;
  {
    const std::lock_guard lock(mutex_);
    if (doubtful_) return {};
    devices.merge(rollouts_->TakeChanged());
    for (const std::string& device : devices) {
      const fleet::Orders orders = rollouts_->OrdersOf(device);
      std::string text = ToJson(orders);
      const auto known = told_.find(device);
      if (known == told_.end() ? orders.offers.empty() : known->second == text) continue;
      changed.push_back({.subject = fmt::format("$KV.{}.{}", fleet::kOrdersBucket, device),
                         .data = std::move(text)});
      told_[device] = changed.back().data;
    }
  }
  if (changed.empty()) return {};
  const Status put = stream_->PublishAll(changed, kToPublish);
  if (!put) compare_ = true;  // Whatever of it arrived.
  return put;
}

Status Hub::Run(std::stop_token stop) {
  bool attached = true;
  while (!stop.stop_requested()) {
    if (server_ && server_->Ended()) {
      Trouble("the NATS server ended; starting it again");
      if (Status again = server_->Restart(); !again) Trouble(again.error().message);
    }
    Status status;
    if (!attached) status = Attach();
    attached = status.has_value();
    if (attached) {
      const auto taken = intake_->Step(kWait);
      if (!taken) status = taken.error();
    }
    if (const std::int64_t now = NowS(); now != last_tick_ || intake_->reported()) {
      last_tick_ = now;
      if (Status ticked = Tick(); !ticked) status = ticked;
    }
    if (attached)
      if (Status put = PutOrders(); !put) status = put;
    if (status) continue;
    Trouble(status.error().message);
    attached = attached && status.error().code != Errc::kNotFound && broker_->connected();
    std::this_thread::sleep_for(kAfterTrouble);
  }
  intake_->GiveBack();
  // Acknowledgements are sent soon, not at once.
  [[maybe_unused]] const Status sent = broker_->Flush(kToPublish / 10);
  return {};
}

}  // namespace euphone::hub

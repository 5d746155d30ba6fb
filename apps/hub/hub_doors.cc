#include <signal.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "hub/hub.h"
#include "hub/publication.h"
#include "store/clock.h"

// What of the hub faces outwards: operators' and devices' questions, and what the desk has done.

namespace euphone::hub {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMostAddress = 1 << 16;

std::string_view CodeName(Errc code) {
  switch (code) {
    case Errc::kInvalidArgument:
      return "invalid";
    case Errc::kNotFound:
      return "not_found";
    case Errc::kUnsupported:
      return "unsupported";
    case Errc::kTooLarge:
      return "too_large";
    default:
      return "unavailable";
  }
}

std::string ErrorReply(std::string_view code, const std::string& message) {
  return json{{"error", {{"code", code}, {"message", message}}}}.dump(
      -1, ' ', false, json::error_handler_t::replace);
}

std::string ErrorReply(const Error& error) {
  return ErrorReply(CodeName(error.code), error.message);
}

std::string TextIn(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<HubAddress> ReadHubAddress(const fs::path& file) {
  const auto text = ReadFile(file, kMostAddress);
  if (!text) return text.error();
  const json document = json::parse(*text, nullptr, false);
  HubAddress address{.url = TextIn(document, "url"),
                     .token = TextIn(document, "token"),
                     .ca = TextIn(document, "ca")};
  if (TextIn(document, "schema") != "euphone.hub.address/1" || address.url.empty())
    return Error{Errc::kCorrupt, file.string() + ": it is no euphone.hub.address/1"};
  return address;
}

Result<std::optional<std::string>> Hub::ReadPublishedFile(const std::string& path) {
  if (!repository_ || !broker_->connected())
    return Error{Errc::kIo, "there is no connection to the NATS server now"};
  auto there = repository_->Get(path);
  if (!there) return there.error();
  if (!*there || (*there)->deleted) return std::optional<std::string>();
  return std::optional(std::move((*there)->value));
}

DeskOutlets Hub::Outlets() {
  DeskOutlets outlets;
  references_.emplace([this](const std::string& path) { return ReadPublishedFile(path); });
  outlets.reference = [this](std::string_view bundle, std::string_view version) {
    return references_->Find(bundle, version);
  };
  outlets.classes = &*classes_;
  outlets.invite = [this](const std::string& device) -> Result<std::string> {
    if (!admissions_)
      return Error{Errc::kUnsupported, "who may connect is said by the NATS server at " +
                                           fleet::WithoutSecrets(options_.nats.url) +
                                           "; make a user there (docs/howto/run-a-fleet.md)"};
    const auto secret = admissions_->Invite(device);
    if (!secret) return secret.error();
    if (Status told = UsersChanged(); !told) return told.error();
    return UrlFor(device, *secret, false);
  };
  outlets.revoke = [this](const std::string& device) -> Status {
    if (!admissions_)
      return Error{Errc::kUnsupported,
                   "who may connect is said by the NATS server; take the user "
                   "away there (docs/howto/run-a-fleet.md)"};
    if (Status gone = admissions_->Revoke(device); !gone) return gone;
    return UsersChanged();
  };
  outlets.user = [this](const std::string& user, const std::string& token) -> Status {
    if (!admissions_) return {};
    const Status set = token.empty() ? admissions_->RemoveUser(user)
                                     : admissions_->SetUser(user, NatsPassword(token));
    return set ? UsersChanged() : set;
  };
  outlets.waiting = [this](fleet::IntakeCounters& counters) {
    if (intake_) intake_->AddWaiting(counters);
  };
  outlets.files = [this]() -> Result<std::vector<std::string>> { return repository_->Keys(); };
  outlets.put = [this](const std::string& path, const std::string& content) -> Status {
    if (content.size() > broker_->max_payload() - 1024)
      return Error{Errc::kTooLarge, path + ": the NATS server takes no file as large as that"};
    const auto read = [this](const std::string& which) { return ReadPublishedFile(which); };
    if (Status sound = CheckPublished(path, content, read, NowMs() / 1000); !sound) return sound;
    if (path != "metadata/timestamp.json") {
      const auto there = read(path);
      if (!there) return there.error();
      if (*there) {
        if (**there == content) return {};
        return Error{Errc::kInvalidArgument, path + ": what is published is never changed"};
      }
    }
    const auto put = repository_->Put(path, content);
    return put ? Status() : put.error();
  };
  return outlets;
}

/// The server keeps those connected that may be, and ends the others.
Status Hub::UsersChanged() {
  if (Status written = admissions_->WriteConfig(); !written) return written;
  if (server_) ::kill(server_->id(), SIGHUP);
  return {};
}

std::string Hub::Ask(const std::string& token, const std::string& verb,
                     const std::string& arguments) {
  const std::lock_guard lock(mutex_);
  if (Status ready = Ready(); !ready) return ErrorReply(ready.error());
  const auto who = desk_->Admit(token);
  if (!who) {
    const Error error = who.error();
    if (error.code != Errc::kInvalidArgument) return ErrorReply(error);
    return ErrorReply("not_admitted", error.message);
  }
  const auto reply = desk_->Handle(verb, arguments, *who, NowMs() / 1000);
  if (!reply && !HubDesk::Knows(verb)) return ErrorReply("unknown_verb", reply.error().message);
  if (!reply && !HubDesk::Allows(verb, who->role))
    return ErrorReply("not_allowed", reply.error().message);
  if (!reply) return ErrorReply(reply.error());
  return "{\"reply\":" + *reply + "}";
}

void Hub::AnswerAdmin(const fleet::Message& message) {
  if (message.reply.empty()) return;
  const json asked = json::parse(message.data, nullptr, false);
  std::string reply = asked.is_object()
                          ? Ask(TextIn(asked, "token"), TextIn(asked, "verb"),
                                asked.value("arguments", json::object())
                                    .dump(-1, ' ', false, json::error_handler_t::replace))
                          : ErrorReply({Errc::kInvalidArgument, "it is no JSON object"});
  if (reply.size() > broker_->max_payload())
    reply = ErrorReply({Errc::kTooLarge, "the answer is too long; ask for fewer (most)"});
  [[maybe_unused]] const Status told = broker_->Publish(message.reply, reply);
}

void Hub::AnswerCursors(const fleet::Message& message) {
  const std::string device(fleet::DeviceOf(message.subject));
  const std::string outbox = TextIn(json::parse(message.data, nullptr, false), "outbox");
  if (device.empty() || outbox.empty() || message.reply.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto cursors = records_->CursorsOf(device, outbox);
  // Nobody is answered while the database is away: the device asks again.
  if (cursors) [[maybe_unused]]
    const Status told = broker_->Publish(message.reply, ToJson(*cursors));
}

void Hub::AnswerSync(const fleet::Message& message) {
  if (message.reply.empty()) return;
  const auto answer = classes_->Answer(fleet::DeviceOf(message.subject), message.data);
  const std::string reply = answer ? *answer : json{{"error", answer.error().message}}.dump();
  [[maybe_unused]] const Status told = broker_->Publish(message.reply, reply);
}

}  // namespace euphone::hub

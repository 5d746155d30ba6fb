#include "fleet/nats_api.h"

#include <dlfcn.h>

#include <string_view>

namespace euphone::fleet {
namespace {

constexpr const char* kLibrary = "libnats.so.3.4";
constexpr const char* kNewerLibrary = "libnats.so";  // Of another version, where headers of it are.

Result<NatsApi> Load() {
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) library = ::dlopen(kNewerLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return Error{Errc::kNotFound, std::string(kLibrary) +
                                      ", which speaks with NATS servers, cannot be loaded; install "
                                      "it (Debian: libnats3.4)"};
  }
  NatsApi api;
  bool found = true;
  const auto get = [&](auto& function, const char* name) {
    function =
        reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
    found = found && function != nullptr;
  };
#define EUPHONE_FIND(name) get(api.name, #name);
  EUPHONE_EACH_OF_NATS(EUPHONE_FIND)
#undef EUPHONE_FIND
  if (!found) return Error{Errc::kUnsupported, std::string(kLibrary) + " is too old"};
  return api;  // The library stays until the program ends: its threads are in it.
}

const Result<NatsApi>& Loaded() {
  static const Result<NatsApi> loaded = Load();
  return loaded;
}

Errc CodeOf(natsStatus status) {
  switch (status) {
    case NATS_NOT_FOUND:
      return Errc::kNotFound;
    case NATS_INVALID_ARG:
    case NATS_INVALID_SUBJECT:
    case NATS_INVALID_QUEUE_NAME:
    case NATS_ADDRESS_MISSING:
      return Errc::kInvalidArgument;
    case NATS_MAX_PAYLOAD:
    case NATS_INSUFFICIENT_BUFFER:
      return Errc::kTooLarge;
    case NATS_NO_SERVER_SUPPORT:
      return Errc::kUnsupported;
    case NATS_NO_MEMORY:
    case NATS_FAILED_TO_INITIALIZE:
    case NATS_NOT_INITIALIZED:
    case NATS_ILLEGAL_STATE:
      return Errc::kInternal;
    default:
      return Errc::kIo;
  }
}

std::string_view Plain(natsStatus status) {
  switch (status) {
    case NATS_TIMEOUT:
      return "no answer in time";
    case NATS_NO_RESPONDERS:
      return "nobody answers there; does that server have JetStream enabled?";
    case NATS_INSUFFICIENT_BUFFER:
    case NATS_CONNECTION_DISCONNECTED:
      return "the NATS server is away, and what waits for it fills the buffer";
    case NATS_CONNECTION_CLOSED:
      return "the connection to the NATS server is closed";
    default:
      return {};
  }
}

}  // namespace

Result<const NatsApi*> LoadNats() {
  const Result<NatsApi>& loaded = Loaded();
  if (!loaded) return loaded.error();
  return &loaded.value();
}

const NatsApi& Nats() { return *Loaded(); }

Error NatsFailure(const std::string& what, natsStatus status) {
  std::string reason(Plain(status));
  natsStatus last = NATS_OK;
  const char* said = Nats().nats_GetLastError(&last);
  if (reason.empty() && said != nullptr && last == status) reason = said;
  if (reason.empty()) reason = Nats().natsStatus_GetText(status);
  while (reason.ends_with('\n') || reason.ends_with('.')) reason.pop_back();
  return {CodeOf(status), what + ": " + reason};
}

}  // namespace euphone::fleet

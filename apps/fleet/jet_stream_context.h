#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "fleet/jet_stream.h"
#include "fleet/nats_api.h"
#include "fleet/retired.h"

namespace euphone::fleet {

EUPHONE_NATS_OWNER(JsHandle, jsCtx, jsCtx_Destroy);
EUPHONE_NATS_OWNER(JsMessage, natsMsg, natsMsg_Destroy);

/// A JetStream of a connection, as libnats has it.
struct JetStream::Context {
  JsHandle js;
  std::string where;  ///< The server, for messages.
  std::shared_ptr<Retired> retired;
  std::mutex publishing;  ///< One PublishAll at a time.
  std::mutex mutex;       ///< Guards what follows, which the library's thread writes.
  std::size_t failures = 0;
  std::string first_failure;
};

}  // namespace euphone::fleet

#pragma once

#include "server/store_api.h"
#include "store/takes.h"

namespace euphone::server {

/// The comments on a take, as its own answer has them: oldest first.
Result<StoreJson> CommentsJson(Store& store, TakeId take);

}  // namespace euphone::server

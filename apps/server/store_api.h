#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>

#include "server/context.h"
#include "store/store.h"

/// What the routes that work with the store have in common.
namespace euphone::server {

using StoreJson = nlohmann::ordered_json;

inline constexpr std::size_t kMostStoreBody = std::size_t{16} << 10;

/// As an answer's body, whatever bytes its texts have.
Response StoreAnswer(const StoreJson& json, int status = 200);

/// Answers with a connection to the store; 404 "no_store" where nothing is kept here, or nothing
/// was so far and `make` is not said.
Response WithStore(Context& context, const std::function<Response(Store&)>& answer,
                   bool make = false);

/// The object in a request's body. Fails: kInvalidArgument.
Result<StoreJson> ObjectIn(const Request& request);

}  // namespace euphone::server

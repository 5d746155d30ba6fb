#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/context.h"
#include "store/learners.h"
#include "store/store.h"
#include "store/takes.h"

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

/// Whether a request may see what belongs to this learner.
bool MaySee(const Request& request, const Learner& learner);
/// The same of a take; false where that cannot be found out.
bool MaySee(Store& store, const Request& request, const TakeRow& take);
inline bool MaySee(Store&, const Request& request, const Learner& learner) {
  return MaySee(request, learner);
}

/// The one learner whose things `request` may see; null: everybody's. Fails: kNotFound.
Result<std::optional<LearnerId>> OnlyLearner(Store& store, const Request& request);

/// The object in a request's body. Fails: kInvalidArgument.
Result<StoreJson> ObjectIn(const Request& request);

/// What answers once the thing that a path names was found.
template <class Thing>
using OfOne = std::function<Response(Store&, const Thing&, const Request&)>;

/// A route whose pattern has one place, for the UUID of a thing that the store has; where `find`
/// fails, that is the answer. What a request may not see is not there for it.
template <class Thing>
Route RouteOfOne(Context& context, Method method, std::string pattern,
                 Result<Thing> (*find)(Store&, std::string_view), OfOne<Thing> answer) {
  return {.method = method,
          .pattern = std::move(pattern),
          .where = Where::kWorkers,
          .access = Access::kLearners,
          .most_body = method == Method::kPatch || method == Method::kPost ? kMostStoreBody : 0,
          .handle = [&context, find, answer = std::move(answer)](const Request& request) {
            return WithStore(context, [&](Store& store) {
              const auto thing = find(store, request.places.front().second);
              if (!thing) return FailureOf(thing.error());
              if (!MaySee(store, request, *thing))
                return Failure(404, "not_found", "there is nothing of this name");
              return answer(store, *thing, request);
            });
          }};
}

}  // namespace euphone::server

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/context.h"
#include "server/url.h"
#include "store/assignments.h"
#include "store/comments.h"
#include "store/learners.h"
#include "store/recordings.h"
#include "store/store.h"
#include "store/takes.h"

/// What the routes that work with the store have in common.
namespace euphone::server {

using StoreJson = nlohmann::ordered_json;

inline constexpr std::size_t kMostStoreBody = std::size_t{16} << 10;
/// Of a request with a list of ids: some thousands.
inline constexpr std::size_t kMostListBody = std::size_t{256} << 10;

/// As an answer's body, whatever bytes its texts have.
Response StoreAnswer(const StoreJson& json, int status = 200);

/// Answers with a connection to the store; 404 "no_store" where nothing is kept here, or nothing
/// was so far and `make` is not said.
Response WithStore(Context& context, const std::function<Response(Store&)>& answer,
                   bool make = false);

/// Whether a request may see what belongs to this learner.
bool MaySee(const Request& request, const Learner& learner);
/// The same of what a learner has; false where that cannot be found out.
bool MaySee(Store& store, const Request& request, const TakeRow& take);
bool MaySee(Store& store, const Request& request, const Comment& comment);
bool MaySee(Store& store, const Request& request, const Assignment& assignment);
inline bool MaySee(Store&, const Request& request, const Learner& learner) {
  return MaySee(request, learner);
}

/// The one learner whose things `request` may see; null: everybody's. Fails: kNotFound.
Result<std::optional<LearnerId>> OnlyLearner(Store& store, const Request& request);

/// The object in a request's body. Fails: kInvalidArgument.
Result<StoreJson> ObjectIn(const Request& request);

/// A text of an object's; empty where it has no such member. Fails: kInvalidArgument.
Result<std::string> TextIn(const StoreJson& object, const char* name);

/// The texts in a list of an object's; none where it has no such member. Fails: kInvalidArgument.
Result<std::vector<std::string>> TextsIn(const StoreJson& object, const char* name);

/// Whom `learner` in a query names; absent: nobody in particular. Where `request` may see one
/// learner's things alone, it is that one. Fails: kNotFound.
Result<std::optional<LearnerId>> LearnerIn(Store& store, const Request& request,
                                           const Query& query);

/// A whole number of that name in a query; nothing where there is none. Fails: kInvalidArgument
/// outside of its range.
Result<std::optional<std::int64_t>> NumberIn(const Query& query, const char* name,
                                             std::int64_t from, std::int64_t to);

/// A sound likewise, in ARPAbet or the IPA. Fails: kInvalidArgument.
Result<std::optional<PhoneId>> SoundIn(const Query& query, const char* name,
                                       const PhoneSet& phones);

/// UUIDs of all learners, by their rows.
Result<std::map<std::int64_t, std::string>> LearnerUuids(Store& store);

/// 204, once what the database's files still hold of it is gone, too.
Response Forgotten(Store& store, Status status);

/// As an answer: FLAC, or Ogg Opus.
Response SoundAnswer(Result<KeptRecording> recording);

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

#include <string>
#include <string_view>

#include "server/ask_api.h"
#include "server/prediction.h"
#include "server/store_api.h"
#include "store/secrets.h"

namespace euphone::server {
namespace {

/// The one chatflow that there is.
constexpr std::string_view kTutor = "tutor";

constexpr const char* kChatWindow =
    R"({"uploads":{"isSpeechToTextEnabled":false,"isImageUploadAllowed":false,)"
    R"("isRAGFileUploadAllowed":false,"imgUploadSizeAndTypes":[],"fileUploadSizeAndTypes":[]},)"
    R"("isTTSEnabled":false})";

Response NoSuchFlow() {
  return NotPredicted(Failure(404, "not_found", "the only chatflow here is `tutor`"), false);
}

Response Predict(Context& context, const Request& request) {
  if (request.place("flow") != kTutor) return NoSuchFlow();
  if (request.header("content-type").starts_with("multipart/"))
    return NotPredicted(Failure(415, "unsupported", "send JSON; the tutor takes no files"), false);
  auto read = ReadPredictionOrder(request.body);
  if (!read) return NotPredicted(FailureOf(read.error()), false);
  PredictionOrder& order = read->order;
  if (!read->status) return NotPredicted(FailureOf(read->status.error()), order.streaming);
  const auto reply = AskFor(context, request, order.question, order.learner, true);
  if (!reply) return NotPredicted(FailureOf(reply.error()), order.streaming);
  if (order.chat.empty()) order.chat = order.session.empty() ? RandomUuid() : order.session;
  if (order.session.empty()) order.session = order.chat;
  return Predicted(order, *reply, RandomUuid());
}

void AddFixed(Router& router, std::string pattern, std::string answer) {
  router.Add({.method = Method::kGet,
              .pattern = std::move(pattern),
              .access = Access::kAnybody,
              .handle = [answer = std::move(answer)](const Request& request) {
                return request.place("flow") == kTutor ? Response{.body = answer} : NoSuchFlow();
              }});
}

}  // namespace

void AddPredictionRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/prediction/{flow}",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .most_body = kMostListBody,
              .handle = [&context](const Request& request) { return Predict(context, request); }});
  AddFixed(router, "/api/v1/chatflows-streaming/{flow}", R"({"isStreaming":true})");
  AddFixed(router, "/api/v1/public-chatbotConfig/{flow}", kChatWindow);
}

}  // namespace euphone::server

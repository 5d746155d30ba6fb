#include "server/comment_api.h"

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "server/judge.h"
#include "store/clock.h"
#include "store/comments.h"

namespace euphone::server {
namespace {

constexpr std::size_t kMostInInbox = 200;
constexpr std::size_t kLongestAuthor = 200, kLongestComment = 8000;  // Bytes.

StoreJson JsonOf(const Comment& comment) {
  return {{"id", comment.uuid},
          {"author", comment.author},
          {"made_ms", comment.made_ms},
          {"text", comment.text},
          {"has_recording", comment.has_recording},
          {"seen", comment.seen}};
}

Response WrongText() {
  return Failure(400, "invalid_argument",
                 "a comment has `author` and `text`, texts of at most 200 and 8,000 bytes");
}

/// Who says what, in a body of JSON or, with a recording in the body, in the query.
Result<std::pair<std::string, std::string>> WordsIn(const Request& request, bool recorded) {
  std::string author, text;
  if (recorded) {
    const auto query = Query::Parse(request.query);
    if (!query) return Error{Errc::kInvalidArgument, "the query cannot be read"};
    if (const std::string* value = query->Find("author")) author = *value;
    if (const std::string* value = query->Find("text")) text = *value;
    return std::pair(author, text);
  }
  const auto json = ObjectIn(request);
  if (!json) return json.error();
  for (const auto& [key, value] : json->items()) {
    if ((key != "author" && key != "text") || !value.is_string())
      return Error{Errc::kInvalidArgument, "of a comment, `author` and `text` can be told"};
    (key == "author" ? author : text) = value.get<std::string>();
  }
  return std::pair(author, text);
}

Response Say(Context& context, Store& store, const TakeRow& take, const Request& request) {
  const bool recorded = !request.header("content-type").starts_with("application/json");
  auto words = WordsIn(request, recorded);
  if (!words) return FailureOf(words.error());
  auto& [author, text] = *words;
  if (author.size() > kLongestAuthor || text.size() > kLongestComment) return WrongText();
  Recording model;
  if (recorded) {
    auto read = ReadSent(context, request.body);
    if (!read) return FailureOf(read.error());
    model = *std::move(read);
  }
  const NewComment said{
      .take = take.id, .made_ms = NowMs(), .author = std::move(author), .text = std::move(text)};
  const auto id = AddComment(store, said, model.samples, kRecordingRate);
  if (!id) return FailureOf(id.error());
  const auto comment = GetComment(store, *id);
  return comment ? StoreAnswer(JsonOf(*comment), 201) : FailureOf(comment.error());
}

Response ChangeComment(Store& store, const Comment& comment, const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return FailureOf(json.error());
  if (json->size() != 1 || !json->contains("seen") || !(*json)["seen"].is_boolean())
    return Failure(400, "invalid_argument", "of a comment, `seen` can be changed");
  if (auto status = MarkSeen(store, comment.id, (*json)["seen"].get<bool>()); !status)
    return FailureOf(status.error());
  const auto now = GetComment(store, comment.id);
  return now ? StoreAnswer(JsonOf(*now)) : FailureOf(now.error());
}

Response Inbox(Store& store, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  const auto learner = LearnerIn(store, request, *query);
  if (!learner) return FailureOf(learner.error());
  const auto found = FindComments(
      store, {.learner = *learner, .unseen = query->Flag("unseen"), .limit = kMostInInbox + 1});
  if (!found) return FailureOf(found.error());
  StoreJson comments = StoreJson::array();
  for (const CommentOnTake& each : std::span(*found).first(std::min(found->size(), kMostInInbox))) {
    StoreJson json = JsonOf(each.comment);
    json["take"] = each.take;
    json["take_text"] = each.take_text;
    json["take_has_recording"] = each.take_has_recording;
    comments.push_back(std::move(json));
  }
  return StoreAnswer({{"comments", std::move(comments)}, {"more", found->size() > kMostInInbox}});
}

Route CommentRoute(Context& context, Method method, const char* rest, OfOne<Comment> answer) {
  return RouteOfOne<Comment>(context, method, std::string("/api/v1/comments/{comment}") + rest,
                             GetComment, std::move(answer));
}

}  // namespace

Result<StoreJson> CommentsJson(Store& store, TakeId take) {
  const auto comments = CommentsOf(store, take);
  if (!comments) return comments.error();
  StoreJson all = StoreJson::array();
  for (const Comment& comment : *comments) all.push_back(JsonOf(comment));
  return all;
}

void AddCommentRoutes(Router& router, Context& context) {
  Route say =
      RouteOfOne<TakeRow>(context, Method::kPost, "/api/v1/takes/{take}/comments", GetTake,
                          [&context](Store& store, const TakeRow& take, const Request& request) {
                            return Say(context, store, take, request);
                          });
  say.access = Access::kPaired;
  say.most_body = kMostRecordingBytes;
  router.Add(std::move(say));
  router.Add({.pattern = "/api/v1/comments",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) {
                return WithStore(context, [&](Store& store) { return Inbox(store, request); });
              }});
  router.Add(CommentRoute(context, Method::kPatch, "", ChangeComment));
  router.Add(CommentRoute(context, Method::kDelete, "",
                          [](Store& store, const Comment& comment, const Request&) {
                            return Forgotten(store, DeleteComment(store, comment.id));
                          }));
  router.Add(CommentRoute(context, Method::kGet, "/audio",
                          [](Store& store, const Comment& comment, const Request&) {
                            return SoundAnswer(RecordingOf(store, comment.id));
                          }));
}

}  // namespace euphone::server

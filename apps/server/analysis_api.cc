#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "report/report.h"
#include "server/judge.h"
#include "server/lesson_lookup.h"
#include "server/multipart.h"
#include "server/store_api.h"
#include "server/take_keeper.h"
#include "server/url.h"
#include "store/learners.h"

namespace euphone::server {
namespace {

/// What a request says, in its query or in its form; the form comes first.
class Fields {
 public:
  Fields(const Query& query, const std::vector<FormField>& form) : query_(query), form_(form) {}

  std::string Get(std::string_view name) const {
    if (const FormField* field = FindField(form_, name)) return std::string(field->content);
    const std::string* const value = query_.Find(name);
    return value == nullptr ? "" : *value;
  }

 private:
  const Query& query_;
  const std::vector<FormField>& form_;
};

/// The refusal where nobody is known by this name; a recording that took long to send and to judge
/// would be lost.
std::optional<Response> WhoIsUnknown(Context& context, const Request& request,
                                     const std::string& learner) {
  if (!context.store) return Failure(404, "no_store", "this server keeps nothing of anybody");
  auto store = context.store->Lend();
  if (!store) return FailureOf(store.error());
  const auto found = GetLearner(**store, std::string_view(learner));
  if (!found) return FailureOf(found.error());
  if (MaySee(request, *found)) return std::nullopt;
  return Failure(404, "not_found", "there is no such learner");
}

/// As the value of a header: ASCII in one line.
std::string HeaderText(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

Response Analyse(Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  SentRecording sent;
  sent.audio = request.body;
  Result<std::vector<FormField>> form(std::vector<FormField>{});
  const std::string_view type = request.header("content-type");
  if (type.starts_with("multipart/")) {
    const std::string boundary = BoundaryOf(type);
    if (boundary.empty())
      return Failure(415, "unsupported", "of forms, multipart/form-data with a boundary is read");
    form = ParseForm(request.body, boundary);
    if (!form) return FailureOf(form.error());
    const FormField* const audio = FindField(*form, "audio");
    sent.audio = audio == nullptr ? std::string_view() : audio->content;
  }
  const Fields fields(*query, *form);
  sent.text = fields.Get("text");
  sent.lesson = fields.Get("lesson");
  sent.item = fields.Get("item");
  if (!sent.lesson.empty() || !sent.item.empty()) {
    if (!sent.text.empty())
      return Failure(400, "two_texts", "give `text`, or `lesson` and `item`; not both");
    const auto lessons = context.lessons.all();
    const auto item = FindItem(*lessons, sent.lesson, sent.item);
    if (!item) return FailureOf(item.error());
    sent.text = (*item)->text;
  }
  const std::string learner = fields.Get("learner");
  const bool keeps = Keeps(context, learner);
  if (!learner.empty()) {
    if (auto unknown = WhoIsUnknown(context, request, learner)) return *std::move(unknown);
  }
  sent.learner = learner;
  const auto judged = JudgeRecording(context, sent);
  if (!judged) return FailureOf(judged.error());
  Response response{.body = WriteJson(judged->analysis, context.parts.phones(), {.pretty = false})};
  if (keeps) {
    const auto kept = KeepTake(context, {.learner = learner,
                                         .lesson = sent.lesson,
                                         .item = sent.item,
                                         .pcm = judged->recording.samples,
                                         .analysis = judged->analysis});
    if (kept)
      response.headers.emplace_back("Euphone-Take", *kept);
    else
      response.headers.emplace_back("Euphone-Not-Kept", HeaderText(kept.error().message));
  }
  return response;
}

}  // namespace

void AddAnalysisRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/analyses",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .most_body = kMostRecordingBytes,
              .handle = [&context](const Request& request) { return Analyse(context, request); }});
}

}  // namespace euphone::server

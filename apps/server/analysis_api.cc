#include <string>
#include <vector>

#include "report/report.h"
#include "server/judge.h"
#include "server/lesson_lookup.h"
#include "server/multipart.h"
#include "server/url.h"

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
    const auto item = FindItem(context.parts.lessons, sent.lesson, sent.item);
    if (!item) return FailureOf(item.error());
    sent.text = (*item)->text;
  }
  const auto analysis = JudgeRecording(context, sent);
  if (!analysis) return FailureOf(analysis.error());
  return {.body = WriteJson(*analysis, context.parts.phones(), {.pretty = false})};
}

}  // namespace

void AddAnalysisRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/analyses",
              .where = Where::kWorkers,
              .most_body = kMostRecordingBytes,
              .handle = [&context](const Request& request) { return Analyse(context, request); }});
}

}  // namespace euphone::server

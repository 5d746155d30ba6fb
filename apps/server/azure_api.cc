#include "report/report.h"
#include "server/azure_request.h"
#include "server/judge.h"
#include "server/take_keeper.h"
#include "server/url.h"

namespace euphone::server {
namespace {

Response Recognise(Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  const std::string* const language = query->Find("language");
  if (language != nullptr && !language->starts_with("en"))
    return Failure(400, "language", "only English is judged here: language=en-US");
  if (!request.has_header("pronunciation-assessment")) {
    return Failure(400, "no_assessment",
                   "the header Pronunciation-Assessment is missing; this server judges "
                   "pronunciation, and offers no plain transcription");
  }
  const auto asked = AzureRequest::Parse(request.header("pronunciation-assessment"));
  if (!asked) return FailureOf(asked.error());
  SentRecording sent;
  sent.audio = request.body;
  sent.text = asked->text;
  sent.every_word = !asked->miscue;
  const auto judged = JudgeRecording(context, sent);
  if (!judged) return FailureOf(judged.error());
  const Analysis& analysis = judged->analysis;
  if (Keeps(context, ""))  // The client has no place where it could be told that it was not.
    static_cast<void>(KeepTake(context, {.pcm = judged->recording.samples, .analysis = analysis}));
  const ReportOptions options{
      .pretty = false, .alphabet = asked->ipa ? PhoneAlphabet::kIpa : PhoneAlphabet::kArpabet};
  return {.body = AzureAnswer(WriteAzure(analysis, context.parts.phones(), options), *asked)};
}

}  // namespace

void AddAzureRoutes(Router& router, Context& context) {
  router.Add(
      {.method = Method::kPost,
       .pattern = "/speech/recognition/conversation/cognitiveservices/v1",
       .where = Where::kWorkers,
       .access = Access::kLearners,
       .most_body = kMostRecordingBytes,
       .handle = [&context](const Request& request) { return Recognise(context, request); }});
}

}  // namespace euphone::server

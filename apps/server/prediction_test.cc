#include "server/prediction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tutor/answer.h"

namespace euphone::server {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

PredictionOrder OrderOf(const char* body) { return ReadPredictionOrder(body).value().order; }

TutorReply Reply() {
  TutorReply reply{
      .question = "th?", .found = {}, .record = {"TH: said once."}, .answer = euphone::Answer{}};
  reply.answer->parts = {{"sound/th#about", "TH", "", {"Air.", "No voice."}},
                         {"contrast/s-th#x", "S, TH", "When", {"Tip out."}}};
  reply.found.hits.push_back(
      {.passage = {.id = "sound/th#about", .title = "TH", .heading = "", .text = "Air."},
       .relevance = {}});
  return reply;
}

PredictionOrder Named(bool streaming) {
  return {.question = "th?", .learner = "", .chat = "c", .session = "s", .streaming = streaming};
}

TEST(ReadPredictionOrder, TakesWhatClientsSendAndNothingElse) {
  const PredictionOrder order = OrderOf(
      R"({"question": "th?", "streaming": "true", "chatId": "c", "history": [1], "uploads": [],
          "overrideConfig": {"sessionId": "s", "vars": {"learner": "u"}, "model": {}}})");
  EXPECT_EQ(order.question, "th?");
  EXPECT_EQ(order.chat + order.session + order.learner, "csu");
  EXPECT_TRUE(order.streaming);
  EXPECT_FALSE(OrderOf(R"({"question": "th?", "streaming": null})").streaming);
}

TEST(ReadPredictionOrder, SaysWhatIsWrong) {
  EXPECT_FALSE(ReadPredictionOrder("[]"));
  EXPECT_FALSE(ReadPredictionOrder("{"));
  for (const char* body : {R"({"question": 7})", R"({"question": "q", "chatId": {}})",
                           R"({"question": "q", "overrideConfig": {"sessionId": 1}})",
                           R"({"question": "q", "overrideConfig": {"vars": {"learner": []}}})",
                           R"({"question": "q", "uploads": [{}]})"})
    EXPECT_FALSE(ReadPredictionOrder(body).value().status) << body;
}

TEST(Predicted, IsADocumentWithRecordPartsAndSources) {
  const Response response = Predicted(Named(false), Reply(), "m");
  const Json json = Json::parse(response.body);
  EXPECT_EQ(json["text"],
            "TH: said once.\n\n**TH**\n\nAir.\n\nNo voice.\n\n**S, TH: When**\n\n- Tip out.");
  EXPECT_EQ(json["sourceDocuments"][1],
            (Json{{"pageContent", "Tip out."},
                  {"metadata", {{"source", "contrast/s-th#x"}, {"title", "S, TH: When"}}}}));
  EXPECT_EQ(json["chatMessageId"], "m");
}

TEST(Predicted, EventsJoinToTheSameText) {
  const std::string text = Json::parse(Predicted(Named(false), Reply(), "m").body)["text"];
  const Response response = Predicted(Named(true), Reply(), "m");
  EXPECT_EQ(response.type, "text/event-stream");
  EXPECT_THAT(response.body, StartsWith("message:\ndata:{\"event\":\"start\",\"data\":\"\"}\n\n"));
  std::string joined;
  for (std::size_t at = 0; (at = response.body.find("data:", at)) != std::string::npos; at += 5) {
    const Json event =
        Json::parse(response.body.substr(at + 5, response.body.find('\n', at) - at - 5));
    if (event["event"] == "token") joined += event["data"].get<std::string>();
  }
  EXPECT_EQ(joined, text);
}

TEST(Predicted, WhatAModelComposedNamesThePassagesThatItIsOutOf) {
  TutorReply reply = Reply();
  reply.composed =
      ComposedAnswer{.text = "Let air out.", .passages = {"sound/th#about"}, .model = "m"};
  const Json json = Json::parse(Predicted(Named(false), reply, "m").body);
  EXPECT_EQ(json["text"], "TH: said once.\n\nLet air out.");
  ASSERT_EQ(json["sourceDocuments"].size(), 1U);
  EXPECT_EQ(json["sourceDocuments"][0]["metadata"]["source"], "sound/th#about");
}

TEST(Predicted, WhereNothingIsKnownThereAreNoSources) {
  TutorReply reply{.question = "?", .found = {}, .record = {}, .answer = euphone::Answer{}};
  const Json json = Json::parse(Predicted(Named(false), reply, "m").body);
  EXPECT_EQ(json["text"], std::string(kNothingKnown));
  EXPECT_FALSE(json.contains("sourceDocuments"));
}

TEST(NotPredicted, IsToldInBothShapes) {
  const Response failure = Failure(404, "not_found", "nobody");
  const Response document = NotPredicted(failure, false);
  EXPECT_EQ(document.status, 404);
  EXPECT_EQ(Json::parse(document.body)["message"], "nobody");
  EXPECT_EQ(Json::parse(document.body)["error"]["code"], "not_found");
  const Response events = NotPredicted(failure, true);
  EXPECT_EQ(events.status, 200);
  EXPECT_THAT(events.body, HasSubstr("nobody"));
}

}  // namespace
}  // namespace euphone::server

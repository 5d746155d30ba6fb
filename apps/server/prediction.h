#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http.h"
#include "tutor/answer_json.h"

/// The tutor in Flowise's shape: what a client of its predictions sends and gets
/// (docs/formats/flowise.md). Pure.
namespace euphone::server {

struct PredictionOrder {
  std::string question;
  std::string learner;        ///< A UUID; empty: nobody in particular.
  std::string chat, session;  ///< Empty: not named.
  bool streaming = false;
};

/// What is wrong with an order that can be read is told as the order wants it: as a document, or
/// among events.
struct ReadOrder {
  PredictionOrder order;
  Status status = {};
};

/// Fails: kInvalidArgument where the body is no JSON object.
Result<ReadOrder> ReadPredictionOrder(std::string_view body);

/// An answer: a document, or events that give the same. `chat` and `session` must be named;
/// `message`: a new name.
Response Predicted(const PredictionOrder& order, const TutorReply& reply,
                   const std::string& message);

/// A refusal, as `Failure` says it and in Flowise's words too; for who wants events: in them.
Response NotPredicted(const Response& failure, bool streaming);

}  // namespace euphone::server

#include "mcp_descriptions.h"

#include <string>
#include <utility>
#include <vector>

namespace euphone::cli {
namespace {

using mcp::Json, mcp::Tool;

Json Text(const char* description, int most = 0) {
  Json schema{{"type", "string"}, {"description", description}, {"minLength", 1}};
  if (most > 0) schema["maxLength"] = most;
  return schema;
}

Json LearnerName(const char* description) { return Text(description, 200); }
Json SoundName(const char* description) { return Text(description, 8); }

/// Arguments, of which some are required, and no others.
Json Arguments(Json properties, std::vector<std::string> required) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

Tool DescribeAnalyzeRecording() {
  return {
      .name = "analyze_recording",
      .title = "Score a recording",
      .description =
          "Scores a recording of somebody who reads a text aloud in English: every word and sound "
          "from 0 to 100, what was heard instead, and what the coach advises. Nothing is claimed "
          "where the recording does not allow it.",
      .input = Arguments(
          {{"path",
            Text("A file on this device: WAV, FLAC, Ogg, Opus, MP3 or AIFF, up to 5 minutes",
                 4096)},
           {"text", Text("What was to be read, exactly")},
           {"learner",
            LearnerName("Who reads: recording and result are kept on this device as this "
                        "learner's, who is added where nobody is called so. Leave it out "
                        "to keep nothing")}},
          {"path", "text"}),
      .output = Json::parse(R"({
        "type": "object", "required": ["schema", "id", "verdict", "scores", "words"],
        "properties": {
          "schema": {"const": "euphone.analysis/1"},
          "id": {"type": "string"},
          "verdict": {"enum": ["scored", "withheld", "wrong_text"]},
          "scores": {"type": "object"},
          "words": {"type": "array", "items": {"type": "object"}}}})"),
      .keeps = true,
      .call = nullptr};
}

Tool DescribeExplain() {
  return {.name = "explain",
          .title = "Ask the pronunciation tutor",
          .description =
              "Answers a question about English pronunciation (how a sound is made, two sounds "
              "that are mixed up, stress, rhythm, what is hard for a first language) by quoting "
              "what the tutor knows; each part names its source in brackets. With a learner, also "
              "what that learner's own recordings say.",
          .input = Arguments({{"question", Text("In English")},
                              {"learner", LearnerName("Who asks, by the name in the store")}},
                             {"question"}),
          .output = Json::parse(R"({
            "type": "object", "required": ["question", "about", "answered", "record", "answer"],
            "properties": {
              "question": {"type": "string"},
              "about": {"type": "object"},
              "answered": {"type": "boolean"},
              "record": {"type": "array", "items": {"type": "string"}},
              "answer": {"type": "array", "items": {
                "type": "object", "required": ["passage", "title", "heading", "lines"]}}}})"),
          .call = nullptr};
}

Tool DescribePlanPractice() {
  Json count = Json::parse(R"({"type": "integer", "minimum": 1, "maximum": 100, "default": 10})");
  count["description"] = "So many words, pairs and sentences";
  return {
      .name = "plan_practice",
      .title = "Plan what to practise",
      .description =
          "What to practise now: the sound that is due for a learner, or one that is named, and "
          "words, minimal pairs and sentences to read for it, as hard as it should be.",
      .input = Arguments(
          {{"learner", LearnerName("For whom, by the name in the store; else for anybody")},
           {"sound", SoundName("This sound instead, in ARPAbet as look_up_word gives it: TH, IH")},
           {"against", SoundName("With sound: the one that it is mixed up with")},
           {"count", std::move(count)}},
          {}),
      .output = Json::parse(R"({
        "type": "object", "required": ["schema", "learner", "today", "sounds", "drill"],
        "properties": {
          "schema": {"const": "euphone.practice/1"},
          "learner": {"type": ["string", "null"]},
          "today": {"type": "integer"},
          "sounds": {"type": "array", "items": {"type": "object"}},
          "drill": {"type": "object"}}})"),
      .call = nullptr};
}

Tool DescribeLookUpWord() {
  return {
      .name = "look_up_word",
      .title = "Look a pronunciation up",
      .description =
          "How a word, or each word of a phrase, is said in American English: ARPAbet, IPA, "
          "syllables, and whether that is from the dictionary or guessed.",
      .input = Arguments({{"word", Text("A word or a phrase, as it is written", 200)}}, {"word"}),
      .output = Json::parse(R"({
            "type": "object", "required": ["words"],
            "properties": {"words": {"type": "array", "items": {
              "type": "object", "required": ["word", "pronunciations"],
              "properties": {
                "word": {"type": "string"},
                "pronunciations": {"type": "array", "items": {
                  "type": "object",
                  "required": ["arpabet", "ipa", "syllables", "origin"]}}}}}}})"),
      .call = nullptr};
}

Tool DescribeListLearners() {
  return {.name = "list_learners",
          .title = "List the learners",
          .description = "Who has recordings on this device: names, first languages, how many.",
          .input = Arguments(Json::object(), {}),
          .output = Json::parse(R"({
            "type": "object", "required": ["learners"],
            "properties": {"learners": {"type": "array", "items": {
              "type": "object", "required": ["name", "first_language", "recordings"]}}}})"),
          .call = nullptr};
}

}  // namespace euphone::cli

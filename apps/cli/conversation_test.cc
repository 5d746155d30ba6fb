#include "conversation.h"

#include <gtest/gtest.h>

#include "chat_voice.h"

namespace euphone::cli {
namespace {

using llm::Role;

TEST(Conversation, SendsTheSystemsMessageAndAllTurns) {
  Conversation talk;
  talk.Say("th?");
  talk.Answer("Tongue out.");
  talk.Say("And r?");
  const auto request = talk.Request();
  ASSERT_EQ(request.messages.size(), 4U);
  EXPECT_EQ(request.messages[0].role, Role::kSystem);
  EXPECT_EQ(request.messages[0].content, kTutorPrompt);
  EXPECT_EQ(request.messages[2].role, Role::kAssistant);
  EXPECT_EQ(request.messages[3].content, "And r?");
  talk.system.clear();
  EXPECT_EQ(talk.Request().messages.size(), 3U);
}

TEST(Conversation, TakesTheLastQuestionAndItsAnswerBack) {
  Conversation talk;
  EXPECT_EQ(talk.TakeBack(), "");
  talk.Say("one");
  talk.Answer("first");
  talk.Say("two");
  talk.Answer("second");
  EXPECT_EQ(talk.TakeBack(), "two");
  EXPECT_EQ(talk.turns().size(), 2U);
  talk.Say("three");
  EXPECT_EQ(talk.TakeBack(), "three");
  EXPECT_EQ(talk.TakeBack(), "one");
  EXPECT_TRUE(talk.turns().empty());
}

TEST(Conversation, IsTheSameAfterItWasSavedAndLoaded) {
  Conversation talk, loaded;
  talk.system = "Be \"kind\".";
  talk.Say("θ\n\xFF");
  talk.Answer("ð");
  ASSERT_TRUE(loaded.Load(talk.ToJson()));
  EXPECT_EQ(loaded.system, talk.system);
  ASSERT_EQ(loaded.turns().size(), 2U);
  EXPECT_EQ(loaded.turns()[1].content, "ð");
  EXPECT_EQ(loaded.ToJson(), talk.ToJson());
}

TEST(Conversation, LoadsWhatFastChatSaved) {
  Conversation talk;
  ASSERT_TRUE(talk.Load(
      R"({"template_name": "vicuna", "system_message": "Chat.", "roles": ["USER", "ASSISTANT"],
                            "messages": [["USER", "Hi"], ["ASSISTANT", "Hello"]], "offset": 0})"));
  EXPECT_EQ(talk.system, "Chat.");
  ASSERT_EQ(talk.turns().size(), 2U);
  EXPECT_EQ(talk.turns()[0].role, Role::kUser);
  EXPECT_EQ(talk.turns()[1].role, Role::kAssistant);
}

TEST(Conversation, TakesNothingButTextOfAFile) {
  Conversation talk;
  ASSERT_TRUE(talk.Load(
      R"({"temperature": 2, "model": "other", "messages": [{"role": "user", "content": "Hi"}]})"));
  EXPECT_FALSE(talk.temperature);
  EXPECT_EQ(talk.system, kTutorPrompt);
}

TEST(Conversation, StaysAsItIsWhereAFileIsNone) {
  Conversation talk;
  talk.Say("one");
  for (const char* json :
       {"", "[]", "{}", R"({"messages": 3})", R"({"messages": [{"role": "tool", "content": "x"}]})",
        R"({"messages": [{"role": "system", "content": "x"}]})", R"({"messages": [7]})"})
    EXPECT_FALSE(talk.Load(json)) << json;
  EXPECT_EQ(talk.turns().size(), 1U);
}

TEST(ChatVoice, ATalkEndsWithAFarewellAlone) {
  for (const char* words : {"Goodbye.", "Good-bye!", "STOP", "Bye"})
    EXPECT_TRUE(ChatVoice::IsFarewell(words)) << words;
  for (const char* words : {"", "Stop consonants", "How do I say goodbye?"})
    EXPECT_FALSE(ChatVoice::IsFarewell(words)) << words;
}

}  // namespace
}  // namespace euphone::cli

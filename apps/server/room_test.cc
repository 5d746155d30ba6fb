#include "server/room.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace euphone::server {
namespace {

/// Remembers what it was told.
class Listener final : public RoomGuest {
 public:
  void Tell(std::string message) override { told.push_back(nlohmann::json::parse(message)); }
  void Follow(std::shared_ptr<RemoteSession>) override {}
  void End() override { ended = true; }

  /// The last message of that type; null: none.
  nlohmann::json Last(const std::string& type) const {
    for (auto message = told.rbegin(); message != told.rend(); ++message)
      if ((*message)["type"] == type) return *message;
    return {};
  }

  std::vector<nlohmann::json> told;
  bool ended = false;
};

class RoomTest : public ::testing::Test {
 protected:
  std::string Sit(Listener& learner, const std::string& name) {
    const auto desk = room_.Join(learner, "id of " + name, name);
    EXPECT_TRUE(desk);
    return desk.value();
  }

  Room room_;
  Listener ana_, ben_, teacher_, visitor_;
};

TEST_F(RoomTest, WhoLooksAroundSeesDesksComeAndGo) {
  ASSERT_TRUE(room_.Look(teacher_, "Teacher"));
  EXPECT_TRUE(teacher_.Last("desks")["desks"].empty());
  const std::string desk = Sit(ana_, "Ana");
  const auto desks = teacher_.Last("desks")["desks"];
  ASSERT_EQ(desks.size(), 1U);
  EXPECT_EQ(desks[0]["desk"], desk);
  EXPECT_EQ(desks[0]["learner"], "id of Ana");
  EXPECT_EQ(desks[0]["name"], "Ana");
  EXPECT_TRUE(desks[0]["reading"].is_null());
  room_.Leave(ana_);
  EXPECT_TRUE(teacher_.Last("desks")["desks"].empty());
}

TEST_F(RoomTest, ALearnerIsToldWhoWatches) {
  const std::string desk = Sit(ana_, "Ana");
  ASSERT_TRUE(room_.Look(teacher_, "Teacher"));
  ASSERT_TRUE(room_.Watch(teacher_, desk));
  EXPECT_EQ(ana_.Last("watched")["by"], nlohmann::json({"Teacher"}));
  EXPECT_EQ(teacher_.Last("watching")["name"], "Ana");
  ASSERT_TRUE(room_.Watch(teacher_, ""));
  EXPECT_TRUE(ana_.Last("watched")["by"].empty());
  ASSERT_TRUE(room_.Watch(teacher_, desk));
  room_.Leave(teacher_);
  EXPECT_TRUE(ana_.Last("watched")["by"].empty());
}

TEST_F(RoomTest, AdviceReachesTheLearnerThatIsWatchedAndNobodyElse) {
  const std::string desk = Sit(ana_, "Ana");
  Sit(ben_, "Ben");
  ASSERT_TRUE(room_.Look(teacher_, "Teacher"));
  ASSERT_TRUE(room_.Look(visitor_, "Visitor"));
  ASSERT_TRUE(room_.Watch(teacher_, desk));
  ASSERT_TRUE(room_.Say(teacher_, {.text = "Round your lips.", .word = 2}, 1000));
  const auto advice = ana_.Last("advice");
  EXPECT_EQ(advice["from"], "Teacher");
  EXPECT_EQ(advice["text"], "Round your lips.");
  EXPECT_EQ(advice["word"], 2);
  EXPECT_EQ(advice["human"], true);
  EXPECT_EQ(teacher_.Last("advice"), advice);
  EXPECT_TRUE(ben_.Last("advice").is_null());
  EXPECT_TRUE(visitor_.Last("advice").is_null());
}

TEST_F(RoomTest, WhoeverWatchesNobodyIsHeardByNobody) {
  const std::string desk = Sit(ana_, "Ana");
  EXPECT_FALSE(room_.Say(teacher_, {.text = "Hello."}, 0));
  ASSERT_TRUE(room_.Look(teacher_, "Teacher"));
  EXPECT_FALSE(room_.Say(teacher_, {.text = "Hello."}, 0));
  EXPECT_EQ(room_.Watch(teacher_, "nowhere").error().code, Errc::kNotFound);
  EXPECT_EQ(room_.Watch(ana_, desk).error().code, Errc::kInvalidArgument);
}

TEST_F(RoomTest, WhoWatchesIsToldThatTheLearnerHasLeft) {
  const std::string desk = Sit(ana_, "Ana");
  ASSERT_TRUE(room_.Look(teacher_, "Teacher"));
  ASSERT_TRUE(room_.Watch(teacher_, desk));
  room_.Leave(ana_);
  EXPECT_EQ(teacher_.Last("left")["desk"], desk);
  EXPECT_FALSE(room_.Say(teacher_, {.text = "Hello?"}, 0));
}

TEST_F(RoomTest, AFullRoomTurnsAway) {
  std::vector<Listener> many(Room::kMostGuests);
  for (Listener& one : many) Sit(one, "One");
  EXPECT_EQ(room_.Join(ana_, "", "Ana").error().code, Errc::kTooLarge);
  EXPECT_EQ(room_.Look(teacher_, "Teacher").error().code, Errc::kTooLarge);
  room_.Leave(many.front());
  EXPECT_TRUE(room_.Look(teacher_, "Teacher"));
  room_.EndAll();
  EXPECT_TRUE(many.back().ended);
  EXPECT_TRUE(teacher_.ended);
}

}  // namespace
}  // namespace euphone::server

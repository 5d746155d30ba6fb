#include "server/event_log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace euphone::server {
namespace {

TEST(EventLogTest, MessagesAreNumberedFromOneAndHoldTheEvent) {
  EventLog log(1000);
  EXPECT_EQ(log.last(), 0U);
  EXPECT_EQ(log.Find(1), nullptr);
  log.Add("event", "\"event\":{\"event\":\"level\"}");
  ASSERT_NE(log.Find(1), nullptr);
  const auto json = nlohmann::json::parse(*log.Find(1));
  EXPECT_EQ(json["type"], "event");
  EXPECT_EQ(json["seq"], 1);
  EXPECT_EQ(json["event"]["event"], "level");
}

TEST(EventLogTest, TheOldestGoWhenThereAreTooManyBytesAndTheLastStays) {
  EventLog log(100);
  for (int i = 0; i < 5; ++i) log.Add("event", "\"event\":" + std::to_string(i));
  EXPECT_EQ(log.Find(0), nullptr);
  EXPECT_EQ(log.Find(1), nullptr);
  EXPECT_EQ(log.Find(log.first() - 1), nullptr);
  EXPECT_NE(log.Find(log.first()), nullptr);
  EXPECT_NE(log.Find(5), nullptr);
  EXPECT_EQ(log.Find(6), nullptr);
  log.Add("event", std::string(500, ' '));
  EXPECT_EQ(log.first(), 6U);
  EXPECT_NE(log.Find(6), nullptr);
}

}  // namespace
}  // namespace euphone::server

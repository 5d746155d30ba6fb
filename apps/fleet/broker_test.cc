#include "fleet/broker.h"

#include <atomic>
#include <mutex>

#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

TEST(WithoutSecrets, LeavesOnlyWhereAConnectionGoes) {
  EXPECT_EQ(WithoutSecrets("nats://me:hidden@host:4222"), "nats://host:4222");
  EXPECT_EQ(WithoutSecrets("tls://token@a:1,nats://b:2"), "tls://a:1,nats://b:2");
  EXPECT_EQ(WithoutSecrets("user:hidden@host"), "host");
  EXPECT_EQ(WithoutSecrets("host"), "host");
}

TEST(BrokerWithoutServer, SaysWhereNobodyAnswersAndKeepsTheTokenBack) {
  const auto broker = Broker::Connect({.url = "nats://hidden@127.0.0.1:1"});
  ASSERT_FALSE(broker);
  EXPECT_EQ(broker.error().message,
            "cannot reach the NATS server at nats://127.0.0.1:1; is it running?");
}

TEST(BrokerWithoutServer, ConnectsToNothingThatWasNotNamed) {
  const auto broker = Broker::Connect({});
  ASSERT_FALSE(broker);
  EXPECT_EQ(broker.error().code, Errc::kInvalidArgument);
}

TEST(BrokerWithoutServer, NamesAFileThatIsNotThere) {
  const auto broker =
      Broker::Connect({.url = "tls://127.0.0.1:1", .ca = "/nowhere/authorities.pem"});
  ASSERT_FALSE(broker);
  EXPECT_THAT(broker.error().message, HasSubstr("/nowhere/authorities.pem"));
}

class BrokerTest : public WithNats {};

TEST_F(BrokerTest, RefusesAStrangerWithoutTheToken) {
  const auto stranger =
      Broker::Connect({.url = "nats://127.0.0.1:" + std::to_string(server_->port())});
  ASSERT_FALSE(stranger);
  EXPECT_THAT(stranger.error().message, HasSubstr("refuses"));
  EXPECT_THAT(server_->url(), HasSubstr("@"));
}

TEST_F(BrokerTest, DeliversWhatIsPublished) {
  std::mutex mutex;
  std::string heard;
  const auto subscription = broker().Subscribe("lessons.*.done", [&](const Message& message) {
    const std::lock_guard lock(mutex);
    heard = message.subject + ": " + message.data;
  });
  ASSERT_TRUE(subscription) << subscription.error().message;
  const std::string data("a\0b", 3);
  ASSERT_TRUE(broker().Publish("lessons.7.done", data));
  EXPECT_TRUE(Soon([&] {
    const std::lock_guard lock(mutex);
    return heard == "lessons.7.done: " + data;
  }));
}

TEST_F(BrokerTest, AnswersARequest) {
  const auto other = Connect();
  ASSERT_TRUE(other);
  auto answering = Connect();
  ASSERT_TRUE(answering);
  const auto subscription = answering->Subscribe("ask", [&](const Message& message) {
    EXPECT_TRUE(answering->Publish(message.reply, message.data + "!"));
  });
  ASSERT_TRUE(subscription);
  ASSERT_TRUE(answering->Flush(seconds(5)));
  const auto answer = broker().Request("ask", "well", seconds(5));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->data, "well!");
}

TEST_F(BrokerTest, TellsWhereNobodyListensOrAnswersInTime) {
  const auto nobody = broker().Request("silence", "", seconds(5));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().message, "silence: nobody listens there");
  const auto deaf = broker().Subscribe("deaf", [](const Message&) {});
  ASSERT_TRUE(deaf);
  const auto late = broker().Request("deaf", "", milliseconds(50));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message, "deaf: no answer in time");
}

TEST_F(BrokerTest, GivesEachMessageOfAQueueToOne) {
  std::atomic<int> first{0};
  std::atomic<int> second{0};
  const auto one = broker().Subscribe(
      "work", [&](const Message&) { ++first; }, "workers");
  const auto two = broker().Subscribe(
      "work", [&](const Message&) { ++second; }, "workers");
  ASSERT_TRUE(one && two);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(broker().Publish("work", "x"));
  EXPECT_TRUE(Soon([&] { return first + second == 100; }));
  EXPECT_GT(first, 0);
  EXPECT_GT(second, 0);
}

TEST_F(BrokerTest, CallsNobodyWhoseSubscriptionIsGone) {
  std::atomic<int> heard{0};
  {
    const auto subscription = broker().Subscribe("gone", [&](const Message&) {
      ++heard;
      std::this_thread::sleep_for(milliseconds(20));
    });
    ASSERT_TRUE(subscription);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(broker().Publish("gone", ""));
    ASSERT_TRUE(Soon([&] { return heard > 0; }));
  }
  const int then = heard;
  ASSERT_TRUE(broker().Publish("gone", ""));
  ASSERT_TRUE(broker().Flush(seconds(5)));
  EXPECT_EQ(heard, then);
}

TEST_F(BrokerTest, RefusesWhatIsTooLargeAndWhatIsNoSubject) {
  const auto large = broker().Publish("x", std::string(broker().max_payload() + 1, 'x'));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, Errc::kTooLarge);
  const auto wrong = broker().Publish("", "x");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(wrong.error().message, Not(HasSubstr("\n")));
}

TEST_F(BrokerTest, ComesBackAfterTheServerWasAwayWithWhatWasPublishedMeanwhile) {
  std::atomic<int> away{0};
  std::atomic<int> back{0};
  std::atomic<int> closed{0};
  std::atomic<int> heard{0};
  {
    auto other = Connect([&](Link link) {
      ++(link == Link::kAway ? away : link == Link::kBack ? back : closed);
    });
    ASSERT_TRUE(other);
    const auto subscription = other->Subscribe("news", [&](const Message&) { ++heard; });
    ASSERT_TRUE(subscription);
    ASSERT_TRUE(other->Flush(seconds(5)));
    server_->Kill();
    ASSERT_TRUE(Soon([&] { return away == 1 && !other->connected(); }));
    ASSERT_TRUE(other->Publish("news", "kept"));
    Status full;
    const std::string block(1 << 16, 'x');
    for (int i = 0; i < 64 && full; ++i) full = other->Publish("elsewhere", block);
    ASSERT_FALSE(full) << "a buffer of 1 MB took 4 MB";
    EXPECT_THAT(full.error().message, HasSubstr("the NATS server is away"));
    ASSERT_TRUE(server_->Restart());
    EXPECT_TRUE(Soon([&] { return back == 1 && heard == 1; }));
  }
  EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace euphone::fleet

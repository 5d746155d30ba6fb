#include "fleet/jet_stream.h"

#include <atomic>
#include <set>
#include <thread>

#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

class JetStreamTest : public WithNats {
 protected:
  void SetUp() override {
    WithNats::SetUp();
    if (HasFatalFailure()) return;
    auto stream = JetStream::Of(broker());
    ASSERT_TRUE(stream) << stream.error().message;
    jet_.emplace(*std::move(stream));
    const auto made = jet_->EnsureStream(
        {.name = "WORK", .subjects = {"work.>"}, .retention = Retention::kWorkQueue});
    ASSERT_TRUE(made) << made.error().message;
    const auto consumer =
        jet_->EnsureConsumer({.stream = "WORK", .name = "workers", .ack_wait = milliseconds(400)});
    ASSERT_TRUE(consumer) << consumer.error().message;
    auto pull = jet_->Pull("WORK", "workers");
    ASSERT_TRUE(pull) << pull.error().message;
    pull_.emplace(*std::move(pull));
  }

  std::vector<Delivery> Fetch(int count, milliseconds timeout = seconds(5)) {
    auto got = pull_->Fetch(count, timeout);
    EXPECT_TRUE(got) << got.error().message;
    return got ? *std::move(got) : std::vector<Delivery>();
  }

  std::uint64_t Kept() { return jet_->StateOf("WORK")->messages; }

  std::optional<JetStream> jet_;
  std::optional<PullConsumer> pull_;
};

TEST_F(JetStreamTest, KeepsAMessageOnceHoweverOftenItIsPublished) {
  const auto first = jet_->Publish("work.a", "1", "id-1");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_FALSE(first->duplicate);
  const auto second = jet_->Publish("work.a", "1", "id-1");
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->duplicate);
  EXPECT_EQ(second->sequence, first->sequence);
  EXPECT_EQ(Kept(), 1);
}

TEST_F(JetStreamTest, PublishesManyAndCountsThemBySubject) {
  std::vector<Outgoing> many;
  for (int i = 0; i < 5000; ++i) {
    many.push_back({.subject = i % 5 == 0 ? "work.a" : "work.b",
                    .data = std::to_string(i),
                    .id = std::to_string(i)});
  }
  ASSERT_TRUE(jet_->PublishAll(many, seconds(20)));
  ASSERT_TRUE(jet_->PublishAll(std::span(many).first(100), seconds(20)));
  EXPECT_EQ(*jet_->Count("WORK", "work.a"), 1000);
  EXPECT_EQ(*jet_->Count("WORK", "work.*"), 5000);
  EXPECT_EQ(*jet_->Count("WORK", "work.c"), 0);
  ASSERT_TRUE(jet_->Purge("WORK", "work.b"));
  EXPECT_EQ(Kept(), 1000);
}

TEST_F(JetStreamTest, DeliversInOrderAndForgetsWhatIsAcknowledged) {
  for (const char* text : {"one", "two", "three"}) ASSERT_TRUE(jet_->Publish("work.a", text));
  auto two = Fetch(2);
  ASSERT_EQ(two.size(), 2);
  EXPECT_EQ(two[0].data(), "one");
  EXPECT_EQ(two[0].subject(), "work.a");
  EXPECT_EQ(two[0].times_delivered(), 1);
  EXPECT_EQ(two[1].sequence(), 2);
  ASSERT_TRUE(two[0].AckConfirmed());
  ASSERT_TRUE(two[1].Ack());
  EXPECT_TRUE(Soon([&] { return Kept() == 1; }));
  const auto state = jet_->StateOf("WORK", "workers");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->pending, 1);
  EXPECT_EQ(state->in_hand, 0);
  EXPECT_EQ(state->ack_wait, milliseconds(400));
}

TEST_F(JetStreamTest, DeliversAgainWhatNobodyAcknowledged) {
  ASSERT_TRUE(jet_->Publish("work.a", "lost"));
  Fetch(1).clear();
  auto again = Fetch(1);
  ASSERT_EQ(again.size(), 1);
  EXPECT_EQ(again[0].times_delivered(), 2);
  ASSERT_TRUE(again[0].AckConfirmed());
  EXPECT_EQ(Kept(), 0);
}

TEST_F(JetStreamTest, LeavesAMessageWithWhoSaysThatItIsInProgress) {
  ASSERT_TRUE(jet_->Publish("work.a", "long"));
  auto held = Fetch(1);
  ASSERT_EQ(held.size(), 1);
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(held[0].InProgress());
    EXPECT_TRUE(Fetch(1, milliseconds(150)).empty());
  }
  ASSERT_TRUE(held[0].AckConfirmed());
}

TEST_F(JetStreamTest, GivesBackAfterADelayOrNeverAgain) {
  ASSERT_TRUE(jet_->Publish("work.a", "later"));
  auto held = Fetch(1);
  ASSERT_EQ(held.size(), 1);
  ASSERT_TRUE(held[0].Nak(milliseconds(200)));
  EXPECT_TRUE(Fetch(1, milliseconds(50)).empty());
  auto again = Fetch(1);
  ASSERT_EQ(again.size(), 1);
  ASSERT_TRUE(again[0].Nak());
  auto at_once = Fetch(1, milliseconds(200));
  ASSERT_EQ(at_once.size(), 1);
  ASSERT_TRUE(at_once[0].Term());
  EXPECT_TRUE(Soon([&] { return Kept() == 0; }));
}

TEST_F(JetStreamTest, FetchesWhatIsThereWithoutWaitingForTheRest) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(jet_->Publish("work.a", "x"));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Fetch(10, seconds(5)).size(), 3);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(2));
}

TEST_F(JetStreamTest, HandsOutNoMoreThanMayBeInHand) {
  ASSERT_TRUE(jet_->EnsureConsumer(
      {.stream = "WORK", .name = "workers", .ack_wait = seconds(30), .max_ack_pending = 2}));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(jet_->Publish("work.a", "x"));
  auto held = Fetch(5, milliseconds(300));
  ASSERT_EQ(held.size(), 2);
  EXPECT_TRUE(Fetch(1, milliseconds(100)).empty());
  ASSERT_TRUE(held[0].AckConfirmed());
  EXPECT_EQ(Fetch(1).size(), 1);
}

TEST_F(JetStreamTest, RefusesMoreThanAStreamMayHold) {
  ASSERT_TRUE(jet_->EnsureStream(
      {.name = "SMALL", .subjects = {"small"}, .refuse_when_full = true, .max_messages = 2}));
  const std::vector<Outgoing> three(3, {.subject = "small", .data = "x", .id = {}});
  const auto all = jet_->PublishAll(three, seconds(5));
  ASSERT_FALSE(all);
  EXPECT_THAT(all.error().message, HasSubstr("1 of 3 messages were not taken: maximum messages"));
  ASSERT_TRUE(jet_->DeleteStream("SMALL"));
  EXPECT_EQ(jet_->StateOf("SMALL").error().code, Errc::kNotFound);
}

TEST_F(JetStreamTest, LosesNothingWhenTheServerIsKilled) {
  std::vector<Outgoing> many;
  for (int i = 0; i < 200; ++i) {
    many.push_back({.subject = "work.a", .data = std::to_string(i), .id = std::to_string(i)});
  }
  ASSERT_TRUE(jet_->PublishAll(many, seconds(20)));
  std::set<std::string> done;
  const auto work = [&] {
    auto got = pull_->Fetch(10, milliseconds(300));
    if (!got) return;  // It is away.
    for (Delivery& delivery : *got) {
      if (delivery.AckConfirmed()) done.emplace(delivery.data());
    }
  };
  work();
  server_->Kill();
  ASSERT_TRUE(server_->Restart());
  ASSERT_TRUE(Soon([&] {
    work();
    return broker().connected() && Kept() == 0;
  }));
  // What was acknowledged just before may have come again.
  EXPECT_EQ(done.size(), 200);
}

/// The library's reader may have a message for a consumer in its hands while that one goes, and
/// what was fetched is often answered later. Best run under valgrind, which sees into libnats.
TEST_F(JetStreamTest, ConsumersComeAndGoWhileMessagesComeAndTheServerIsKilled) {
  std::atomic<bool> over{false};
  auto other = Connect();
  ASSERT_TRUE(other) << other.error().message;
  std::thread publisher([&] {
    while (!over) {
      for (int i = 0; i < 20; ++i) static_cast<void>(other->Publish("work.a", "x"));
      static_cast<void>(other->Flush(milliseconds(100)));
    }
  });
  std::vector<Delivery> held;
  int fetched = 0, answered = 0;
  const auto start = std::chrono::steady_clock::now();
  auto kill_at = start + milliseconds(700);
  for (int turn = 0; std::chrono::steady_clock::now() - start < seconds(3); ++turn) {
    if (std::chrono::steady_clock::now() > kill_at) {
      server_->Kill();
      EXPECT_TRUE(server_->Restart());
      EXPECT_TRUE(Soon([&] { return broker().connected(); }));
      kill_at = std::chrono::steady_clock::now() + milliseconds(700);
    }
    auto consumer = jet_->Pull("WORK", "workers");
    if (!consumer) continue;
    auto got = consumer->Fetch(1 + turn % 60, milliseconds(1 + turn % 3));
    if (turn % 2 == 0) consumer = Error{Errc::kIo, "gone"};
    for (Delivery& delivery : held) answered += delivery.Ack() ? 1 : 0;
    held.clear();
    if (!got) continue;
    fetched += static_cast<int>(got->size());
    held = *std::move(got);
  }
  over = true;
  publisher.join();
  EXPECT_GT(fetched, 0);
  EXPECT_GT(answered, 0);
}

}  // namespace
}  // namespace euphone::fleet

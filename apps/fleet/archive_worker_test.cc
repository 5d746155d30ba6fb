#include "fleet/archive_worker.h"

#include <atomic>

#include "fleet/archive_queue.h"
#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

class ArchiveWorkerTest : public WithNats {
 protected:
  void SetUp() override {
    WithNats::SetUp();
    if (HasFatalFailure()) return;
    auto stream = JetStream::Of(broker());
    ASSERT_TRUE(stream) << stream.error().message;
    stream_.emplace(*std::move(stream));
    ASSERT_TRUE(EnsureArchiveQueue(*stream_, {.ack_wait = milliseconds(300)}));
    auto results = ArchiveResults::Open("sqlite:" + (folder_.path() / "results.db").string());
    ASSERT_TRUE(results) << results.error().message;
    results_.emplace(*std::move(results));
    ASSERT_TRUE(results_->Begin({.run = "r", .manifest = "m", .model = "ear 1", .total = 10}));
  }

  void Queue(int count, int round = 0) {
    std::vector<Outgoing> messages;
    for (int i = 1; i <= count; ++i) {
      messages.push_back(ArchiveMessage({.run = "r",
                                         .recording = "rec-" + std::to_string(i),
                                         .position = i,
                                         .audio = "a.wav",
                                         .text = "A."},
                                        round));
    }
    ASSERT_TRUE(stream_->PublishAll(messages, seconds(10)));
  }

  ArchiveWorkerOptions Options() {
    ArchiveWorkerOptions options;
    options.name = "w";
    options.model = "ear 1";
    return options;
  }

  /// Works until `over` comes true.
  Status Work(ArchiveWorker& worker, const std::function<bool()>& over) {
    std::stop_source stop;
    std::thread watch([&] {
      Soon(over);
      stop.request_stop();
    });
    const Status status = worker.Run(stop.get_token());
    watch.join();
    return status;
  }

  std::uint64_t Waiting() { return *stream_->Count(kArchiveStream, ArchiveSubject("r")); }
  std::int64_t Done() { return results_->Tally("r")->done(); }

  std::optional<JetStream> stream_;
  std::optional<ArchiveResults> results_;
};

TEST_F(ArchiveWorkerTest, KeepsEachResultOnceThoughItIsQueuedTwice) {
  Queue(10);
  Queue(10, 1);
  std::atomic<int> judged{0};
  ArchiveWorker worker(broker(), *results_, Options(), [&](const ArchiveJob& job) {
    ++judged;
    return ArchiveVerdict{.document = "{\"id\":\"" + job.recording + "\"}"};
  });
  const auto status = Work(worker, [&] { return Waiting() == 0; });
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(Done(), 10);
  EXPECT_EQ(worker.kept(), 10);
  EXPECT_GE(judged, 10);
  std::vector<std::string> documents;
  ASSERT_TRUE(results_->Each("r", [&](const ArchiveResult& result) {
    documents.push_back(result.document);
    return documents.size() < 2;
  }));
  EXPECT_THAT(documents, ElementsAre("{\"id\":\"rec-1\"}", "{\"id\":\"rec-2\"}"));
}

TEST_F(ArchiveWorkerTest, HoldsALongRecordingAsLongAsItTakes) {
  Queue(1);
  std::atomic<int> judged{0};
  ArchiveWorker worker(broker(), *results_, Options(), [&](const ArchiveJob&) {
    ++judged;
    std::this_thread::sleep_for(milliseconds(1000));
    return ArchiveVerdict{};
  });
  ASSERT_TRUE(Work(worker, [&] { return Done() == 1; }));
  EXPECT_EQ(judged, 1);
  ASSERT_TRUE(results_->Each("r", [](const ArchiveResult& result) {
    EXPECT_EQ(result.deliveries, 1);
    return true;
  }));
}

TEST_F(ArchiveWorkerTest, GivesBackWhatItHasNotBegunWhenItIsToStop) {
  Queue(10);
  std::stop_source stop;
  ArchiveWorker worker(broker(), *results_, Options(), [&](const ArchiveJob&) {
    stop.request_stop();
    return ArchiveVerdict{};
  });
  ASSERT_TRUE(worker.Run(stop.get_token()));
  EXPECT_EQ(Done(), 1);
  EXPECT_TRUE(Soon([&] { return Waiting() == 9; }));
}

TEST_F(ArchiveWorkerTest, SetsAsideWhatComesTooOftenAndWhatIsNoJob) {
  ASSERT_TRUE(stream_->Publish(ArchiveSubject("r"), "nonsense"));
  Queue(2);
  auto consumer = stream_->Pull(kArchiveStream, kArchiveWorkers);
  ASSERT_TRUE(consumer);
  ASSERT_TRUE(consumer->Fetch(1, seconds(5)));  // The nonsense.
  for (int tries = 0; tries < 2; ++tries) {
    auto taken = consumer->Fetch(1, seconds(5));
    ASSERT_TRUE(taken);
    for (Delivery& one : *taken) {
      if (one.data() == "nonsense") continue;
      ASSERT_TRUE(one.Nak());
    }
  }
  ArchiveWorkerOptions options = Options();
  options.deliveries = 1;
  ArchiveWorker worker(broker(), *results_, options,
                       [](const ArchiveJob&) { return ArchiveVerdict{}; });
  ASSERT_TRUE(Work(worker, [&] { return Waiting() == 0; }));
  EXPECT_EQ(Done(), 2);
  EXPECT_GE(results_->Tally("r")->count[ArchiveState::kSetAside], 1);
  const auto nonsense = results_->Dead("");
  ASSERT_TRUE(nonsense);
  ASSERT_EQ(nonsense->size(), 1);
  EXPECT_EQ(nonsense->front().recording, "message 1");
  EXPECT_FALSE(results_->Dead("r")->empty());
}

TEST_F(ArchiveWorkerTest, TellsOfARecordingThatTakesTooLongAndGivesItBack) {
  Queue(1);
  std::atomic<bool> free{false};
  std::atomic<int> told{0};
  ArchiveWorkerOptions options = Options();
  options.give_up_after = milliseconds(200);
  options.stuck = [&](const ArchiveJob& job) {
    told += job.recording == "rec-1" ? 1 : 100;
    free = true;  // A program would end here.
  };
  ArchiveWorker worker(broker(), *results_, options, [&](const ArchiveJob&) {
    Soon([&] { return free.load(); });
    return ArchiveVerdict{};
  });
  ASSERT_TRUE(Work(worker, [&] { return Done() == 1; }));
  EXPECT_EQ(told, 1);
}

TEST_F(ArchiveWorkerTest, EndsWhereAnotherModelIsWanted) {
  Queue(1);
  ArchiveWorkerOptions options = Options();
  options.model = "ear 2";
  ArchiveWorker worker(broker(), *results_, options,
                       [](const ArchiveJob&) { return ArchiveVerdict{}; });
  const auto status = worker.Run({});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "run r is judged by ear 1, and this worker has ear 2");
  EXPECT_EQ(Waiting(), 1);
}

TEST_F(ArchiveWorkerTest, GoesOnWhenTheNatsServerWasAway) {
  Queue(10);
  std::atomic<bool> half{false};
  std::atomic<bool> killed{false};
  std::atomic<int> troubles{0};
  ArchiveWorkerOptions options = Options();
  options.trouble = [&](const std::string&) { ++troubles; };
  ArchiveWorker worker(broker(), *results_, options, [&](const ArchiveJob& job) {
    if (job.position == 5 && !half.exchange(true)) Soon([&] { return killed.load(); });
    return ArchiveVerdict{};
  });
  std::stop_source stop;
  std::thread work([&] { EXPECT_TRUE(worker.Run(stop.get_token())); });
  EXPECT_TRUE(Soon([&] { return half.load(); }));
  server_->Kill();
  killed = true;
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(server_->Restart());
  EXPECT_TRUE(Soon([&] { return Done() == 10; }));
  stop.request_stop();
  work.join();
  EXPECT_EQ(worker.kept(), 10);
}

}  // namespace
}  // namespace euphone::fleet

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "store/care.h"
#include "store/comments.h"
#include "store/kept_outbox.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

// The long form of this test: EUPHONE_KILLS=5000.
int Kills() {
  const char* asked = std::getenv("EUPHONE_KILLS");
  return asked == nullptr ? 200 : std::atoi(asked);
}

/// Keeps, judges again, comments on and deletes takes until it is killed; says so on the pipe after
/// each, and before each deletion, whose take may be gone or not if the kill comes in between.
[[noreturn]] void WorkUntilKilled(const std::filesystem::path& folder, const KeyGivers& givers,
                                  LearnerId learner, int pipe, unsigned seed) {
  auto store = Store::Open(folder, givers);
  std::mt19937 random(seed);
  std::vector<TakeId> mine;
  const auto tell = [&](const std::string& line) {
    if (::write(pipe, line.data(), line.size()) != std::ssize(line)) ::_exit(2);
  };
  for (int i = 0; store; ++i) {
    const double hz = 200.0 + static_cast<double>(random() % 2000);
    auto take = fixture::TakeOf(learner, i, "Take.", fixture::Document({"take"}, {"T:90"}, 80));
    take.uuid = RandomUuid();
    const auto id = AddTake(*store, take, fixture::Tone(hz), SampleRate{16000});
    if (!id) ::_exit(1);
    tell("+ " + take.uuid + "\n");
    mine.push_back(*id);
    if (random() % 4 == 0) {
      const auto again = JudgementOf(fixture::Document({"take"}, {"T:30:D"}, 40, "test 2"));
      if (!JudgeAgain(*store, mine.back(), *again, i)) ::_exit(1);
    }
    if (random() % 4 == 0) {
      const auto model = fixture::Tone(200.0 + static_cast<double>(random() % 2000));
      if (!AddComment(*store, {.take = *id}, model, SampleRate{16000})) ::_exit(1);
    }
    if (random() % 4 == 0) {
      const auto row = GetTake(*store, mine.front());
      tell("- " + row->uuid + "\n");
      if (!DeleteTake(*store, mine.front())) ::_exit(1);
      mine.erase(mine.begin());
    }
  }
  ::_exit(1);
}

class KillTest : public fixture::StoreTest {};

TEST_F(KillTest, NoFinishedTakeIsLostAndNothingLeftOverStaysUnfound) {
  const LearnerId learner = Learner("Ana");
  ASSERT_TRUE(SetConsent(store_, learner, Consent::kScores, 1));
  // A connection must not be carried into another process.
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  std::mt19937 random(20251127);
  std::set<std::string> kept, perhaps;
  int leftovers = 0;
  const int kills = Kills();
  for (int kill = 0; kill < kills; ++kill) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      WorkUntilKilled(root_ / "store", givers_, learner, ends[1], static_cast<unsigned>(random()));
    }
    ::close(ends[1]);
    static_cast<void>(random());
    // After some takes, or on the way to the first, however slow the machine is.
    std::string told;
    const auto wanted = static_cast<std::ptrdiff_t>(random() % 4);
    char chunk[4096];
    for (ssize_t got = 1; std::count(told.begin(), told.end(), '\n') < wanted && got > 0;) {
      got = ::read(ends[0], chunk, sizeof chunk);
      told.append(chunk, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }
    std::this_thread::sleep_for(
        std::chrono::microseconds(random() % (wanted == 0 ? 30000 : 12000)));
    ::kill(child, SIGKILL);
    for (ssize_t got = 0; (got = ::read(ends[0], chunk, sizeof chunk)) > 0;)
      told.append(chunk, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);
    ASSERT_TRUE(WIFSIGNALED(state)) << "it failed by itself";
    std::istringstream lines(told);
    for (std::string sign, uuid; lines >> sign >> uuid;) {
      if (sign == "+") {
        kept.insert(uuid);
      } else {
        kept.erase(uuid);
        perhaps.insert(uuid);
      }
    }
    Store store = Open();
    const auto faults = CheckStore(store, {.repair = true, .contents = false});
    ASSERT_TRUE(faults) << faults.error().message;
    for (const Fault& fault : *faults) {
      EXPECT_EQ(fault.kind, FaultKind::kLeftOver) << fault.what;
      EXPECT_TRUE(fault.repaired) << fault.what;
      ++leftovers;
    }
  }
  RecordProperty("takes", static_cast<int>(kept.size()));
  RecordProperty("leftovers", leftovers);
  Store store = Open();
  EXPECT_GT(kept.size(), static_cast<std::size_t>(kills) / 4);
  for (const std::string& uuid : kept) {
    const auto row = GetTake(store, uuid);
    ASSERT_TRUE(row) << "a finished take is lost";
    EXPECT_TRUE(RecordingOf(store, row->id));
    EXPECT_TRUE(*store.database().Number("SELECT seq FROM outbox_records WHERE take = ?1",
                                         {std::string_view(uuid)}))
        << "a finished take is kept and not sent";
    EXPECT_TRUE(JudgementsOf(store, row->id));
  }
  // What was killed between its row and its acknowledgement is whole, too.
  const auto faults = CheckStore(store, {});
  ASSERT_TRUE(faults) << faults.error().message;
  for (const Fault& fault : *faults) ADD_FAILURE() << fault.what;
}

}  // namespace
}  // namespace euphone

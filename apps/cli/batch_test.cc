#include "batch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace euphone::cli {
namespace {

Outcome Numbered(std::size_t index) {
  return {.code = ExitCode::kOk, .documents = {std::to_string(index)}, .complaint = {}};
}

TEST(Batch, HandsOutcomesOverInOrderWhateverTheThreadsDo) {
  std::string seen;
  RunInOrder(
      20, 4,
      [](std::size_t index) {
        std::this_thread::sleep_for(std::chrono::milliseconds((index * 7) % 5));
        return Numbered(index);
      },
      [&](std::size_t, const Outcome& outcome) {
        seen += outcome.documents[0] + " ";
        return true;
      });
  EXPECT_EQ(seen, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ");
}

TEST(Batch, StopsWhenTheTakerHasHadEnough) {
  std::size_t taken = 0;
  RunInOrder(1000, 2, Numbered, [&](std::size_t, const Outcome&) { return ++taken < 3; });
  EXPECT_EQ(taken, 3u);
}

TEST(Batch, NeverRunsFarAheadOfASlowTaker) {
  std::atomic<std::size_t> started = 0;
  std::size_t most_ahead = 0;
  RunInOrder(
      100, 2,
      [&](std::size_t index) {
        ++started;
        return Numbered(index);
      },
      [&](std::size_t index, const Outcome&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        most_ahead = std::max(most_ahead, started - index);
        return true;
      });
  EXPECT_LE(most_ahead, 10u);
}

TEST(Batch, TurnsComeInOrderAndAreOverForWhoeverNeedsNone) {
  std::string seen;
  Turns turns;
  RunInOrder(
      20, 4,
      [&](std::size_t index) {
        const Turns::Turn turn(turns, index);
        std::this_thread::sleep_for(std::chrono::milliseconds((index * 7) % 5));
        if (index % 3 == 0) return Numbered(index);
        turn.Wait();
        seen += std::to_string(index) + " ";
        return Numbered(index);
      },
      [](std::size_t, const Outcome&) { return true; });
  EXPECT_EQ(seen, "1 2 4 5 7 8 10 11 13 14 16 17 19 ");
}

TEST(Batch, DoesNothingForNoWork) {
  RunInOrder(0, 2, Numbered, [](std::size_t, const Outcome&) {
    ADD_FAILURE();
    return true;
  });
}

}  // namespace
}  // namespace euphone::cli

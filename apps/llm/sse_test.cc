#include "llm/sse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace euphone::llm {
namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

Events Read(std::string_view stream, const std::vector<std::size_t>& pieces) {
  SseParser parser(1000);
  std::vector<SseEvent> events;
  for (const std::size_t piece : pieces) {
    EXPECT_TRUE(parser.Push(stream.substr(0, piece), events));
    stream.remove_prefix(std::min(piece, stream.size()));
  }
  EXPECT_TRUE(parser.Push(stream, events));
  parser.Finish(events);
  Events read;
  for (const SseEvent& event : events) read.emplace_back(event.type, event.data);
  return read;
}

constexpr std::string_view kStream =
    "\xEF\xBB\xBF: comment\r\ndata: one\r\n\r\ndata:two\ndata:  three\n\n"
    "event: note\rdata: four\r\rid: 7\nretry: 10\n\nerror: {\"code\":500}\n\ndata\n\ndata: last";

const Events kEvents = {{"", "one"},      {"", "two\n three"},
                        {"note", "four"}, {"error", "{\"code\":500}"},
                        {"", ""},         {"", "last"}};

TEST(Sse, ReadsEventsWithAnyLineEnds) { EXPECT_EQ(Read(kStream, {}), kEvents); }

TEST(Sse, GivesTheSameForAnyChunking) {
  for (std::size_t size = 1; size < kStream.size(); ++size)
    EXPECT_EQ(Read(kStream, std::vector<std::size_t>(kStream.size() / size, size)), kEvents)
        << size;
  std::mt19937 chance(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::size_t> pieces;
    for (std::size_t left = kStream.size(); left > 0;) {
      pieces.push_back(
          std::uniform_int_distribution<std::size_t>(0, std::min<std::size_t>(left, 9))(chance));
      left -= pieces.back();
    }
    EXPECT_EQ(Read(kStream, pieces), kEvents) << round;
  }
}

TEST(Sse, GivesTheSameForAnyChunkingOfWhatIsNoStream) {
  std::mt19937 chance(2);
  const std::string letters = "data: \r\n\r\nevent:error x\xFF";
  for (int round = 0; round < 500; ++round) {
    std::string noise;
    for (int i = 0; i < 200; ++i)
      noise += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(chance)];
    const Events whole = Read(noise, std::vector<std::size_t>());
    EXPECT_EQ(Read(noise, std::vector<std::size_t>(noise.size(), 1)), whole);
    EXPECT_EQ(Read(noise, std::vector<std::size_t>(noise.size() / 7, 7)), whole);
  }
}

TEST(Sse, RefusesAnEventWithoutEnd) {
  SseParser parser(1000);
  std::vector<SseEvent> events;
  ASSERT_TRUE(parser.Push("data: " + std::string(900, 'x'), events));
  const auto status = parser.Push(std::string(200, 'x'), events);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kTooLarge);
}

TEST(Sse, RefusesAnEventOfTooManyLines) {
  SseParser parser(1000);
  std::vector<SseEvent> events;
  Status status;
  for (int i = 0; i < 600 && status; ++i) status = parser.Push("data: x\n", events);
  EXPECT_FALSE(status);
}

}  // namespace
}  // namespace euphone::llm

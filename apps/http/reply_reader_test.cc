#include "http/reply_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace euphone::http {
namespace {

struct Seen {
  bool good = true, done = false;
  int status = 0;
  std::string type, body;
  bool operator==(const Seen&) const = default;
};

Seen Read(const std::string& bytes, std::size_t piece, bool end) {
  ReplyReader reply;
  Seen seen;
  for (std::size_t at = 0; at < bytes.size() && seen.good; at += piece) {
    seen.good = reply.Push(bytes.substr(at, piece)).has_value();
    seen.body += reply.TakeBody();
  }
  if (end && seen.good) seen.good = reply.End().has_value();
  seen.body += reply.TakeBody();
  seen.done = reply.done();
  if (reply.has_head()) {
    seen.status = reply.status();
    seen.type = reply.Header("content-type");
  }
  return seen;
}

void ExpectForAnyChunking(const std::string& bytes, bool end, const Seen& expected) {
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
    EXPECT_EQ(Read(bytes, piece, end), expected) << piece;
}

TEST(ReplyReader, ReadsABodyOfKnownLength) {
  ExpectForAnyChunking("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\nhello",
                       false, {.done = true, .status = 200, .type = "a/b", .body = "hello"});
}

TEST(ReplyReader, ReadsChunks) {
  ExpectForAnyChunking(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCONTENT-TYPE: "
      "x\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n",
      false, {.done = true, .status = 200, .type = "x", .body = "hello"});
}

TEST(ReplyReader, ReadsABodyUntilTheConnectionEnds) {
  ExpectForAnyChunking("HTTP/1.0 503 Busy\r\n\r\nlater", true,
                       {.done = true, .status = 503, .type = "", .body = "later"});
}

TEST(ReplyReader, TellsThatABodyIsCut) {
  EXPECT_FALSE(Read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", 100, true).good);
  EXPECT_FALSE(
      Read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n", 100, true).good);
  EXPECT_FALSE(Read("HTTP/1.1 200", 100, true).good);
  EXPECT_FALSE(Read("", 1, true).good);
}

TEST(ReplyReader, RefusesWhatIsNoHttp) {
  EXPECT_FALSE(Read("SSH-2.0-OpenSSH_9.2\r\n\r\n", 100, false).good);
  EXPECT_FALSE(Read(std::string(1000, '\0'), 100, false).good);
  EXPECT_FALSE(Read("HTTP/1.1 200 OK\r\nA: " + std::string(100000, 'a'), 1000, false).good);
}

}  // namespace
}  // namespace euphone::http

#include "http/client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "http/fetch_file.h"

namespace euphone::http {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

/// Says to each request, whatever it is, the next of what it was given. A reply that has no
/// "keep" before it is followed by the end of the connection.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> replies) : replies_(std::move(replies)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener_, 4), 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  Client client(ClientOptions options = {}) const {
    return Client(*ParseUrl("http://127.0.0.1:" + std::to_string(port_)), std::move(options));
  }
  int connections() const { return connections_; }
  const std::vector<std::string>& requests() const { return requests_; }

 private:
  void Serve() {
    std::size_t next = 0;
    while (next < replies_.size()) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      ++connections_;
      for (bool keep = true; keep && next < replies_.size();) {
        std::string request;
        std::array<char, 4096> bytes{};
        while (request.find("\r\n\r\n") == std::string::npos) {
          const ssize_t got = ::recv(connection, bytes.data(), bytes.size(), 0);
          if (got <= 0) break;
          request.append(bytes.data(), static_cast<std::size_t>(got));
        }
        if (request.empty()) break;
        requests_.push_back(request);
        std::string reply = replies_[next++];
        keep = reply.starts_with("keep ");
        if (keep) reply.erase(0, 5);
        if (::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) break;
      }
      ::close(connection);
    }
  }

  std::vector<std::string> replies_, requests_;
  int listener_ = -1, port_ = 0;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

std::string Ok(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
         "\r\n" + body;
}

TEST(HttpClient, KeepsAConnectionForTheNextRequest) {
  ScriptedServer server({"keep " + Ok("one"), "keep " + Ok("two")});
  Client client = server.client();
  EXPECT_EQ(client.Send({.path = "/a"}, 10)->body, "one");
  EXPECT_EQ(client.Send({.path = "/b"}, 10)->body, "two");
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, AsksAgainOnANewConnectionWhereTheOldOneWasClosed) {
  ScriptedServer server({Ok("one"), Ok("two")});
  Client client = server.client();
  EXPECT_EQ(client.Send({.path = "/a"}, 10)->body, "one");
  EXPECT_EQ(client.Send({.path = "/b"}, 10)->body, "two");
  EXPECT_EQ(server.connections(), 2);
}

TEST(HttpClient, GivesARefusalAsAnAnswerAndFollowsNoRedirect) {
  ScriptedServer server(
      {"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\n"
       "Content-Length: 0\r\n\r\n"});
  Client client = server.client();
  const auto answer = client.Send({.path = "/a"}, 10);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Told(), "302: http://elsewhere/");
}

TEST(HttpClient, TakesNoMoreThanItsCallerWants) {
  ScriptedServer server({Ok(std::string(2000, 'x'))});
  Client client = server.client();
  const auto answer = client.Send({.path = "/a"}, 1000);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kTooLarge);
}

TEST(HttpClient, DoesNotWaitForEver) {
  ScriptedServer server({"keep HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "end"});
  Client client = server.client({.quiet_timeout = milliseconds(100)});
  const auto answer = client.Send({.path = "/a"}, 1000);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kIo);
  EXPECT_NE(answer.error().message.find("nothing came for"), std::string::npos);
}

TEST(HttpClient, StopsWhenAsked) {
  std::stop_source stop;
  ScriptedServer server({"keep HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "end"});
  Client client = server.client({.stop = stop.get_token()});
  std::jthread later([&] {
    std::this_thread::sleep_for(milliseconds(50));
    stop.request_stop();
  });
  const auto answer = client.Send({.path = "/a"}, 1000);
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().message.find("stopped"), std::string::npos);
}

class FetchFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        ("fetch-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::create_directories(folder_);
    fs::remove(folder_ / "file");
  }
  void TearDown() override { fs::remove_all(folder_); }

  Status Fetch(ScriptedServer& server, std::int64_t length) {
    Client client = server.client();
    return FetchFile(client, {.request = {.path = "/file"},
                              .file = folder_ / "file",
                              .length = length,
                              .tries = 2,
                              .first_pause = milliseconds(1)});
  }
  std::string content() const { return ReadFile(folder_ / "file", 1000).value(); }

  fs::path folder_;
};

TEST_F(FetchFileTest, GoesOnWhereTheConnectionWasCut) {
  ScriptedServer server({"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
                         "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
                         "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-9/10\r\n"
                         "Content-Length: 5\r\n\r\n56789"});
  const auto status = Fetch(server, 10);
  EXPECT_TRUE(status) << (status ? "" : status.error().message);
  EXPECT_EQ(content(), "0123456789");
  EXPECT_NE(server.requests().back().find("Range: bytes=5-\r\n"), std::string::npos);
}

TEST_F(FetchFileTest, BeginsAnewAtAServerThatKnowsNoRanges) {
  std::ofstream(folder_ / "file") << "01234";
  ScriptedServer server({Ok("abcdefghij")});
  EXPECT_TRUE(Fetch(server, 10));
  EXPECT_EQ(content(), "abcdefghij");
}

TEST_F(FetchFileTest, TakesNoOtherPartThanItAskedFor) {
  std::ofstream(folder_ / "file") << "01234";
  ScriptedServer server(
      {"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/10\r\n"
       "Content-Length: 5\r\n\r\nxxxxx"});
  const auto status = Fetch(server, 10);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCorrupt);
}

TEST_F(FetchFileTest, BeginsAnewWhereWhatIsThereCannotBeItsBeginning) {
  std::ofstream(folder_ / "file") << "01234";
  ScriptedServer server(
      {"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n", Ok("abcdefghij")});
  EXPECT_TRUE(Fetch(server, 10));
  EXPECT_EQ(content(), "abcdefghij");
}

TEST_F(FetchFileTest, GivesUpWhereNothingComes) {
  ScriptedServer server({"", ""});
  const auto status = Fetch(server, 10);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kIo);
}

TEST_F(FetchFileTest, SaysThatAFileIsShorterOrNotThere) {
  ScriptedServer shorter({Ok("abc")});
  EXPECT_EQ(Fetch(shorter, 10).error().code, Errc::kCorrupt);
  fs::remove(folder_ / "file");
  ScriptedServer none({"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"});
  EXPECT_EQ(Fetch(none, 10).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone::http

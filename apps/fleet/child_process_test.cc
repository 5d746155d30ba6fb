#include "fleet/child_process.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/file.h"
#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(ChildProcess, TellsHowItEndedAndWhatItPrinted) {
  TestFolder folder;
  auto child = ChildProcess::Start({.program = "sh",
                                    .arguments = {"-c", "echo \"$WHAT\"; exit 3"},
                                    .environment = {"WHAT=a secret"},
                                    .output = folder.path() / "out"});
  ASSERT_TRUE(child) << child.error().message;
  ASSERT_TRUE(Soon([&] { return child->Ended().has_value(); }));
  EXPECT_EQ(child->Ended()->code, 3);
  EXPECT_EQ(*ReadFile(folder.path() / "out", 100), "a secret\n");
}

TEST(ChildProcess, NamesAProgramThatIsNotThere) {
  const auto child = ChildProcess::Start({.program = "no-such-program"});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, Errc::kNotFound);
  EXPECT_THAT(child.error().message, HasSubstr("no-such-program"));
}

TEST(ChildProcess, StopsEvenWhatDoesNotListen) {
  auto child = ChildProcess::Start(
      {.program = "sh", .arguments = {"-c", "trap '' TERM; while true; do sleep 0.05; done"}});
  ASSERT_TRUE(child);
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(child->Stop(milliseconds(100)).signal, SIGKILL);
  auto willing = ChildProcess::Start({.program = "sleep", .arguments = {"60"}});
  ASSERT_TRUE(willing);
  EXPECT_EQ(willing->Stop(seconds(5)).signal, SIGTERM);
}

TEST(ChildProcess, EndsWithItsParent) {
  TestFolder folder;
  const std::string file = (folder.path() / "id").string();
  const pid_t parent = ::fork();
  if (parent == 0) {
    auto child = ChildProcess::Start({.program = "sleep", .arguments = {"60"}});
    if (child) {
      [[maybe_unused]] const auto told = WriteFileAtomically(file, std::to_string(child->id()));
    }
    ::pause();
    ::_exit(1);
  }
  Result<std::string> id = Error{Errc::kNotFound, ""};
  ASSERT_TRUE(Soon([&] { return (id = ReadFile(file, 100)).has_value(); }));
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  EXPECT_TRUE(Soon([&] {
    // Gone, or a dead one that the system's first process has not taken yet.
    const auto stat = ReadFile("/proc/" + *id + "/stat", 1000);
    return !stat || stat->find(") Z ") != std::string::npos;
  }));
}

}  // namespace
}  // namespace euphone::fleet

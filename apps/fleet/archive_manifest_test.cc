#include "fleet/archive_manifest.h"

#include <array>

#include "base/file.h"
#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using testing::HasSubstr;

class ArchiveManifestTest : public testing::Test {
 protected:
  std::vector<ArchiveJob> Read(const std::string& name, const std::string& content) {
    EXPECT_TRUE(WriteFileAtomically(folder_.path() / name, content));
    std::vector<ArchiveJob> jobs;
    auto manifest = ArchiveManifest::Open(folder_.path() / name, "/archive");
    if (!manifest) {
      error_ = manifest.error().message;
      return jobs;
    }
    for (;;) {
      auto job = manifest->Next();
      if (!job) error_ = job.error().message;
      if (!job || !*job) return jobs;
      jobs.push_back(**std::move(job));
    }
  }

  TestFolder folder_;
  std::string error_;
};

TEST_F(ArchiveManifestTest, ReadsTheSameFromEachForm) {
  const auto csv = Read("a.csv",
                        "\xEF\xBB\xBFid,audio,text,speaker\r\n"
                        "1,a/b.wav,\"He said \"\"yes\"\", twice.\",anna\r\n");
  const auto tsv = Read("a.tsv", "# a comment\n\na/b.wav\tHe said \"yes\", twice.\t1\tanna\n");
  const auto lines =
      Read("a.jsonl", R"({"audio":"/archive/a/b.wav","text":"He said \"yes\", twice.",)"
                      R"("id":"1","speaker":"anna"})");
  EXPECT_EQ(error_, "");
  for (const auto& jobs : {csv, tsv, lines}) {
    ASSERT_EQ(jobs.size(), 1);
    EXPECT_EQ(jobs[0].recording, "1");
    EXPECT_EQ(jobs[0].audio, "a/b.wav");
    EXPECT_EQ(jobs[0].text, "He said \"yes\", twice.");
    EXPECT_EQ(jobs[0].speaker, "anna");
    EXPECT_EQ(jobs[0].position, 1);
  }
}

TEST_F(ArchiveManifestTest, TakesThePathWhereThereIsNoId) {
  const auto jobs = Read("a.tsv", "audio\ttext\tid\nx/a.wav\tA.\ny/a.wav\tB.\t\n");
  ASSERT_EQ(jobs.size(), 2);
  EXPECT_EQ(jobs[0].recording, "x/a.wav");
  EXPECT_EQ(jobs[1].recording, "y/a.wav");
  EXPECT_EQ(jobs[1].position, 2);
}

TEST_F(ArchiveManifestTest, NamesTheLineOfEachMistake) {
  for (const auto& [name, content, message] :
       {std::array<const char*, 3>{"a.csv", "audio,text\na.wav,\"open\n", "line 2: a quotation"},
        {"a.csv", "audio,text\na.wav,b,c\n", "line 2: it has 3 fields, and there are 2 columns"},
        {"a.csv", "audio,text,text\n", "line 1: two columns 'text'"},
        {"a.csv", "audio,id\n", "line 1: a column 'text' is needed"},
        {"a.tsv", "a.wav\tA.\n\n/etc/b.wav\tB.\n", "line 3: /etc/b.wav is not below /archive"},
        {"a.tsv", "\tA.\n", "line 1: it names no recording"},
        {"a.tsv", "a.wav\tA.\t\x01\n", "line 1: a control character"},
        {"a.tsv", "a.wav\t\xC3\x28\n", "line 1: it is not UTF-8"},
        {"a.jsonl", "{\"audio\":\"a\",\"text\":\"t\",\"txet\":\"\"}\n", "line 1: no field 'txet'"},
        {"a.jsonl", "{\"audio\":7}\n", "line 1: 'audio' must be a text"}}) {
    error_.clear();
    Read(name, content);
    EXPECT_THAT(error_, HasSubstr(message)) << content;
  }
}

TEST_F(ArchiveManifestTest, FindsAnIdThatComesTwice) {
  ASSERT_TRUE(WriteFileAtomically(folder_.path() / "a.tsv", "a\tA.\nb\tB.\nc\tC.\ta\n"));
  const auto twice = CheckManifest(folder_.path() / "a.tsv", "/archive");
  ASSERT_FALSE(twice);
  EXPECT_THAT(twice.error().message, HasSubstr("line 3: the id of line 1 again"));
  ASSERT_TRUE(WriteFileAtomically(folder_.path() / "b.tsv", "a\tA.\nb\tB.\n"));
  EXPECT_EQ(CheckManifest(folder_.path() / "b.tsv", "/archive")->recordings, 2);
}

TEST_F(ArchiveManifestTest, TellsAFileThatIsNotThere) {
  EXPECT_EQ(ArchiveManifest::Open("/nowhere.csv", "/").error().code, Errc::kNotFound);
  EXPECT_EQ(ArchiveManifest::Open("/nowhere.doc", "/").error().code, Errc::kUnsupported);
}

}  // namespace
}  // namespace euphone::fleet

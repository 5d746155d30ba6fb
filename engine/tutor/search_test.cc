#include "tutor/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "retrieve/retrieve_fixture.h"
#include "store/own_lessons.h"
#include "store/store_fixture.h"
#include "tutor/answer.h"
#include "tutor/own_record.h"

namespace euphone {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// Knows three directions: what speaks of lips, of pauses, of anything else.
class ToyEncoder final : public SentenceEncoder {
 public:
  const SentenceEncoderSpec& spec() const override { return spec_; }
  const std::vector<std::string>& pieces() const override { return pieces_; }
  Result<std::vector<float>> Run(std::span<const std::int64_t> tokens) const override {
    const bool lips = std::ranges::count(tokens, 3) > 0, pauses = std::ranges::count(tokens, 4) > 0;
    ++runs;
    return std::vector<float>{lips ? 1.0F : 0.0F, pauses && !lips ? 1.0F : 0.0F,
                              !lips && !pauses ? 1.0F : 0.0F};
  }
  mutable int runs = 0;

 private:
  SentenceEncoderSpec spec_{.name = "toy",
                            .version = "1.0.0",
                            .width = 3,
                            .max_tokens = 500,
                            .begin_token = 1,
                            .end_token = 2,
                            .unknown_token = 0};
  std::vector<std::string> pieces_ = {"[UNK]", "[CLS]", "[SEP]", "lips", "pauses"};
};

std::shared_ptr<const SearchParts> Parts(std::shared_ptr<const SentenceEncoder> encoder) {
  const auto shared = [](const auto& fixture) {
    return std::shared_ptr<const std::remove_cvref_t<decltype(fixture)>>(std::shared_ptr<void>(),
                                                                         &fixture);
  };
  SearchParts parts{.lexicon = shared(fixture::ShippedLexicon()),
                    .knowledge = shared(fixture::ShippedKnowledge())};
  if (encoder) parts.embedder = std::make_shared<const Embedder>(encoder);
  return std::make_shared<const SearchParts>(std::move(parts));
}

std::vector<std::string> IdsOf(const Result<SearchResult>& result) {
  std::vector<std::string> ids;
  for (const SearchHit& hit : result.value().hits) ids.push_back(hit.passage.id);
  return ids;
}

class SearchTest : public ::testing::Test {
 protected:
  std::shared_ptr<const SearchParts> parts_ = Parts(nullptr);
  Database database_ = PassagesInMemory().value();
};

TEST_F(SearchTest, FindsByWordsAndSoundsWithoutAnEmbedder) {
  ASSERT_TRUE(UpdateIndex(*parts_, {}, database_));
  const Search search = Search::Open(parts_, database_).value();
  EXPECT_EQ(IdsOf(search.Find("why do I say 'sink' for 'think'?", 1)),
            std::vector<std::string>{"contrast/s-th#when-th-is-said-as-s"});
  EXPECT_THAT(IdsOf(search.Find("weak forms", 3)), Contains("prosody/weak-forms#about"));
  EXPECT_THAT(IdsOf(search.Find("xyzzy", 3)), IsEmpty());
  EXPECT_EQ(search.Find(" ?! ", 3).error().code, Errc::kInvalidArgument);
}

TEST_F(SearchTest, FindsByMeaningWhatUsesOtherWords) {
  const auto encoder = std::make_shared<ToyEncoder>();
  const auto parts = Parts(encoder);
  LessonPack pack{.name = "own", .title = "Own", .language = "en-US", .items = {}};
  pack.items = {{.id = "a", .text = "One.", .note = "lips"},
                {.id = "b", .text = "Two.", .note = "x"}};
  ASSERT_TRUE(UpdateIndex(*parts, {&pack, 1}, database_));
  const Search search = Search::Open(parts, database_).value();
  const auto found = search.Find("xyzzy lips", 500).value();
  const auto text = [&](const std::string& id) {
    const auto hit =
        std::ranges::find(found.hits, id, [](const SearchHit& h) { return h.passage.id; });
    return hit == found.hits.end() ? -1.0 : hit->relevance.text;
  };
  EXPECT_NEAR(text("lesson/own#a"), 1.0, 0.01);
  EXPECT_LT(text("lesson/own#b"), 0.01);
  const int runs = encoder->runs;
  ASSERT_TRUE(UpdateIndex(*parts, {&pack, 1}, database_));
  EXPECT_EQ(encoder->runs, runs) << "what is known is not computed again";
  pack.items[1].note = "lips";
  ASSERT_TRUE(UpdateIndex(*parts, {&pack, 1}, database_));
  EXPECT_EQ(encoder->runs, runs + 1);
}

class ShippedTest : public SearchTest {
 protected:
  ShippedTest() {
    std::filesystem::remove(parts_.shipped);
    Database made = PassagesInMemory().value();
    EXPECT_TRUE(UpdateIndex(parts_, {}, made));
    EXPECT_TRUE(made.CopyTo(parts_.shipped));
    encoder_->runs = 0;
  }
  ~ShippedTest() override { std::filesystem::remove(parts_.shipped); }

  std::shared_ptr<ToyEncoder> encoder_ = std::make_shared<ToyEncoder>();
  SearchParts parts_ = [this] {
    SearchParts parts = *Parts(encoder_);
    parts.shipped = std::filesystem::path(::testing::TempDir()) / "passages.db";
    return parts;
  }();
};

TEST_F(ShippedTest, IsSearchedWithoutComputingAnything) {
  Database shared = OpenSharedIndex(parts_, {}).value();
  EXPECT_EQ(encoder_->runs, 0);
  const Search search = Search::Open(std::make_shared<const SearchParts>(parts_), shared).value();
  EXPECT_THAT(IdsOf(search.Find("weak forms", 3)), Contains("prosody/weak-forms#about"));
  EXPECT_EQ(encoder_->runs, 1) << "the question alone";
}

TEST_F(ShippedTest, GivesItsVectorsToAStore) {
  Database other = PassagesInMemory().value();
  ASSERT_TRUE(UpdateIndex(parts_, {}, other));
  EXPECT_EQ(encoder_->runs, 0);
}

TEST_F(ShippedTest, IsMadeAnewInMemoryWhereItDoesNotFit) {
  const LessonPack pack{.name = "own",
                        .title = "Own",
                        .language = "en-US",
                        .items = {{.id = "a", .text = "One.", .note = "xyzzy"}}};
  Database shared = OpenSharedIndex(parts_, {&pack, 1}).value();
  EXPECT_EQ(encoder_->runs, 1) << "for what the shipped one has not";
  EXPECT_TRUE(HoldsPassages(shared, "lessons", PassagesOf(pack)).value());
  ASSERT_TRUE(WriteFileAtomically(parts_.shipped, "damaged"));
  EXPECT_TRUE(OpenSharedIndex(parts_, {}));
}

TEST_F(SearchTest, GivesTheSameAnswerEachTime) {
  ASSERT_TRUE(UpdateIndex(*parts_, {}, database_));
  const Search search = Search::Open(parts_, database_).value();
  const auto once = IdsOf(search.Find("how do I make the r in red", 20));
  EXPECT_EQ(IdsOf(search.Find("how do I make the r in red", 20)), once);
}

class StoreSearchTest : public fixture::StoreTest {
 protected:
  StoreSearchTest() : StoreTest(KeyKind::kKeyFile) {}
};

TEST_F(StoreSearchTest, FindsOwnNotesAndLessons) {
  const auto parts = Parts(nullptr);
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(NoteTake(store_, Add(ana, 1000, "Hello there."), "xyzzy with a smile"));
  ASSERT_TRUE(
      KeepLesson(store_, {"mine", 1, "# title: Mine\nid\ttext\tnote\none\tRead.\tfrobnicate\n"}));
  ASSERT_TRUE(UpdateIndex(*parts, {}, store_));
  const Search hers = Search::Open(parts, store_.database(), ana).value();
  EXPECT_THAT(IdsOf(hers.Find("xyzzy", 3)), ElementsAre(::testing::StartsWith("note/")));
  EXPECT_THAT(IdsOf(hers.Find("frobnicate", 3)), ElementsAre("lesson/mine#one"));
  const Search others = Search::Open(parts, store_.database(), Learner("Bo")).value();
  EXPECT_THAT(IdsOf(others.Find("xyzzy", 3)), IsEmpty());
}

TEST_F(SearchTest, AnAnswerQuotesPassagesWordForWord) {
  ASSERT_TRUE(UpdateIndex(*parts_, {}, database_));
  const Search search = Search::Open(parts_, database_).value();
  for (const char* question : {"why do I say 'sink' for 'think'?", "what is hard for Japanese",
                               "schwa", "how do I make the zh sound"}) {
    const Answer answer = Extract(search.Find(question, 8).value());
    ASSERT_FALSE(answer.parts.empty()) << question;
    EXPECT_LE(answer.parts.size(), 2u);
    for (const AnswerPart& part : answer.parts) {
      const auto passages = PassagesOf(fixture::ShippedKnowledge());
      const auto source = std::ranges::find(passages, part.passage, &Passage::id);
      ASSERT_NE(source, passages.end()) << part.passage;
      for (const std::string& line : part.lines)
        EXPECT_NE(source->text.find(line), std::string::npos) << line;
    }
  }
}

TEST_F(SearchTest, TipsComeWithWhatExplainsThem) {
  ASSERT_TRUE(UpdateIndex(*parts_, {}, database_));
  const Search search = Search::Open(parts_, database_).value();
  const Answer answer = Extract(search.Find("I say 'sink' for 'think'", 8).value());
  ASSERT_EQ(answer.parts.size(), 2u);
  EXPECT_EQ(answer.parts[0].passage, "contrast/s-th#when-th-is-said-as-s");
  EXPECT_EQ(answer.parts[1].passage, "contrast/s-th#about");
}

TEST(Extract, AnswersNothingWhereNothingFits) {
  EXPECT_TRUE(Extract({}).parts.empty());
  SearchResult far;
  far.hits.push_back({.passage = {.id = "a#b", .title = "t", .text = "x"},
                      .relevance = {.text = 0.1, .asked = 0.1},
                      .score = 1.0});
  EXPECT_TRUE(Extract(far).parts.empty());
}

TEST(RecordFor, SaysOnlyWhatTheReadingsHold) {
  const PhoneSet& phones = fixture::ShippedLexicon().pack().phones;
  const PhoneId th = phones.Find("TH").value(), s = phones.Find("S").value();
  LearnerProgress progress;
  SoundProgress& sound = progress.sounds.emplace_back();
  sound.sound = "TH";
  sound.all = {.count = 14, .value = 63.6};
  sound.wrong = 5.0 / 14;
  progress.confusions = {{.expected = "TH", .said = "S", .count = 4},
                         {.expected = "TH", .said = "", .count = 1},
                         {.expected = "R", .said = "L", .count = 9}};
  EXPECT_THAT(RecordFor({.pairs = {{th, s, true}}}, progress, phones),
              ElementsAre("TH: said 14 times in the last 28 days, 64 of 100 on average, 5 times "
                          "clearly wrong; heard instead so far: S (4 times), nothing (once)."));
  EXPECT_THAT(RecordFor({.pairs = {}, .sounds = {s}}, progress, phones), IsEmpty());
  EXPECT_THAT(RecordFor({}, progress, phones), IsEmpty());
}

}  // namespace
}  // namespace euphone

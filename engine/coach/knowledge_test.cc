#include "coach/knowledge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

class KnowledgeTest : public ::testing::Test {
 protected:
  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(KnowledgeTest, OursKnowsEverySoundAndManyContrasts) {
  const Knowledge knowledge = fixture::EnglishKnowledge(phones_);
  for (std::size_t i = 0; i < phones_.size(); ++i) {
    const auto id = static_cast<PhoneId>(i);
    const Article* const sound = knowledge.OfSound(id);
    ASSERT_NE(sound, nullptr) << phones_.info(id).arpabet;
    EXPECT_GE(sound->items("How it is made").size(), 3u) << sound->id;
    EXPECT_GE(sound->items("When it is left out").size(), 2u) << sound->id;
  }
  const auto contrasts =
      std::ranges::count(knowledge.articles(), Topic::kContrast, &Article::topic);
  EXPECT_GE(contrasts, 60);
  EXPECT_GE(std::ranges::count(knowledge.articles(), Topic::kLanguage, &Article::topic), 10);
}

TEST_F(KnowledgeTest, OursTellsWhatToDoInBothDirectionsOfAContrast) {
  const Knowledge knowledge = fixture::EnglishKnowledge(phones_);
  for (const Article& article : knowledge.articles()) {
    if (article.topic != Topic::kContrast) continue;
    const PhoneId one = article.phones[0], other = article.phones[1];
    EXPECT_GE(article.items(SaidAs(phones_, one, other)).size(), 3u) << article.id;
    EXPECT_GE(article.items(SaidAs(phones_, other, one)).size(), 3u) << article.id;
    EXPECT_FALSE(article.pairs.empty()) << article.id;
  }
}

TEST_F(KnowledgeTest, AContrastIsFoundWhicheverSoundIsNamedFirst) {
  const Knowledge knowledge = fixture::EnglishKnowledge(phones_);
  const PhoneId s = *phones_.Find("S"), th = *phones_.Find("TH");
  ASSERT_NE(knowledge.OfContrast(s, th), nullptr);
  EXPECT_EQ(knowledge.OfContrast(s, th), knowledge.OfContrast(th, s));
  EXPECT_EQ(knowledge.Find("contrast/s-th"), knowledge.OfContrast(s, th));
  EXPECT_EQ(knowledge.Find("contrast/none"), nullptr);
}

TEST_F(KnowledgeTest, AnIdIsThereOnce) {
  const std::string article =
      "---\nid: prosody/x\ntitle: X\n---\nText.\n\n## Tips\n- One.\n- Two.\n";
  const auto knowledge = Knowledge::Parse({{"a.md", article}, {"b.md", article}}, phones_);
  ASSERT_FALSE(knowledge);
  EXPECT_EQ(knowledge.error().message, "b.md: 'prosody/x' is there already");
}

TEST_F(KnowledgeTest, SaysWhatAnArticleCites) {
  const auto knowledge = Knowledge::Parse(
      {{"x.md", "---\nid: prosody/x\ntitle: X\n---\nText.\n\n## Tips\n- One.\n"}}, phones_,
      "# Sources\n\nWords.\n\n- `wells2006` J. C. Wells (2006), *English Intonation*\n- no key\n");
  ASSERT_TRUE(knowledge);
  EXPECT_EQ(knowledge->Reference("wells2006"), "J. C. Wells (2006), *English Intonation*");
  EXPECT_EQ(knowledge->Reference("wells1982"), "");
}

}  // namespace
}  // namespace euphone

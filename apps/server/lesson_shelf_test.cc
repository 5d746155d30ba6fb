#include "server/lesson_shelf.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

LessonPack Pack(const std::string& name) {
  LessonPack pack;
  pack.name = pack.title = name;
  pack.items = {{.id = "1", .text = "A fox."}};
  return pack;
}

TEST(LessonShelfTest, OwnLessonsStandBehindThoseOfTheLanguagePackAndAreReplacedAsAWhole) {
  LessonShelf shelf({Pack("everyday")});
  EXPECT_FALSE(shelf.IsOwn("everyday"));
  shelf.SetOwn({Pack("fox"), Pack("bear")});
  EXPECT_TRUE(shelf.IsOwn("bear"));
  const auto before = shelf.all();
  shelf.SetOwn({Pack("bear")});
  EXPECT_FALSE(shelf.IsOwn("fox"));
  EXPECT_EQ(shelf.all()->size(), 2U);
  EXPECT_EQ(before->size(), 3U) << "who looks at them goes on with what there was";
}

TEST(LessonShelfTest, ANameIsOfSmallLettersAndNobodyElses) {
  const LessonShelf::Packs packs = {Pack("at-the-doctor-s"), Pack("lesson"), Pack("lesson-2")};
  EXPECT_EQ(FreeName(packs, "At the Café!"), "at-the-caf");
  EXPECT_EQ(FreeName(packs, "At the doctor's"), "at-the-doctor-s-2");
  EXPECT_EQ(FreeName(packs, "수업"), "lesson-3");
  EXPECT_EQ(FreeName({}, std::string(500, 'a')).size(), 40U);
}

}  // namespace
}  // namespace euphone::server

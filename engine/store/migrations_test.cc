#include "store/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/own_lessons.h"
#include "store/practice.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

class MigrationsTest : public fixture::StoreTest {
 protected:
  /// A database as a program of that version left it, with a learner and a take.
  Database AsOf(std::size_t version) {
    auto database = Database::Open(root_ / ("v" + std::to_string(version)), std::nullopt).value();
    for (std::size_t step = 0; step < version; ++step)
      EXPECT_TRUE(database.Execute(MigrationSteps()[step]));
    EXPECT_TRUE(database.Execute("PRAGMA user_version = " + std::to_string(version)));
    return database;
  }
};

TEST_F(MigrationsTest, EveryPastVersionIsBroughtToTheNewestOne) {
  const auto newest = static_cast<std::int64_t>(MigrationSteps().size());
  for (std::size_t version = 0; version <= MigrationSteps().size(); ++version) {
    Database database = AsOf(version);
    ASSERT_TRUE(Migrate(database)) << version;
    EXPECT_EQ(database.Number("PRAGMA user_version").value(), newest) << version;
    EXPECT_TRUE(Migrate(database)) << "twice is once";
  }
}

TEST_F(MigrationsTest, AllVersionsEndWithTheSameTables) {
  const auto tables = [](Database& database) {
    std::string all;
    EXPECT_TRUE(database.Each("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name", {},
                              [&](const SqlRow& row) {
                                all += row.Text(0) + " " + row.Text(1) + " " + row.Text(2) + "\n";
                              }));
    return all;
  };
  for (std::size_t version = 0; version < MigrationSteps().size(); ++version) {
    Database database = AsOf(version);
    ASSERT_TRUE(Migrate(database));
    EXPECT_EQ(tables(database), tables(store_.database())) << version;
  }
}

TEST_F(MigrationsTest, TheSecondStepCountsTheWordsOfTheTakesThatWereThereByDay) {
  Database database = AsOf(1);
  ASSERT_TRUE(database.Execute(R"sql(
    INSERT INTO learners VALUES (1, 'u', 'Ana', '', 0, zeroblob(32));
    INSERT INTO takes(id, uuid, learner, said_ms, day, text, duration_ms, model, verdict)
      VALUES (1, 'a', 1, 0, 5, 'Think.', 900, 'm', 'scored'), (2, 'b', 1, 0, 7, 'Think.', 900, 'm', 'scored');
    INSERT INTO take_words VALUES (1, 1, 'think', 2, 130, 1), (2, 1, 'think', 1, 90, 0);
  )sql"));
  ASSERT_TRUE(Migrate(database));
  EXPECT_EQ(database.Number("SELECT count(*) FROM word_days").value(), 2);
  EXPECT_EQ(database.Number("SELECT count FROM word_days WHERE day = 5").value(), 2);
  ASSERT_TRUE(database.Run("DELETE FROM takes WHERE id = 1"));
  EXPECT_EQ(database.Number("SELECT count(*) FROM word_days").value(), 1);
  EXPECT_EQ(database.Number("SELECT count FROM word_sums").value(), 1);
}

TEST_F(MigrationsTest, TheThirdStepFindsTheTakesThatWereThereByTheirSounds) {
  Database database = AsOf(2);
  ASSERT_TRUE(database.Execute(R"sql(
    INSERT INTO learners VALUES (1, 'u', 'Ana', '', 0, zeroblob(32));
    INSERT INTO takes(id, uuid, learner, said_ms, day, text, duration_ms, model, verdict, note)
      VALUES (1, 'a', 1, 0, 5, 'Think.', 900, 'm', 'scored', 'Mine.');
    INSERT INTO take_sounds VALUES (1, 1, 5, 'TH', 2, 130, 8500, 1);
  )sql"));
  ASSERT_TRUE(Migrate(database));
  EXPECT_EQ(database
                .Number("SELECT take FROM take_sounds INDEXED BY take_sounds_by_mean"
                        " WHERE sound = 'TH' AND score_sum / count = 65")
                .value(),
            1);
  EXPECT_EQ(database.Number("SELECT count(*) FROM takes WHERE note = 'Mine.'").value(), 1);
  EXPECT_EQ(database.Number("SELECT count(*) FROM comments").value(), 0);
}

TEST_F(MigrationsTest, TheFourthStepKnowsNoTipsOfTheTakesThatWereThereAndKeepsThoseThatCome) {
  Database database = AsOf(3);
  ASSERT_TRUE(database.Execute(R"sql(
    INSERT INTO learners VALUES (1, 'u', 'Ana', '', 0, zeroblob(32));
    INSERT INTO takes(id, uuid, learner, said_ms, day, text, duration_ms, model, verdict)
      VALUES (1, 'a', 1, 0, 5, 'Think.', 900, 'm', 'scored');
  )sql"));
  ASSERT_TRUE(Migrate(database));
  EXPECT_EQ(database.Number("SELECT count(*) FROM told_tips").value(), 0);
  ASSERT_TRUE(database.Run("INSERT INTO told_tips VALUES (1, 0, 'contrast/s-th:TH-S-1')"));
  ASSERT_TRUE(database.Run("DELETE FROM learners"));
  EXPECT_EQ(database.Number("SELECT count(*) FROM told_tips").value(), 0);
}

TEST_F(MigrationsTest, TheSeventhStepSharesNothingAndNamesTheLessonsThatWereThere) {
  Database database = AsOf(6);
  ASSERT_TRUE(database.Execute(R"sql(
    INSERT INTO learners VALUES (1, 'u', 'Ana', '', 0, zeroblob(32));
    INSERT INTO own_lessons VALUES ('one', 5, 'x'), ('two', 6, 'y');
  )sql"));
  ASSERT_TRUE(Migrate(database));
  EXPECT_EQ(database.Number("SELECT count(*) FROM consents").value(), 0);
  EXPECT_EQ(database.Number("SELECT count(*) FROM class_self").value(), 0);
  EXPECT_EQ(database
                .Number("SELECT count(DISTINCT uuid) FROM own_lessons WHERE uuid LIKE"
                        " '________-____-4___-a___-____________'")
                .value(),
            2);
}

TEST_F(MigrationsTest, AStoreOfANewerProgramIsRefused) {
  ASSERT_TRUE(store_.database().Execute("PRAGMA user_version = 999"));
  const auto refused = Migrate(store_.database());
  EXPECT_EQ(refused.error().code, Errc::kUnsupported);
}

TEST_F(MigrationsTest, LessonsOfOnesOwnAreKeptByTheirNames) {
  ASSERT_TRUE(KeepLesson(store_, {"school", 5, "id\ttext\na\tHello.\n"}));
  EXPECT_EQ(KeepLesson(store_, {"school", 6, "x"}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(KeepLesson(store_, {"", 6, "x"}).error().code, Errc::kInvalidArgument);
  const auto lessons = OwnLessons(store_).value();
  ASSERT_EQ(lessons.size(), 1u);
  EXPECT_EQ(lessons[0].pack, "id\ttext\na\tHello.\n");
  ASSERT_TRUE(ForgetLesson(store_, "school"));
  EXPECT_EQ(ForgetLesson(store_, "school").error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone

#include "live/word_judge.h"

#include <gtest/gtest.h>

#include "live/scripted_reader_for_test.h"

namespace euphone {
namespace {

using testing::ScriptedReader;

/// A visit whose phones last seven frames each, from `begin` on.
Reading Visit(ReadingKind kind, std::size_t word, std::size_t begin,
              const std::vector<int>& phones) {
  Reading visit{.kind = kind, .word = word, .begin = begin, .phones = {}};
  for (const int phone : phones) {
    visit.phones.push_back({phone, begin, begin + 2});
    begin += 7;
  }
  visit.end = begin;
  return visit;
}

TEST(WordJudge, JudgesWordsAlthoughWhatTheTrackerSawOverlapsOrBelongsToOtherSentences) {
  ScriptedReader reader;
  reader.Say("birds sing until").Pause(1.0);
  const LiveParts parts = reader.Parts();
  const auto text = LiveText::Create(*reader.lexicon(), "We sleep. Birds sing until seven.", {});
  ASSERT_TRUE(text);
  HeardWindow heard;
  const auto stream = parts.model->Start();
  heard.AddFrames(*stream->Push(reader.Samples()));
  heard.AddFrames(*stream->Finish());

  const std::vector<AlignWord> words = text->Words();
  const auto phones = [&](std::size_t word) { return words[word].variants.front(); };
  const std::size_t sing = 7 * phones(2).size();
  std::vector<int> noise(8, 3);
  const std::vector<Reading> visits{
      Visit(ReadingKind::kRead, 2, 0, phones(2)),
      Visit(ReadingKind::kInserted, 3, sing - 10, noise),
      Visit(ReadingKind::kInserted, 3, sing + 5, noise),
      Visit(ReadingKind::kRead, 0, sing, phones(0)),
      Visit(ReadingKind::kRead, 3, sing, phones(3)),
  };
  const WordJudge judge(parts.scorer, parts.calibration, ForLiveReading(),
                        parts.model->spec().grid);
  const auto judged = judge.Judge(text->sentences()[1], visits, heard);
  ASSERT_TRUE(judged) << judged.error().message;
  ASSERT_EQ(judged->size(), 2u);
  EXPECT_EQ((*judged)[0].word, 2u);
  EXPECT_EQ((*judged)[1].word, 3u);
  EXPECT_LE((*judged)[0].span.end, (*judged)[1].span.begin);
  EXPECT_LE((*judged)[1].span.end, static_cast<std::int64_t>(reader.Samples().size()));
}

}  // namespace
}  // namespace euphone

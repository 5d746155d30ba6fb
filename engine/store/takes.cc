#include "store/takes.h"

#include <span>

#include "audio/audio_encoder.h"
#include "base/compression.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/settings.h"
#include "store/shared_take.h"

namespace euphone {
namespace {

constexpr double kOpusBitsPerSecond = 24000.0;
constexpr std::string_view kAudioFormat = "audio.format";
constexpr std::string_view kTakeRecording =
    "SELECT recording FROM takes WHERE id = ?1 AND recording IS NOT NULL";

Blob AsBlob(const std::string& bytes) { return std::as_bytes(std::span(bytes)); }

Status PutSums(Database& database, std::int64_t take, std::int64_t learner, std::int64_t day,
               const TakeSums& sums) {
  for (const TakeSums::Sound& sound : sums.sounds) {
    if (auto status =
            database.Run("INSERT INTO take_sounds VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                         {take, learner, day, std::string_view(sound.sound), sound.count,
                          sound.score_sum, sound.square_sum, sound.wrong});
        !status) {
      return status;
    }
  }
  for (const TakeSums::Confusion& confusion : sums.confusions) {
    if (auto status = database.Run("INSERT INTO take_confusions VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                   {take, learner, day, std::string_view(confusion.expected),
                                    std::string_view(confusion.said), confusion.count});
        !status) {
      return status;
    }
  }
  for (const TakeSums::Word& word : sums.words) {
    if (auto status = database.Run("INSERT INTO take_words VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                   {take, learner, std::string_view(word.word), word.count,
                                    word.score_sum, word.wrong, day});
        !status) {
      return status;
    }
  }
  return {};
}

Status PutTips(Database& database, std::int64_t take, const std::vector<std::string>& tips) {
  for (std::size_t i = 0; i < tips.size(); ++i) {
    if (auto status = database.Run("INSERT INTO told_tips VALUES (?1, ?2, ?3)",
                                   {take, static_cast<std::int64_t>(i), std::string_view(tips[i])});
        !status) {
      return status;
    }
  }
  return {};
}

Status PutDocument(Database& database, std::int64_t take, const TakeJudgement& judgement,
                   std::int64_t made_ms) {
  const std::string document = Compressed(judgement.document);
  return database.Run(
      "INSERT INTO analyses(take, model, made_ms, document) VALUES (?1, ?2, ?3, ?4)",
      {take, std::string_view(judgement.model), made_ms, AsBlob(document)});
}

/// The rows of a take, whose recording has a row already.
Result<std::int64_t> PutTake(Database& database, const NewTake& take, const std::string& uuid,
                             std::optional<std::int64_t> recording) {
  const std::int64_t day = DayOf(take.said_ms + take.utc_offset_ms);
  const TakeJudgement& judged = take.judgement;
  if (auto status = database.Run(
          "INSERT INTO takes(uuid, learner, said_ms, day, text, lesson, item, duration_ms,"
          " recording, model, verdict, accuracy, fluency, completeness, prosody, total,"
          " uncertainty, findings, starred, note)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
          " ?18, ?19, ?20)",
          {std::string_view(uuid),
           take.learner.value,
           take.said_ms,
           day,
           std::string_view(take.text),
           std::string_view(take.lesson),
           std::string_view(take.item),
           take.duration_ms,
           OrNull(recording),
           std::string_view(judged.model),
           std::string_view(judged.verdict),
           OrNull(judged.accuracy),
           OrNull(judged.fluency),
           OrNull(judged.completeness),
           OrNull(judged.prosody),
           OrNull(judged.total),
           OrNull(judged.uncertainty),
           std::string_view(judged.findings),
           std::int64_t{take.starred},
           std::string_view(take.note)});
      !status) {
    return status.error();
  }
  const std::int64_t id = database.last_id();
  if (auto status = PutDocument(database, id, judged, take.said_ms); !status) return status.error();
  if (auto status = PutSums(database, id, take.learner.value, day, judged.sums); !status)
    return status.error();
  if (auto status = PutTips(database, id, judged.tips); !status) return status.error();
  return id;
}

std::string UuidOf(const NewTake& take) { return take.uuid.empty() ? RandomUuid() : take.uuid; }

Status ChangeOne(Store& store, std::string_view statement, std::initializer_list<SqlValue> values) {
  if (auto status = store.database().Run(statement, values); !status) return status;
  return store.database().changes() > 0 ? Status()
                                        : Status(Error{Errc::kNotFound, "there is no such take"});
}

}  // namespace

Result<AudioFormat> GetAudioFormat(Store& store) {
  const auto value = GetSetting(store.database(), kAudioFormat);
  if (!value) return value.error();
  return *value == "opus" ? AudioFormat::kOpus : AudioFormat::kFlac;
}

Status SetAudioFormat(Store& store, AudioFormat format) {
  const bool opus = format == AudioFormat::kOpus;
  return PutSetting(store.database(), kAudioFormat,
                    opus ? std::optional<std::string>("opus") : std::nullopt);
}

Result<TakeId> AddTake(Store& store, const NewTake& take, PcmView pcm, SampleRate rate) {
  std::string content;
  std::optional<EncodedRecording> recording;
  if (!pcm.empty()) {
    const auto format = GetAudioFormat(store);
    if (!format) return format.error();
    const std::string_view ending = *format == AudioFormat::kFlac ? ".flac" : ".opus";
    auto encoded = EncodeAudio(pcm, rate, ending, kOpusBitsPerSecond);
    if (!encoded) return encoded.error();
    content = *std::move(encoded);
    recording = EncodedRecording{content, ending, std::ssize(pcm), rate};
  }
  const std::string uuid = UuidOf(take);
  const std::string sound = SoundToShare(store, take.learner, pcm, rate);
  const auto id = KeepWithRecording(
      store, take.learner, recording, [&](std::optional<std::int64_t> row) -> Result<std::int64_t> {
        auto put = PutTake(store.database(), take, uuid, row);
        if (!put) return put;
        if (auto status = ShareTake(store.database(), take, uuid, sound, NowMs()); !status)
          return status.error();
        return put;
      });
  if (!id) return id.error();
  return TakeId{*id};
}

Result<TakeId> AddTake(Store& store, const NewTake& take,
                       const std::optional<EncodedRecording>& recording) {
  const auto id =
      KeepWithRecording(store, take.learner, recording, [&](std::optional<std::int64_t> row) {
        return PutTake(store.database(), take, UuidOf(take), row);
      });
  if (!id) return id.error();
  return TakeId{*id};
}

Status JudgeAgain(Store& store, TakeId id, const TakeJudgement& judgement, std::int64_t now_ms) {
  const auto row = GetTake(store, id);
  if (!row) return row.error();
  Database& database = store.database();
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  for (const char* statement :
       {"DELETE FROM take_sounds WHERE take = ?1", "DELETE FROM take_confusions WHERE take = ?1",
        "DELETE FROM take_words WHERE take = ?1"}) {
    if (auto status = database.Run(statement, {id.value}); !status) return status;
  }
  if (auto status = database.Run(
          "UPDATE takes SET model = ?2, verdict = ?3, accuracy = ?4, fluency = ?5,"
          " completeness = ?6, prosody = ?7, total = ?8, uncertainty = ?9, findings = ?10"
          " WHERE id = ?1",
          {id.value, std::string_view(judgement.model), std::string_view(judgement.verdict),
           OrNull(judgement.accuracy), OrNull(judgement.fluency), OrNull(judgement.completeness),
           OrNull(judgement.prosody), OrNull(judgement.total), OrNull(judgement.uncertainty),
           std::string_view(judgement.findings)});
      !status) {
    return status;
  }
  if (auto status = PutDocument(database, id.value, judgement, now_ms); !status) return status;
  if (auto status = PutSums(database, id.value, row->learner.value, row->day, judgement.sums);
      !status) {
    return status;
  }
  return transaction->Commit();
}

Status StarTake(Store& store, TakeId id, bool starred) {
  return ChangeOne(store, "UPDATE takes SET starred = ?2 WHERE id = ?1",
                   {id.value, std::int64_t{starred}});
}

Status NoteTake(Store& store, TakeId id, std::string_view note) {
  return ChangeOne(store, "UPDATE takes SET note = ?2 WHERE id = ?1", {id.value, note});
}

Result<KeptRecording> RecordingOf(Store& store, TakeId id) {
  return OpenRecording(store, id.value, kTakeRecording, "take");
}

Status DeleteTake(Store& store, TakeId id) {
  return ReleaseRecordings(store, id.value,
                           "SELECT recording FROM takes WHERE id = ?1 AND recording IS NOT NULL"
                           " UNION SELECT recording FROM comments WHERE take = ?1"
                           " AND recording IS NOT NULL",
                           "DELETE FROM takes WHERE id = ?1", "take");
}

Status DeleteRecording(Store& store, TakeId id) {
  return ReleaseRecordings(store, id.value, kTakeRecording,
                           "UPDATE takes SET recording = NULL WHERE id = ?1", "take");
}

}  // namespace euphone

#include "store/shared_take.h"

#include <nlohmann/json.hpp>

#include "audio/audio_encoder.h"
#include "store/kept_outbox.h"
#include "store/secrets.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kSharedBitsPerSecond = 24000.0;

Json Figure(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

/// No room is no failure of a lesson.
Status Put(Database& database, const NewTake& take, UplinkClass kind, std::string body,
           const std::string& uuid, std::int64_t now_ms) {
  const auto seq =
      AdmitWithin(database, take.learner, {.kind = kind, .body = std::move(body)}, uuid, now_ms);
  if (seq || seq.error().code == Errc::kTooLarge || seq.error().code == Errc::kInvalidArgument)
    return {};
  return seq.error();
}

}  // namespace

std::string SoundToShare(Store& store, LearnerId learner, PcmView pcm, SampleRate rate) {
  const auto given = ConsentOf(store, learner);
  if (!given || given->consent != Consent::kScoresAndAudio || pcm.empty()) return {};
  auto content = EncodeAudio(pcm, rate, ".opus", kSharedBitsPerSecond);
  if (!content || content->size() > kMostSharedSound) return {};
  return *std::move(content);
}

std::string ScoresToShare(const NewTake& take, const std::string& uuid) {
  const TakeJudgement& judged = take.judgement;
  Json document = {{"schema", "euphone.scores/1"},
                   {"take", uuid},
                   {"said_ms", take.said_ms},
                   {"duration_ms", take.duration_ms},
                   {"model", judged.model},
                   {"verdict", judged.verdict},
                   {"scores",
                    {{"accuracy", Figure(judged.accuracy)},
                     {"fluency", Figure(judged.fluency)},
                     {"completeness", Figure(judged.completeness)},
                     {"prosody", Figure(judged.prosody)},
                     {"total", Figure(judged.total)},
                     {"uncertainty", Figure(judged.uncertainty)}}},
                   {"findings", judged.findings},
                   {"sounds", Json::array()},
                   {"confusions", Json::array()}};
  for (const TakeSums::Sound& sound : judged.sums.sounds) {
    document["sounds"].push_back({{"sound", sound.sound},
                                  {"count", sound.count},
                                  {"score_sum", sound.score_sum},
                                  {"wrong", sound.wrong}});
  }
  for (const TakeSums::Confusion& confusion : judged.sums.confusions) {
    document["confusions"].push_back(
        {{"expected", confusion.expected}, {"said", confusion.said}, {"count", confusion.count}});
  }
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status ShareTake(Database& database, const NewTake& take, const std::string& uuid,
                 const std::string& sound, std::int64_t now_ms) {
  // As a rule nobody shares, and then this costs one look.
  const auto asked =
      database.Number("SELECT 1 FROM consents WHERE learner = ?1 LIMIT 1", {take.learner.value});
  if (!asked) return asked.error();
  if (!*asked) return {};
  if (auto status =
          Put(database, take, UplinkClass::kScores, ScoresToShare(take, uuid), uuid, now_ms);
      !status || sound.empty()) {
    return status;
  }
  const Json body = {{"schema", "euphone.sound/1"},
                     {"take", uuid},
                     {"format", "opus"},
                     {"duration_ms", take.duration_ms},
                     {"opus", ToBase64(sound)}};
  return Put(database, take, UplinkClass::kAudio, body.dump(), uuid, now_ms);
}

}  // namespace euphone

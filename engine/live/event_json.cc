#include "live/event_json.h"

#include <string_view>
#include <utility>

#include "audio/audio_reader.h"
#include "coach/feedback.h"
#include "report/json_values.h"
#include "report/names.h"
#include "report/report.h"

namespace euphone {
namespace {

constexpr int kTimeDecimals = 3, kScoreDecimals = 1;

std::string_view Name(WordState state) {
  switch (state) {
    case WordState::kPartial:
      return "partial";
    case WordState::kSettled:
      return "settled";
    case WordState::kFinal:
      return "final";
    case WordState::kWithdrawn:
      break;
  }
  return "withdrawn";
}

std::string_view Name(EndReason reason) {
  switch (reason) {
    case EndReason::kContent:
      return "content";
    case EndReason::kMovedOn:
      return "moved_on";
    case EndReason::kSilence:
      return "silence";
    case EndReason::kStopped:
      break;
  }
  return "stopped";
}

Json Time(std::int64_t samples) {
  return Number(SecondsIn(samples, kRecordingRate), kTimeDecimals);
}

/// Writes what is particular to each kind into a line that has the times already.
class Writer {
 public:
  Writer(Json& line, const PhoneSet& phones) : line_(line), phones_(phones) {}

  void operator()(const Listening& e) {
    Kind("listening");
    line_["schema"] = "euphone.live/1";
    line_["rate_hz"] = kRecordingRate.hz;
    line_["text"] = e.text;
    line_["live_model"] = e.live_model;
    line_["final_model"] = e.final_model;
    line_["words"] = Json::array();
    const Utf16Offsets utf16(e.text);
    for (const Listening::Word& word : e.words) {
      line_["words"].push_back({{"text", word.text},
                                {"sentence", word.sentence},
                                {"start_byte", word.span.begin},
                                {"end_byte", word.span.end},
                                {"start_utf16", utf16.At(word.span.begin)},
                                {"end_utf16", utf16.At(word.span.end)}});
    }
  }
  void operator()(const SoundLevel& e) {
    Kind("level");
    line_["rms_dbfs"] = Number(e.rms_dbfs, 1);
    line_["peak_dbfs"] = Number(e.peak_dbfs, 1);
    line_["speaking"] = e.speaking;
  }
  void operator()(const SpeechStarted&) { Kind("speech_started"); }
  void operator()(const WordCurrent& e) {
    Kind("word_current");
    line_["word"] = e.word ? Json(*e.word) : Json(nullptr);
  }
  void operator()(const WordScored& e) {
    Kind("word_scored");
    Revision(e.word, e.take, e.revision);
    line_["state"] = Name(e.state);
    line_["provisional"] = e.provisional;
    Span(line_, e.span);
    line_["accuracy"] = OptionalNumber(e.accuracy, kScoreDecimals);
    line_["band"] = euphone::Name(e.band);
    line_["error"] = euphone::Name(e.error);
  }
  void operator()(const PhonesScored& e) {
    Kind("phones_scored");
    Revision(e.word, e.take, e.revision);
    line_["phones"] = Json::array();
    for (const PhoneScore& phone : e.phones) line_["phones"].push_back(PhoneOf(phone));
  }
  void operator()(const Skipped& e) {
    Kind("skipped");
    line_["first_word"] = e.first;
    line_["last_word"] = e.last;
  }
  void operator()(const Repeated& e) {
    Kind("repeated");
    line_["word"] = e.word;
  }
  void operator()(const Restarted& e) {
    Kind("restarted");
    line_["from_word"] = e.from;
    line_["to_word"] = e.to;
  }
  void operator()(const Inserted& e) {
    Kind("inserted");
    line_["before_word"] = e.before;
    Span(line_, e.span);
    line_["heard"] = Json::array();
    for (const PhoneId phone : e.heard) line_["heard"].push_back(phones_.info(phone).arpabet);
  }
  void operator()(const LongPause& e) {
    Kind("long_pause");
    line_["after_word"] = e.after;
    line_["seconds"] = Time(e.samples);
  }
  void operator()(const CommandHeard& e) {
    Kind("command_heard");
    line_["command"] = e.command ? Json(euphone::Name(*e.command)) : Json(nullptr);
    line_["wake"] = e.wake;
    Span(line_, e.span);
  }
  void operator()(const QualityNotice& e) {
    Kind("quality_notice");
    line_["kind"] = euphone::Name(e.finding.kind);
    line_["severity"] = euphone::Name(e.finding.severity);
    line_["value"] = Number(e.finding.value, 3);
    line_["unit"] = e.finding.unit;
    line_["message"] = e.finding.message;
    line_["advice"] = e.finding.advice;
  }
  void operator()(const SentenceFinished& e) {
    Kind("sentence_finished");
    line_["sentence"] = e.sentence;
    line_["take"] = e.take;
    line_["revision"] = e.revision;
    line_["settled"] = e.settled;
    line_["reason"] = Name(e.reason);
    Span(line_, e.span);
    line_["first_word"] = e.first_word;
    line_["pass_ms"] = OptionalNumber(e.pass_ms, 1);
    const ReportOptions compact{.pretty = false};
    line_["analysis"] = e.analysis ? Json::parse(WriteJson(*e.analysis, phones_, compact)) : Json();
  }
  void operator()(const TextFinished&) { Kind("text_finished"); }
  void operator()(const Overrun& e) {
    Kind("overrun");
    line_["lost_s"] = Time(e.samples);
    line_["total"] = e.total;
  }
  void operator()(const Late& e) {
    Kind("late");
    line_["behind_s"] = Time(e.samples);
  }
  void operator()(const Failed& e) {
    Kind("error");
    line_["message"] = e.error.message;
    line_["fatal"] = e.fatal;
  }
  void operator()(const Stopped& e) {
    Kind("stopped");
    line_["heard_s"] = Time(e.samples);
    line_["lost_s"] = Time(e.lost);
  }

 private:
  void Kind(const char* name) { line_["event"] = name; }

  void Revision(std::size_t word, std::size_t take, std::size_t revision) {
    line_["word"] = word;
    line_["take"] = take;
    line_["revision"] = revision;
  }

  static void Span(Json& json, SampleSpan span) {
    json["start_s"] = Time(span.begin);
    json["end_s"] = Time(span.end);
    json["start_sample"] = span.begin;
    json["end_sample"] = span.end;
  }

  Json PhoneOf(const PhoneScore& phone) const {
    Json json;
    json["arpabet"] = phones_.Arpabet(phone.phone);
    json["ipa"] = phones_.Ipa(phone.phone);
    Span(json, phone.span);
    json["score"] = Number(phone.score, kScoreDecimals);
    json["band"] = euphone::Name(phone.band);
    const Substitute instead = HeardInstead(phone);
    json["heard_instead"] = instead.phone ? Json(phones_.info(*instead.phone).arpabet) : Json();
    json["dropped"] = instead.dropped;
    return json;
  }

  Json& line_;
  const PhoneSet& phones_;
};

}  // namespace

std::string WriteEvent(const Event& event, const PhoneSet& phones) {
  Json line;
  line["event"] = nullptr;
  line["at_s"] = Time(event.at);
  line["at_sample"] = event.at;
  line["wall_s"] = OptionalNumber(event.wall_s, kTimeDecimals);
  std::visit(Writer(line, phones), event.kind);
  return Dump(line, false);
}

}  // namespace euphone

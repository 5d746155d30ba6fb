#include "live/live_session.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "audio/audio_reader.h"

namespace euphone {
namespace {

/// Samples that are heard at a time, however they come in.
constexpr std::size_t kBlock = QuietGate::kBlock;
/// Silence after which the model may be spared a quiet room (1.8 s), in frames.
constexpr std::size_t kNobody = 150;
/// Of the silence before the first word so much belongs to a take.
constexpr std::int64_t kLeadIn = 8000;
/// Silence after which no word is in the middle (0.12 s), in frames.
constexpr std::size_t kPausing = 4;
/// How long a word stays partial after its end, at least (0.48 s), in frames.
constexpr std::size_t kSettles = 40;
/// Words that are judged together, at least.
constexpr std::size_t kContext = 3;
/// A word is told again before that only where its score has moved by so much, in points.
constexpr double kMoved = 4.0;
/// Speech of another text: so much of it (0.7 s), and so much silence after it (1.5 s), in frames.
constexpr std::size_t kUnreadSpeech = 60, kUnreadQuiet = 125;
/// How much is kept while no take is open: 5 s of samples, 3 s of frames.
constexpr std::int64_t kKeptSamples = 5 * 16000;
constexpr std::size_t kKeptFrames = 250;
/// What nobody has read is not kept longer: 30 s.
constexpr std::size_t kKeptUnread = 2'500;
/// A word may begin so much before the voice that says it is heard (0.1 s).
constexpr std::size_t kBeforeVoice = 8;

/// As a kept take holds it, so that judging the file again says the same.
float ToSixteenBits(float sample) {
  constexpr float kScale = 32768.0F;
  if (!std::isfinite(sample)) return 0.0F;
  return std::clamp(std::round(sample * kScale), -kScale, kScale - 1) / kScale;
}

Status CheckParts(const LiveParts& parts) {
  if (!parts.model || !parts.lexicon || !parts.scorer)
    return Error{Errc::kInvalidArgument, "a live session needs a model, a lexicon and a scorer"};
  const AcousticSpec& spec = parts.model->spec();
  if (spec.grid.rate != kRecordingRate)
    return Error{Errc::kInvalidArgument, "model " + spec.name + " hears another rate than 16 kHz"};
  if (spec.classes.size() != parts.lexicon->pack().phones.size() + 1)
    return Error{Errc::kInvalidArgument,
                 "model " + spec.name + " was made for another phone set than the language pack's"};
  return {};
}

std::size_t StepsIn(double seconds, const StreamSpec& spec) {
  const double steps = seconds * kRecordingRate.hz / static_cast<double>(spec.step_samples);
  return static_cast<std::size_t>(std::max(1.0, std::round(steps)));
}

Listening Introduction(const LiveText& text, const AcousticSpec& spec,
                       const std::string& final_model) {
  Listening listening{
      .text = text.text(), .live_model = spec.label(), .final_model = final_model, .words = {}};
  for (std::size_t w = 0; w < text.word_count(); ++w)
    listening.words.push_back({text.Word(w).text, text.SpanOf(w), text.SentenceOf(w)});
  return listening;
}

}  // namespace

LiveSession::State::State(LiveParts all, const LiveConfig& config, LiveText live_text,
                          Tracker live_tracker, LiveListener& hears)
    : parts(std::move(all)),
      text(std::move(live_text)),
      listener(hears),
      grid(parts.model->spec().grid),
      usual_steps(StepsIn(config.windows.usual, parts.model->stream_spec())),
      end_steps(StepsIn(config.windows.at_the_end, parts.model->stream_spec())),
      stream(parts.model->Start()),
      gate(parts.model->stream_spec().step_samples * static_cast<std::int64_t>(usual_steps)),
      tracker(std::move(live_tracker)),
      narrator(text, grid, [this](EventKind kind) { Tell(std::move(kind)); }),
      takes(text, config.endpointing),
      judge(parts.scorer, parts.calibration, config.align, grid) {}

void LiveSession::State::Tell(EventKind kind) {
  listener.OnEvent({.at = heard.samples_end(), .kind = std::move(kind)});
}

Result<LiveSession> LiveSession::Start(LiveParts parts, const LiveConfig& config,
                                       std::string_view text, LiveListener& listener) {
  if (auto status = CheckParts(parts); !status) return status.error();
  auto live_text = LiveText::Create(*parts.lexicon, text, config.text);
  if (!live_text) return live_text.error();
  const AcousticSpec& spec = parts.model->spec();
  auto tracker =
      Tracker::Create(live_text->Words(), spec.classes.size(), config.align, config.tracker);
  if (!tracker) return tracker.error();
  std::optional<HandsFree> hands_free;
  if (config.commands) {
    auto created = HandsFree::Create(*parts.lexicon, live_text->Words(), *config.commands);
    if (!created) return created.error();
    hands_free = *std::move(created);
  }
  Listening listening = Introduction(*live_text, spec, config.final_model);
  LiveSession session(std::make_unique<State>(std::move(parts), config, *std::move(live_text),
                                              *std::move(tracker), listener));
  session.state_->hands_free = std::move(hands_free);
  session.state_->Tell(std::move(listening));
  return session;
}

Status LiveSession::Push(PcmView pcm) {
  waiting_.reserve(kBlock);
  for (std::size_t at = 0; at < pcm.size();) {
    const std::size_t count = std::min(kBlock - waiting_.size(), pcm.size() - at);
    for (std::size_t i = at; i < at + count; ++i) waiting_.push_back(ToSixteenBits(pcm[i]));
    at += count;
    if (waiting_.size() < kBlock) break;
    if (auto status = HearBlock(waiting_); !status) return status;
    waiting_.clear();
  }
  return {};
}

Status LiveSession::HearBlock(PcmView block) {
  State& s = *state_;
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t count =
        std::min(block.size() - at, static_cast<std::size_t>(s.meter.missing()));
    s.heard.AddSamples(block.subspan(at, count));
    if (auto level = s.meter.Push(block.subspan(at, count))) {
      level->speaking = s.speaking;
      s.Tell(*level);
    }
    at += count;
  }
  const auto [heard, spared] = s.gate.Push(block, s.voice.quiet() >= kNobody);
  if (spared > 0) {
    if (auto status = Step(Spared(spared)); !status) return status;
  }
  return heard.empty() ? Status() : HearModel(heard);
}

Status LiveSession::HearModel(PcmView pcm) {
  State& s = *state_;
  s.stream->SetWindow(s.takes.NearTheEnd(s.tracker, s.voice) ? s.end_steps : s.usual_steps);
  const auto fresh = s.stream->Push(pcm);
  if (!fresh) return fresh.error();
  return Step(*fresh);
}

/// What the model would say of a room in which nothing has changed.
Posteriors LiveSession::Spared(std::size_t units) const {
  const Posteriors last = state_->heard.Frames(state_->heard.frames_end() - 1);
  const StreamSpec& spec = state_->parts.model->stream_spec();
  Posteriors same;
  for (std::size_t t = 0; t < units * state_->usual_steps * spec.step_frames; ++t)
    Append(last, same);
  return same;
}

Status LiveSession::Finish() {
  State& s = *state_;
  if (!waiting_.empty()) {
    if (auto status = HearBlock(waiting_); !status) return status;
    waiting_.clear();
  }
  if (auto status = HearModel(s.gate.Finish()); !status) return status;
  const auto rest = s.stream->Finish();
  if (!rest) return rest.error();
  if (auto status = Step(*rest); !status) return status;
  if (const auto finish = s.takes.Stop(s.heard.frames_end()))
    TellFinished(*finish);
  else
    NoticeUnread(EndReason::kStopped);
  return {};
}

Status LiveSession::Step(const Posteriors& fresh) {
  if (fresh.ctc.rows == 0) return {};
  State& s = *state_;
  s.heard.AddFrames(fresh);
  for (std::size_t t = 0; t < fresh.frames.rows; ++t) s.voice.Push(fresh.frames.row(t));
  HearCalls(fresh);
  s.tracker.Push(fresh.ctc, s.voice.quiet() >= kPausing);
  if (s.voice.speaking() != s.speaking) {
    s.speaking = s.voice.speaking();
    if (s.speaking) s.Tell(SpeechStarted{});
  }
  if (s.first_speech == 0 && s.speaking) s.first_speech = s.voice.last_speech();

  const std::vector<Reading>& all = s.tracker.visits();
  const auto since_floor = [&] {
    const auto first = std::find_if(all.begin(), all.end(), [&](const Reading& visit) {
      return visit.begin >= s.takes.floor();
    });
    return std::span<const Reading>(first, all.end());
  };
  // What may yet turn out to be a command is not told as something that was put in.
  std::size_t told_until = s.heard.frames_end();
  if (s.hands_free) told_until = std::min(told_until, s.hands_free->pending().value_or(told_until));
  s.narrator.Update(since_floor(), s.tracker, s.takes.floor(), told_until);
  const auto finish = s.takes.Update(since_floor(), s.tracker, s.voice);
  if (s.takes.open()) {
    if (auto status = JudgeWords(s.takes.Within(since_floor())); !status) return status;
  }
  if (finish)
    TellFinished(*finish);
  else if (const auto ahead = s.takes.Ahead(s.tracker, s.voice))
    s.listener.OnTakeAhead(Cut(*ahead));
  if (const auto pause = s.takes.Pause(s.voice)) {
    s.Tell(LongPause{pause->after, pause->samples * s.grid.hop});
  }
  if (!s.takes.open() && s.voice.quiet() >= kUnreadQuiet) NoticeUnread(EndReason::kSilence);
  ForgetOld();
  return {};
}

/// As of the frames before the next ones.
ReadingState LiveSession::Whereabouts() const {
  const State& s = *state_;
  ReadingState reading;
  if (s.takes.open() && s.takes.open()->revision == 0) reading.since = s.takes.open()->begin;
  const std::vector<LiveSentence>& sentences = s.text.sentences();
  const std::size_t here = s.text.SentenceOf(std::min(s.tracker.at(), s.text.word_count() - 1));
  reading.near_first = sentences[here - std::min<std::size_t>(here, 1)].first_word;
  const LiveSentence& last = sentences[std::min(here + 1, sentences.size() - 1)];
  reading.near_last = last.first_word + last.word_count();
  return reading;
}

/// A call ends the take before it, and is itself no part of any.
void LiveSession::HearCalls(const Posteriors& fresh) {
  State& s = *state_;
  if (!s.hands_free) return;
  const auto call = s.hands_free->Push(fresh, Whereabouts());
  if (!call) return;
  if (const auto finish = s.takes.Interrupt(call->at.begin, s.voice.frames()))
    TellFinished(*finish);
  s.narrator.Withdraw(call->at.begin - std::min(call->at.begin, kBeforeVoice));
  const std::int64_t begin = s.grid.BoundaryBefore(call->at.begin);
  s.last_take_end = s.grid.BoundaryBefore(s.voice.frames());
  s.floor_speech = s.voice.speech();
  s.first_speech = 0;
  s.Tell(CommandHeard{call->command, call->wake, {begin, s.grid.BoundaryBefore(call->at.end)}});
}

/// The last words: what was said long before says little of them, and judging must not cost more
/// the longer a sentence is.
std::span<const Reading> LiveSession::LatelySaid(std::span<const Reading> visits) const {
  const std::size_t now = state_->heard.frames_end();
  std::size_t count = 0;
  while (count < visits.size()) {
    const Reading& visit = visits[visits.size() - 1 - count];
    if (count >= kContext && visit.end + 3 * kSettles <= now) break;
    ++count;
  }
  return visits.last(count);
}

Status LiveSession::JudgeWords(std::span<const Reading> visits) {
  State& s = *state_;
  const std::size_t now = s.heard.frames_end();
  std::vector<SaidWord>& said = s.narrator.said();
  const auto settles = [&](const SaidWord& word, std::size_t after) {
    // After a first result of the full pass there is nothing to add.
    return word.state == WordState::kPartial && word.visit.end + after <= now &&
           s.takes.open()->revision == 0;
  };
  const auto is_last = [&](const SaidWord& word) {
    return std::none_of(said.begin(), said.end(), [&](const SaidWord& other) {
      return other.visit.word == word.visit.word && other.visit.begin > word.visit.begin;
    });
  };
  // Judging is dear: what only settles waits a little for a word that is new.
  if (std::none_of(said.begin(), said.end(), [&](const SaidWord& word) {
        return (word.revision == 0 && is_last(word)) || settles(word, 2 * kSettles);
      }))
    return {};
  const TakeKeeper::Take& take = *s.takes.open();
  const auto judged = s.judge.Judge(s.text.sentences()[take.sentence], LatelySaid(visits), s.heard);
  if (!judged) return judged.error();
  for (SaidWord& word : said) {
    const auto found = std::find_if(judged->begin(), judged->end(),
                                    [&](const JudgedWord& j) { return j.word == word.visit.word; });
    if (!is_last(word) || found == judged->end()) continue;
    word.take = take.number;
    const bool settled = settles(word, kSettles);
    const bool moved =
        word.state == WordState::kPartial && std::abs(found->accuracy - word.accuracy) >= kMoved;
    if (word.revision != 0 && !settled && !moved) continue;
    if (settled) word.state = WordState::kSettled;
    TellWord(word, *found);
  }
  return {};
}

void LiveSession::TellWord(SaidWord& said, const JudgedWord& judged) {
  ++said.revision;
  said.accuracy = judged.accuracy;
  state_->Tell(WordScored{.word = judged.word,
                          .take = said.take,
                          .revision = said.revision,
                          .state = said.state,
                          .provisional = judged.provisional || said.state == WordState::kPartial,
                          .span = judged.span,
                          .accuracy = judged.accuracy,
                          .band = judged.band,
                          .error = judged.error});
  if (said.state == WordState::kSettled)
    state_->Tell(PhonesScored{judged.word, said.take, said.revision, judged.phones});
}

FinishedTake LiveSession::Cut(const TakeKeeper::Finish& finish) const {
  const State& s = *state_;
  const LiveSentence& sentence = s.text.sentences()[finish.take.sentence];
  const std::int64_t first = s.grid.BoundaryBefore(finish.take.begin);
  const std::int64_t begin = std::max({s.last_take_end, first - kLeadIn, std::int64_t{0}});
  const bool to_the_end =
      finish.reason == EndReason::kStopped && finish.end == s.heard.frames_end();
  const std::int64_t end = to_the_end ? s.heard.samples_end() : s.grid.BoundaryBefore(finish.end);
  const PcmView pcm = s.heard.Samples(begin, end);
  return {.at = s.heard.samples_end(),
          .finished = {.sentence = finish.take.sentence,
                       .take = finish.take.number,
                       .revision = finish.take.revision,
                       .settled = finish.settled,
                       .reason = finish.reason,
                       .span = {begin, end},
                       .first_word = sentence.first_word,
                       .analysis = nullptr},
          .pcm = {pcm.begin(), pcm.end()}};
}

void LiveSession::TellFinished(const TakeKeeper::Finish& finish) {
  State& s = *state_;
  FinishedTake take = Cut(finish);
  const std::int64_t end = take.finished.span.end;
  s.listener.OnTake(std::move(take));
  if (!finish.settled) return;
  s.last_take_end = end;
  s.floor_speech = s.voice.speech();
  s.first_speech = 0;
  const bool last = finish.take.sentence + 1 == s.text.sentences().size();
  if (last && !std::exchange(s.text_finished, s.text_finished || last)) s.Tell(TextFinished{});
}

/// Somebody spoke, but said no word of the text: of a single sentence that is a take of another
/// text. On a page anybody may have said anything.
void LiveSession::NoticeUnread(EndReason reason) {
  State& s = *state_;
  const std::size_t speech = s.voice.speech() - s.floor_speech;
  if (s.text.sentences().size() > 1 || speech < kUnreadSpeech) return;
  const std::size_t now = s.heard.frames_end();
  const std::size_t begin = std::max(s.first_speech, now - std::min(now, kKeptUnread));
  TellFinished(s.takes.Unread(0, begin, now, reason));
}

void LiveSession::ForgetOld() {
  State& s = *state_;
  const std::size_t floor = s.takes.floor();
  std::size_t done = 0;
  while (done < s.tracker.settled() && s.tracker.visits()[done].begin < floor) ++done;
  s.tracker.Drop(done);

  const std::size_t now = s.heard.frames_end();
  std::size_t frame = now - std::min(now, kKeptFrames);
  if (s.takes.open())
    frame =
        std::min(frame, s.takes.open()->begin - std::min<std::size_t>(s.takes.open()->begin, 50));
  std::int64_t sample =
      std::min(s.heard.samples_end() - kKeptSamples, s.grid.BoundaryBefore(frame) - kLeadIn);
  if (!s.takes.open() && s.first_speech != 0 && s.text.sentences().size() == 1) {
    const std::size_t unread = std::max(s.first_speech, now - std::min(now, kKeptUnread));
    sample = std::min(sample, s.grid.BoundaryBefore(unread) - kLeadIn);
  }
  s.heard.Forget(sample, frame);
}

}  // namespace euphone

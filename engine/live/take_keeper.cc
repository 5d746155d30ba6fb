#include "live/take_keeper.h"

#include <algorithm>

namespace euphone {
namespace {

bool IsWord(const Reading& visit) { return visit.kind != ReadingKind::kInserted; }

}  // namespace

void TakeKeeper::Open(std::span<const Reading> visits) {
  const auto first = std::find_if(visits.begin(), visits.end(), IsWord);
  if (first == visits.end()) return;
  const std::size_t sentence = text_.SentenceOf(first->word);
  open_ = Take{.sentence = sentence, .number = takes_[sentence] + 1, .begin = first->begin};
  told_end_ = 0;
}

std::span<const Reading> TakeKeeper::Within(std::span<const Reading> visits) const {
  return visits.subspan(skipped_, count_);
}

std::optional<TakeKeeper::Finish> TakeKeeper::Update(std::span<const Reading> visits,
                                                     const Tracker& tracker,
                                                     const VoiceActivity& voice) {
  // What was not settled may have changed: until a result is out, the take begins where the first
  // word does now.
  if (open_ && open_->revision == 0) open_.reset();
  if (!open_) Open(visits);
  skipped_ = count_ = 0;
  if (!open_) return std::nullopt;

  const auto in_sentence = [&](const Reading& visit) {
    return text_.SentenceOf(visit.word) == open_->sentence;
  };
  const Reading* last = nullptr;
  const Reading* next = nullptr;
  while (skipped_ < visits.size() && !IsWord(visits[skipped_])) ++skipped_;
  for (std::size_t i = skipped_; i < visits.size() && next == nullptr; ++i) {
    if (!IsWord(visits[i])) continue;
    if (in_sentence(visits[i])) {
      last = &visits[i];
      count_ = i + 1 - skipped_;
      continue;
    }
    // One word of another sentence may be a mistake of the tracker's; two, or all it has, are not.
    const std::size_t other = text_.SentenceOf(visits[i].word);
    const auto of_other = [&](const Reading& visit) {
      return IsWord(visit) && text_.SentenceOf(visit.word) == other;
    };
    const auto said =
        std::count_if(visits.begin() + static_cast<std::ptrdiff_t>(i), visits.end(), of_other);
    const auto words = text_.sentences()[other].word_count();
    if (static_cast<std::size_t>(said) >= std::min<std::size_t>(2, words)) next = &visits[i];
  }
  if (last == nullptr) {  // The tracker has changed its mind about all of it.
    if (open_->revision > 0) return Close(EndReason::kMovedOn, voice.frames());
    open_.reset();
    return std::nullopt;
  }
  last_word_ = last->word;

  const LiveSentence& sentence = text_.sentences()[open_->sentence];
  const std::size_t final_word = sentence.first_word + sentence.word_count() - 1;
  const bool going_on = tracker.current() && in_sentence(*tracker.current());
  const bool complete = last->kind == ReadingKind::kRead && last->word == final_word && !going_on;
  if (next != nullptr) {
    const std::size_t cut = last->end + (next->begin - std::min(next->begin, last->end)) / 2;
    return Close(complete ? EndReason::kContent : EndReason::kMovedOn, cut);
  }
  const std::size_t now = voice.frames();
  const std::size_t since = now - std::min(now, last->end);
  const std::size_t quiet = std::min(voice.quiet(), since);
  if (complete) {
    if (quiet >= endpointing_.settled || since >= endpointing_.settled_noise)
      return Close(EndReason::kContent, now);
    const bool done = quiet >= endpointing_.done || since >= endpointing_.done_in_noise;
    if (!done || told_end_ == last->end) return std::nullopt;
    told_end_ = last->end;
    ++open_->revision;
    const bool foreseen = ahead_ > last->end && ahead_told_ == voice.last_speech();
    return Finish{*open_, false, EndReason::kContent, foreseen ? ahead_ : now};
  }
  const std::size_t left = final_word - std::min(final_word, last->word);
  const bool nearly = left <= std::max<std::size_t>(1, sentence.word_count() / 5);
  const std::size_t wait = nearly ? endpointing_.nearly : endpointing_.patience;
  if (quiet >= wait || now - open_->begin > endpointing_.longest)
    return Close(EndReason::kSilence, now);
  return std::nullopt;
}

std::optional<TakeKeeper::Finish> TakeKeeper::Ahead(const Tracker& tracker,
                                                    const VoiceActivity& voice) {
  if (!open_ || open_->revision > 0 || voice.quiet() == 0 || ahead_told_ == voice.last_speech())
    return std::nullopt;
  const LiveSentence& sentence = text_.sentences()[open_->sentence];
  const std::size_t final_word = sentence.first_word + sentence.word_count() - 1;
  const std::size_t word = tracker.current() ? tracker.current()->word : last_word_;
  if (word != final_word) return std::nullopt;
  ahead_ = voice.frames();
  ahead_told_ = voice.last_speech();
  Take take = *open_;
  ++take.revision;
  return Finish{take, false, EndReason::kContent, ahead_};
}

TakeKeeper::Finish TakeKeeper::Close(EndReason reason, std::size_t end) {
  Take take = *open_;
  ++take.revision;
  ++takes_[take.sentence];
  open_.reset();
  skipped_ = count_ = 0;
  floor_ = end;
  return {take, true, reason, end};
}

std::optional<TakeKeeper::Finish> TakeKeeper::Stop(std::size_t now) {
  if (!open_) return std::nullopt;
  return Close(EndReason::kStopped, now);
}

std::optional<TakeKeeper::Finish> TakeKeeper::Interrupt(std::size_t begin, std::size_t end) {
  // Its first sound may lie a little before what is heard as the beginning of a voice (0.1 s).
  constexpr std::size_t kSameBegin = 8;
  std::optional<Finish> finish;
  if (open_ && open_->begin + kSameBegin < begin) {
    finish = Close(EndReason::kStopped, begin);
  } else if (open_) {
    if (open_->revision > 0) ++takes_[open_->sentence];  // Its number has been told.
    open_.reset();
    skipped_ = count_ = 0;
  }
  floor_ = end;
  return finish;
}

TakeKeeper::Finish TakeKeeper::Unread(std::size_t sentence, std::size_t begin, std::size_t end,
                                      EndReason reason) {
  open_ = Take{.sentence = sentence, .number = takes_[sentence] + 1, .begin = begin};
  return Close(reason, end);
}

std::optional<LongPause> TakeKeeper::Pause(const VoiceActivity& voice) {
  if (!open_ || open_->revision > 0 || voice.quiet() < endpointing_.pause ||
      pause_told_ == voice.last_speech())
    return std::nullopt;
  pause_told_ = voice.last_speech();
  return LongPause{.after = last_word_, .samples = static_cast<std::int64_t>(voice.quiet())};
}

}  // namespace euphone

#include "live/take_keeper.h"

#include <algorithm>

namespace euphone {
namespace {

constexpr std::size_t kWord = 25;  // Frames of speech that may have been a word.

bool IsWord(const Reading& visit) { return visit.kind != ReadingKind::kInserted; }

/// A word of the sentence that was said but for its end, which learners swallow.
bool IsSwallowed(const Reading& visit, const LiveSentence& sentence) {
  if (visit.kind != ReadingKind::kRepeated) return false;
  const auto& pronunciations = sentence.prepared.pronunciations[visit.word - sentence.first_word];
  return 2 * visit.phones.size() >= pronunciations[visit.variant].phones.size();
}

/// Whether the sentence was said to its end, although its last word was not recognised: most of
/// that word was heard and hardly anything after it, or as much speech after the one before it as a
/// word has. `visits`: of the take; `speech`: frame behind the last one of speech.
bool SoundsComplete(std::span<const Reading> visits, const LiveSentence& sentence,
                    std::size_t speech) {
  constexpr std::size_t kHardly = 30, kWords = 80;  // Frames.
  const std::size_t final_word = sentence.last_word();
  for (auto visit = visits.rbegin(); visit != visits.rend(); ++visit) {
    const std::size_t after = speech - std::min(speech, visit->end);
    if (after > kWords) return false;
    const bool read = visit->kind == ReadingKind::kRead;
    if (visit->word == final_word && IsSwallowed(*visit, sentence)) return true;
    if (visit->word == final_word && read) return after <= kHardly;
    if (visit->word + 1 == final_word && (read || IsSwallowed(*visit, sentence)))
      return after >= kWord;
  }
  return false;
}

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
  last_end_ = last->end;

  const LiveSentence& sentence = text_.sentences()[open_->sentence];
  const std::size_t final_word = sentence.last_word();
  const bool going_on = tracker.current() && in_sentence(*tracker.current());
  const bool complete = last->kind == ReadingKind::kRead && last->word == final_word && !going_on;
  if (next != nullptr) {
    const std::size_t cut = last->end + (next->begin - std::min(next->begin, last->end)) / 2;
    return Close(complete ? EndReason::kContent : EndReason::kMovedOn, cut);
  }
  const std::size_t now = voice.frames();
  const std::size_t since = now - std::min(now, last->end);
  const std::size_t quiet = std::min(voice.quiet(), since);
  if (complete && (quiet >= endpointing_.settled || since >= endpointing_.settled_noise))
    return Close(EndReason::kContent, EndOf(voice));
  // Where the last word was not recognised, there is a result, too, but more time to go on.
  const bool sounds_complete = quiet >= endpointing_.unclear &&
                               SoundsComplete(Within(visits), sentence, voice.last_speech());
  const bool done = complete && (quiet >= endpointing_.done || since >= endpointing_.done_in_noise);
  if ((done || sounds_complete) && told_end_ != last->end) {
    const bool foreseen = ahead_ > last->end && ahead_told_ == voice.last_speech();
    told_end_ = last->end;
    told_cut_ = foreseen ? ahead_ : now;
    told_speech_ = voice.last_speech();
    ++open_->revision;
    return Finish{*open_, false, EndReason::kContent, told_cut_};
  }
  if (complete) return std::nullopt;
  const std::size_t left = final_word - std::min(final_word, last->word);
  const bool nearly = left <= std::max<std::size_t>(1, sentence.word_count() / 5);
  const std::size_t wait = nearly ? endpointing_.nearly : endpointing_.patience;
  if (quiet >= wait || now - open_->begin > endpointing_.longest)
    return Close(EndReason::kSilence, EndOf(voice));
  return std::nullopt;
}

/// Where nothing was said since the first result, the take ends where it did: that is its result.
std::size_t TakeKeeper::EndOf(const VoiceActivity& voice) const {
  return Told(voice) && told_end_ == last_end_ ? told_cut_ : voice.frames();
}

/// Of the open take's sentence.
std::size_t TakeKeeper::LastWord() const { return text_.sentences()[open_->sentence].last_word(); }

/// Whether a result is out, and nothing was said since.
bool TakeKeeper::Told(const VoiceActivity& voice) const {
  return open_->revision > 0 && told_speech_ == voice.last_speech();
}

/// Of what was not told yet: a breath after the result is no other end of the sentence.
bool TakeKeeper::InLastWord(const Tracker& tracker) const {
  if (open_->revision > 0 && !tracker.current() && last_end_ == told_end_) return false;
  return tracker.at() == LastWord() || (!tracker.current() && last_word_ == LastWord());
}

bool TakeKeeper::NearTheEnd(const Tracker& tracker, const VoiceActivity& voice) const {
  if (!open_ || Told(voice) || voice.quiet() > endpointing_.unclear) return false;
  const bool foreseen = voice.quiet() > 0 && ahead_told_ == voice.last_speech();
  return foreseen || InLastWord(tracker);
}

std::optional<TakeKeeper::Finish> TakeKeeper::Ahead(const Tracker& tracker,
                                                    const VoiceActivity& voice) {
  if (!open_ || Told(voice) || voice.quiet() == 0 || ahead_told_ == voice.last_speech() ||
      !InLastWord(tracker))
    return std::nullopt;
  const bool comes_next = !tracker.current() && last_word_ + 1 == LastWord();
  if (comes_next && voice.last_speech() < last_end_ + kWord) return std::nullopt;
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

#include "live/narrator.h"

#include <algorithm>
#include <utility>

namespace euphone {
namespace {

/// Frames by which the tracker may move a visit without its being another one.
constexpr std::size_t kSame = 12;
/// Frames after which an inserted stretch has ended (0.4 s), and after which a jump is believed
/// although nothing followed it (0.6 s).
constexpr std::size_t kEnded = 33, kBelieved = 50;
/// Frames for which the reader must seem to be back before it is told (0.14 s).
constexpr std::size_t kBack = 12;
/// Of fewer phones an insertion is as likely a cough or a smacking of lips.
constexpr std::size_t kInsertedPhones = 3;

bool Same(const Reading& a, const Reading& b) {
  if (a.kind != b.kind || a.word != b.word) return false;
  const std::size_t apart = a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin;
  return apart <= kSame || (a.begin < b.end && b.begin < a.end);
}

}  // namespace

void Narrator::Update(std::span<const Reading> visits, const Tracker& tracker, std::size_t floor,
                      std::size_t now) {
  const auto gone = [floor](const Reading& visit) { return visit.begin < floor; };
  while (!said_.empty() && gone(said_.front().visit)) {
    last_word_ = said_.front().visit.word;
    said_.erase(said_.begin());
  }
  std::erase_if(told_, gone);
  Match(visits);
  TellJumps(now);
  TellBrokenOff(visits);
  TellInserted(visits, now);
  TellCursor(tracker, now);
}

void Narrator::Withdraw(const SaidWord& word) {
  if (word.revision == 0) return;
  const Reading& visit = word.visit;
  tell_(WordScored{.word = visit.word,
                   .take = word.take,
                   .revision = word.revision + 1,
                   .state = WordState::kWithdrawn,
                   .span = {grid_.BoundaryBefore(visit.begin), grid_.BoundaryBefore(visit.end)},
                   .accuracy = std::nullopt});
}

void Narrator::Withdraw(std::size_t begin) {
  const auto within = [&](const SaidWord& word) { return word.visit.begin >= begin; };
  for (const SaidWord& word : said_) {
    if (within(word)) Withdraw(word);
  }
  std::erase_if(said_, within);
}

void Narrator::Match(std::span<const Reading> visits) {
  std::vector<SaidWord> said;
  auto old = said_.begin();
  for (const Reading& visit : visits) {
    if (visit.kind != ReadingKind::kRead) continue;
    const auto same = std::find_if(old, said_.end(),
                                   [&](const SaidWord& word) { return Same(word.visit, visit); });
    if (same == said_.end()) {
      said.push_back({.visit = visit});
      continue;
    }
    for (; old != same; ++old) Withdraw(*old);
    said.push_back(std::move(*old++));
    said.back().visit = visit;
  }
  for (; old != said_.end(); ++old) Withdraw(*old);
  said_ = std::move(said);
}

void Narrator::TellJumps(std::size_t now) {
  std::optional<std::size_t> before = last_word_;
  for (std::size_t i = 0; i < said_.size(); ++i) {
    SaidWord& here = said_[i];
    const std::size_t word = here.visit.word;
    const std::size_t expected = before ? *before + 1 : 0;
    // One short word may be anything; two in a row, or one and silence, are where the reader is.
    const bool believed = (i + 1 < said_.size() && said_[i + 1].visit.word == word + 1) ||
                          here.visit.end + kBelieved <= now;
    if (word != expected && believed && !here.skip_told) {
      here.skip_told = true;
      if (word > expected)
        tell_(Skipped{expected, word - 1});
      else if (before && word == *before)
        tell_(Repeated{word});
      else if (before)
        tell_(Restarted{*before, word});
    }
    before = word;
  }
}

void Narrator::TellBrokenOff(std::span<const Reading> visits) {
  for (std::size_t i = 0; i + 1 < visits.size(); ++i) {
    const Reading& visit = visits[i];
    if (visit.kind != ReadingKind::kRepeated) continue;
    if (std::any_of(told_.begin(), told_.end(),
                    [&](const Reading& told) { return Same(told, visit); }))
      continue;
    told_.push_back(visit);
    tell_(Repeated{visit.word});
  }
}

void Narrator::TellInserted(std::span<const Reading> visits, std::size_t now) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const Reading& visit = visits[i];
    if (visit.kind != ReadingKind::kInserted || visit.phones.size() < kInsertedPhones) continue;
    if (i + 1 == visits.size() && visit.end + kEnded > now) continue;
    if (std::any_of(told_.begin(), told_.end(),
                    [&](const Reading& told) { return Same(told, visit); }))
      continue;
    told_.push_back(visit);
    Inserted inserted{.before = visit.word,
                      .span = {grid_.BoundaryBefore(visit.begin), grid_.BoundaryBefore(visit.end)},
                      .heard = {}};
    for (const PhoneSpan& phone : visit.phones)
      inserted.heard.push_back(static_cast<PhoneId>(phone.phone));
    tell_(std::move(inserted));
  }
}

void Narrator::TellCursor(const Tracker& tracker, std::size_t now) {
  const std::size_t at = tracker.at();
  const std::optional<std::size_t> cursor =
      at < text_.word_count() ? std::optional(at) : std::nullopt;
  // In doubt the tracker looks back for a moment; who has gone back is there a moment later, too.
  const bool back = cursor_told_ && cursor && cursor_ && *cursor < *cursor_;
  if (back && !back_since_) back_since_ = now;
  if (back && now < *back_since_ + kBack) return;
  back_since_.reset();
  if (cursor_told_ && cursor == cursor_) return;
  cursor_ = cursor;
  cursor_told_ = true;
  tell_(WordCurrent{cursor});
}

}  // namespace euphone

#include "align/viterbi.h"

#include <algorithm>
#include <limits>

namespace euphone {
namespace {

constexpr float kNone = -std::numeric_limits<float>::infinity();
/// What leaving out a required word costs: only a recording with too few frames does it.
constexpr float kRequired = 1e6F;

enum : std::uint8_t { kByArrival, kByRestart, kByOmission };
enum : std::uint8_t { kFromGap, kFromInsertion, kFromVariant };
enum : std::uint16_t { kFromLater, kFromNext, kFromInside };

// How a phone's two states were reached: where the phone's came from, and a bit for the blank's.
constexpr std::uint8_t kPhoneStays = 0, kPhoneAfterPhone = 1, kPhoneAfterBlank = 2, kPhoneMask = 3;
constexpr std::uint8_t kBlankAfterPhone = 4;

}  // namespace

/// A point of the traceback: junction `word` after frame `frames` − 1.
struct Viterbi::Cursor {
  std::size_t frames;
  std::size_t word;
};

Viterbi::Viterbi(const AlignGraph& graph, std::size_t class_count, const AlignConfig& config)
    : graph_(graph),
      config_(config),
      costs_(class_count, config.costs),
      phones_(graph.classes.size(), PhoneState{kNone, kNone}),
      words_(graph.word_count() + 1) {
  for (std::size_t w = 0; w < words_.size(); ++w) Forget(w);
  words_[0].arrival = 0.0F;
  threshold_ = -static_cast<float>(config_.beam);
  last_ = GoOn(0, 1);
}

void Viterbi::Forget(std::size_t word) {
  words_[word] = {kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, 0, {}};
  if (word == graph_.word_count()) return;
  std::fill(phones_.begin() + graph_.position_begin(word),
            phones_.begin() + graph_.position_begin(word + 1), PhoneState{kNone, kNone});
}

void Viterbi::Advance(std::span<const float> log_probs) {
  costs_.Next(log_probs);
  likeliest_.push_back(costs_.likeliest());
  const std::size_t first_phone = graph_.position_begin(first_);
  frames_.push_back({0, 0, first_phone, phone_traces_.size()});
  phone_traces_.resize(phone_traces_.size() + graph_.position_begin(last_) - first_phone);
  float best = kNone;
  for (std::size_t w = first_; w < last_; ++w) {
    SearchWord(w);
    best = std::max(best, words_[w].best);
  }
  threshold_ = best - static_cast<float>(config_.beam);
  JoinWords();
}

void Viterbi::SearchWord(std::size_t word) {
  WordState& state = words_[word];
  const float begun = state.junction - static_cast<float>(config_.costs.insertion);
  state.trace.insertion_begins = begun > state.insertion;
  state.insertion = std::max(begun, state.insertion) + costs_.extra();
  state.gap = state.junction + costs_.gap();
  state.best = std::max(state.insertion, state.gap);
  state.finished = kNone;
  state.inside = kNone;
  const std::size_t base = graph_.position_begin(word);
  std::uint8_t* const trace =
      phone_traces_.data() + frames_.back().phones - frames_.back().first_phone;
  const std::uint32_t chains = graph_.word_begin[word];
  for (std::uint32_t chain = chains; chain < graph_.word_begin[word + 1]; ++chain) {
    const std::size_t begin = graph_.chain_begin[chain];
    const std::size_t last = graph_.chain_begin[chain + 1] - 1;
    PhoneState before{state.junction, kNone};
    for (std::size_t i = begin; i <= last; ++i) {
      const PhoneState old = phones_[i];
      const std::size_t c = graph_.classes[i];
      const float enter = std::max(before.phone, before.blank) + costs_.enter(c);
      const float stay = old.phone + costs_.stay(c);
      const std::uint8_t source =
          before.phone >= before.blank ? kPhoneAfterPhone : kPhoneAfterBlank;
      const auto way = static_cast<std::uint8_t>((stay >= enter ? kPhoneStays : source) |
                                                 (old.phone > old.blank ? kBlankAfterPhone : 0));
      trace[i] = way;
      phones_[i] = {std::max(stay, enter), std::max(old.phone, old.blank) + costs_.blank()};
      state.best = std::max({state.best, phones_[i].phone, phones_[i].blank});
      before = old;
    }
    phones_[last].blank = kNone;  // The gap at the next junction is this blank.
    if (phones_[last].phone > state.finished) {
      state.finished = phones_[last].phone;
      state.variant = static_cast<std::uint8_t>(chain - chains);
    }
    for (std::size_t i = begin + config_.false_start_phones - 1; i < last; ++i) {
      const float inside = std::max(phones_[i].phone, phones_[i].blank);
      if (inside <= state.inside) continue;
      state.inside = inside;
      state.trace.restart = static_cast<std::uint16_t>(
          kFromInside + 2 * (i - base) + (phones_[i].blank > phones_[i].phone ? 1 : 0));
    }
  }
}

void Viterbi::JoinWords() {
  const std::size_t end = std::min(last_ + 1, words_.size());
  for (std::size_t w = first_; w < end; ++w) {
    WordState& state = words_[w];
    state.arrival = state.gap;
    state.trace.arrival = kFromGap;
    if (state.insertion > state.arrival) {
      state.arrival = state.insertion;
      state.trace.arrival = kFromInsertion;
    }
    if (w > first_ && words_[w - 1].finished >= state.arrival) {
      state.arrival = words_[w - 1].finished;
      state.trace.arrival = static_cast<std::uint8_t>(kFromVariant + words_[w - 1].variant);
    }
  }
  const std::size_t begin = GoBack(first_, end);
  const std::size_t reached = GoOn(begin, end);
  frames_.back().first_word = begin;
  frames_.back().words = word_traces_.size();
  for (std::size_t w = begin; w < reached; ++w) word_traces_.push_back(words_[w].trace);
  Narrow(begin, reached);
}

/// Restarts: from each junction and broken-off word of [begin, end) to all earlier words that are
/// near enough. Returns the first word reached.
std::size_t Viterbi::GoBack(std::size_t begin, std::size_t end) {
  const auto restart = static_cast<float>(config_.costs.restart);
  const auto each = static_cast<float>(config_.costs.restarted_word);
  float later = kNone;
  std::size_t w = end;
  while (w > 0) {
    --w;
    WordState& state = words_[w];
    const float next = w + 1 < end ? words_[w + 1].arrival : kNone;
    if (w < begin || state.inside <= next) state.trace.restart = kFromNext;
    state.restart = std::max(state.inside, next) - restart;
    const bool crosses = w + 1 < words_.size() && graph_.starts_sentence[w + 1] != 0;
    later -= crosses ? restart : each;
    if (later > state.restart) {
      state.restart = later;
      state.trace.restart = kFromLater;
    }
    later = state.restart;
    if (w <= begin && later < threshold_) break;
  }
  return w;
}

float Viterbi::OmissionCost(std::size_t word) const {
  if (graph_.required[word] != 0) return kRequired;
  return static_cast<float>(config_.costs.omitted_phone) *
         static_cast<float>(graph_.phone_count[word]);
}

/// Junctions of [begin, end), and beyond as far as words may be left out. Returns the end.
std::size_t Viterbi::GoOn(std::size_t begin, std::size_t end) {
  const auto omission = static_cast<float>(config_.costs.omission);
  for (std::size_t w = begin; w < words_.size(); ++w) {
    WordState& state = words_[w];
    state.omission = kNone;
    if (w > begin) {
      const WordState& before = words_[w - 1];
      state.trace.omission_goes_on = before.omission > before.junction - omission;
      state.omission = std::max(before.omission, before.junction - omission) - OmissionCost(w - 1);
    }
    if (w >= end && state.omission < threshold_) return w;
    state.junction = state.arrival;
    state.trace.junction = kByArrival;
    if (state.restart > state.junction) {
      state.junction = state.restart;
      state.trace.junction = kByRestart;
    }
    if (state.omission > state.junction) {
      state.junction = state.omission;
      state.trace.junction = kByOmission;
    }
  }
  return words_.size();
}

/// Makes [begin, end) the active words, without those at either side that are too far behind.
void Viterbi::Narrow(std::size_t begin, std::size_t end) {
  const auto score = [this](std::size_t w) { return std::max(words_[w].best, words_[w].junction); };
  first_ = begin;
  last_ = end;
  while (last_ - first_ > 1 && score(first_) < threshold_) Forget(first_++);
  while (last_ - first_ > 1 && score(last_ - 1) < threshold_) Forget(--last_);
  while (last_ - first_ > config_.max_active_words) {
    if (score(first_) < score(last_ - 1))
      Forget(first_++);
    else
      Forget(--last_);
  }
}

Viterbi::Ending Viterbi::End() const {
  const std::size_t word = last_ - 1;
  if (word == graph_.word_count()) return {words_[word].junction, word, false};
  const double first = words_[word].junction - config_.costs.omission;
  const bool goes_on = words_[word].omission > first;
  double score = goes_on ? words_[word].omission : first;
  for (std::size_t w = word; w < graph_.word_count(); ++w)
    score -= static_cast<double>(OmissionCost(w));
  return {score, word, goes_on};
}

const Viterbi::WordTrace& Viterbi::TraceOf(std::size_t frame, std::size_t word) const {
  return word_traces_[frames_[frame].words + word - frames_[frame].first_word];
}

std::vector<Reading> Viterbi::Trace() const {
  std::vector<Reading> visits;
  const Ending end = End();
  Cursor at{frames_.size(), end.word};
  bool omitting = end.omission_goes_on;
  while (at.frames > 0) {
    const WordTrace* trace = &TraceOf(at.frames - 1, at.word);
    if (omitting || trace->junction == kByOmission) {
      omitting = trace->omission_goes_on;
      --at.word;
      continue;
    }
    if (trace->junction == kByRestart) {
      while (trace->restart == kFromLater) trace = &TraceOf(at.frames - 1, ++at.word);
      if (trace->restart != kFromNext) {
        const std::size_t inside = trace->restart - kFromInside;
        visits.push_back(
            TraceWord(at, graph_.position_begin(at.word) + inside / 2, inside % 2 != 0));
        visits.back().kind = ReadingKind::kRepeated;
        continue;
      }
      trace = &TraceOf(at.frames - 1, ++at.word);
    }
    if (trace->arrival == kFromGap) {
      --at.frames;
    } else if (trace->arrival == kFromInsertion) {
      Reading insertion = TraceInsertion(at);
      if (!insertion.phones.empty()) visits.push_back(std::move(insertion));
    } else {
      --at.word;
      const std::size_t chain = graph_.word_begin[at.word] + trace->arrival - kFromVariant;
      visits.push_back(TraceWord(at, graph_.chain_begin[chain + 1] - 1, false));
    }
  }
  std::reverse(visits.begin(), visits.end());
  return visits;
}

/// The word that was at position `phone` after `at`; moves `at` to the junction before it.
Reading Viterbi::TraceWord(Cursor& at, std::size_t phone, bool blank) const {
  const auto after = std::upper_bound(graph_.chain_begin.begin(), graph_.chain_begin.end(), phone);
  const auto chain = static_cast<std::size_t>(after - graph_.chain_begin.begin()) - 1;
  const std::size_t begin = graph_.chain_begin[chain];
  Reading reading;
  reading.word = at.word;
  reading.variant = chain - graph_.word_begin[at.word];
  bool goes_on = false;
  for (bool inside = true; inside;) {
    const FrameTrace& frame = frames_[--at.frames];
    const std::uint8_t way = phone_traces_[frame.phones + phone - frame.first_phone];
    if (blank) {
      blank = (way & kBlankAfterPhone) == 0;
      continue;
    }
    if (!goes_on) reading.phones.push_back({graph_.classes[phone] - 1, 0, at.frames + 1});
    reading.phones.back().begin = at.frames;
    const std::uint8_t source = way & kPhoneMask;
    goes_on = source == kPhoneStays;
    if (goes_on) continue;
    blank = source == kPhoneAfterBlank;
    inside = phone > begin;
    if (inside) --phone;
  }
  std::reverse(reading.phones.begin(), reading.phones.end());
  reading.begin = reading.phones.front().begin;
  reading.end = reading.phones.back().end;
  return reading;
}

Reading Viterbi::TraceInsertion(Cursor& at) const {
  const std::size_t end = at.frames;
  while (!TraceOf(--at.frames, at.word).insertion_begins) {
  }
  Reading reading;
  reading.kind = ReadingKind::kInserted;
  reading.word = at.word;
  AppendRuns(likeliest_, at.frames, end, reading.phones);
  if (!reading.phones.empty()) {
    reading.begin = reading.phones.front().begin;
    reading.end = reading.phones.back().end;
  }
  return reading;
}

}  // namespace euphone

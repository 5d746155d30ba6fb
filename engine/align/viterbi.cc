#include "align/viterbi.h"

#include <algorithm>
#include <limits>

namespace euphone {
namespace {

constexpr float kNone = -std::numeric_limits<float>::infinity();
/// What leaving out a required word costs: only a recording with too few frames does it.
constexpr float kRequired = 1e6F;

}  // namespace

using T = Traceback;

Viterbi::Viterbi(const AlignGraph& graph, std::size_t class_count, const AlignConfig& config)
    : graph_(graph),
      config_(config),
      costs_(class_count, config.costs),
      phones_(graph.classes.size(), PhoneState{kNone, kNone}),
      words_(graph.word_count() + 1),
      traces_(graph) {
  for (std::size_t w = 0; w < words_.size(); ++w) Deactivate(w);
  words_[0].arrival = 0.0F;
  threshold_ = -static_cast<float>(config_.beam);
  last_ = GoOn(0, 1);
}

void Viterbi::Deactivate(std::size_t word) {
  words_[word] = {kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, 0, {}};
  if (word == graph_.word_count()) return;
  std::fill(phones_.begin() + graph_.position_begin(word),
            phones_.begin() + graph_.position_begin(word + 1), PhoneState{kNone, kNone});
}

void Viterbi::Advance(std::span<const float> log_probs) {
  costs_.Next(log_probs);
  const std::span<std::uint8_t> traces = traces_.AddFrame(
      costs_.likeliest(), graph_.position_begin(first_), graph_.position_begin(last_));
  float best = kNone;
  for (std::size_t w = first_; w < last_; ++w) {
    SearchWord(w, traces);
    best = std::max(best, words_[w].best);
  }
  threshold_ = best - static_cast<float>(config_.beam);
  JoinWords();
}

void Viterbi::SearchWord(std::size_t word, std::span<std::uint8_t> traces) {
  WordState& state = words_[word];
  const float begun = state.junction - static_cast<float>(config_.costs.insertion);
  state.trace.insertion_begins = begun > state.insertion;
  state.insertion = std::max(begun, state.insertion) + costs_.extra();
  state.gap = state.junction + costs_.gap();
  state.best = std::max(state.insertion, state.gap);
  state.finished = kNone;
  state.inside = kNone;
  const std::size_t base = graph_.position_begin(word);
  const std::size_t first_phone = graph_.position_begin(first_);
  const auto worth = static_cast<float>(config_.costs.read_phone);
  const std::uint32_t chains = graph_.word_begin[word];
  for (std::uint32_t chain = chains; chain < graph_.word_begin[word + 1]; ++chain) {
    const std::size_t begin = graph_.chain_begin[chain];
    const std::size_t last = graph_.chain_begin[chain + 1] - 1;
    PhoneState before{state.junction, kNone};
    for (std::size_t i = begin; i <= last; ++i) {
      const PhoneState old = phones_[i];
      const std::size_t c = graph_.classes[i];
      const float enter = std::max(before.phone, before.blank) + costs_.enter(c) + worth;
      const float stay = old.phone + costs_.stay(c);
      const std::uint8_t source =
          before.phone >= before.blank ? T::kPhoneAfterPhone : T::kPhoneAfterBlank;
      const auto way = static_cast<std::uint8_t>((stay >= enter ? T::kPhoneStays : source) |
                                                 (old.phone > old.blank ? T::kBlankAfterPhone : 0));
      traces[i - first_phone] = way;
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
          T::kFromInside + 2 * (i - base) + (phones_[i].blank > phones_[i].phone ? 1 : 0));
    }
  }
}

void Viterbi::JoinWords() {
  const std::size_t end = std::min(last_ + 1, words_.size());
  for (std::size_t w = first_; w < end; ++w) {
    WordState& state = words_[w];
    state.arrival = state.gap;
    state.trace.arrival = T::kFromGap;
    if (state.insertion > state.arrival) {
      state.arrival = state.insertion;
      state.trace.arrival = T::kFromInsertion;
    }
    if (w > first_ && words_[w - 1].finished >= state.arrival) {
      state.arrival = words_[w - 1].finished;
      state.trace.arrival = static_cast<std::uint8_t>(T::kFromVariant + words_[w - 1].variant);
    }
  }
  const std::size_t begin = GoBack(first_, end);
  const std::size_t reached = GoOn(begin, end);
  traces_.AddJunctions(begin);
  for (std::size_t w = begin; w < reached; ++w) traces_.AddJunction(words_[w].trace);
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
    if (w < begin || state.inside <= next) state.trace.restart = T::kFromNext;
    state.restart = std::max(state.inside, next) - restart;
    const bool crosses = w + 1 < words_.size() && graph_.starts_sentence[w + 1] != 0;
    later -= crosses ? restart : each;
    if (later > state.restart) {
      state.restart = later;
      state.trace.restart = T::kFromLater;
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
    state.trace.junction = T::kByArrival;
    if (state.restart > state.junction) {
      state.junction = state.restart;
      state.trace.junction = T::kByRestart;
    }
    if (state.omission > state.junction) {
      state.junction = state.omission;
      state.trace.junction = T::kByOmission;
    }
  }
  return words_.size();
}

/// Makes [begin, end) the active words, without those at either side that are too far behind.
void Viterbi::Narrow(std::size_t begin, std::size_t end) {
  const auto score = [this](std::size_t w) { return std::max(words_[w].best, words_[w].junction); };
  first_ = begin;
  last_ = end;
  while (last_ - first_ > 1 && score(first_) < threshold_) Deactivate(first_++);
  while (last_ - first_ > 1 && score(last_ - 1) < threshold_) Deactivate(--last_);
  while (last_ - first_ > config_.max_active_words) {
    if (score(first_) < score(last_ - 1))
      Deactivate(first_++);
    else
      Deactivate(--last_);
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

std::vector<Reading> Viterbi::Trace() const {
  const Ending end = End();
  return traces_.Visits({traces_.frames(), end.word}, end.omission_goes_on, 0);
}

Viterbi::Progress Viterbi::TraceNow(std::size_t since, bool pausing) const {
  T::Cursor at{traces_.frames(), first_};
  if (at.frames == 0) return {};
  float best = kNone;
  bool inside = false, blank = false;  // Whether the best way stands in a word, at `phone`.
  std::size_t phone = 0;
  for (std::size_t w = first_; w < last_; ++w) {
    const float arrival = words_[w].trace.junction == T::kByArrival ? words_[w].junction : kNone;
    if (arrival >= best) {
      best = arrival;
      at.word = w;
      inside = false;
    }
    if (pausing || w == graph_.word_count()) continue;
    for (std::size_t i = graph_.position_begin(w); i < graph_.position_begin(w + 1); ++i) {
      const float state = std::max(phones_[i].phone, phones_[i].blank);
      if (state <= best) continue;
      best = state;
      at.word = w;
      inside = true;
      phone = i;
      blank = phones_[i].blank > phones_[i].phone;
    }
  }
  Progress progress;
  progress.next = at.word;
  if (inside) {
    progress.current = traces_.Word(at, phone, blank);
    ++progress.next;
  }
  progress.visits = traces_.Visits(at, false, since);
  return progress;
}

}  // namespace euphone

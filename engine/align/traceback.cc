#include "align/traceback.h"

#include <algorithm>
#include <utility>

#include "align/frame_costs.h"

namespace euphone {
namespace {

template <class T>
void DropFront(std::vector<T>& values, std::size_t count) {
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

std::span<std::uint8_t> Traceback::AddFrame(std::uint16_t likeliest, std::size_t begin,
                                            std::size_t end) {
  likeliest_.push_back(likeliest);
  const std::size_t phones = phone_traces_.size();
  frames_.push_back({0, forgotten_words_ + word_traces_.size(), begin, forgotten_phones_ + phones});
  phone_traces_.resize(phones + end - begin);
  return std::span(phone_traces_).subspan(phones);
}

const Traceback::WordTrace& Traceback::Of(std::size_t frame, std::size_t word) const {
  const Frame& at = frames_[frame - forgotten_];
  return word_traces_[at.words - forgotten_words_ + word - at.first_word];
}

std::uint8_t Traceback::OfPhone(std::size_t frame, std::size_t phone) const {
  const Frame& at = frames_[frame - forgotten_];
  return phone_traces_[at.phones - forgotten_phones_ + phone - at.first_phone];
}

std::vector<Reading> Traceback::Visits(Cursor at, bool omitting, std::size_t since) const {
  std::vector<Reading> visits;
  while (at.frames > std::max(since, forgotten_)) {
    const WordTrace* trace = &Of(at.frames - 1, at.word);
    if (omitting || trace->junction == kByOmission) {
      omitting = trace->omission_goes_on;
      --at.word;
      continue;
    }
    if (trace->junction == kByRestart) {
      while (trace->restart == kFromLater) trace = &Of(at.frames - 1, ++at.word);
      if (trace->restart != kFromNext) {
        const std::size_t inside = trace->restart - std::size_t{kFromInside};
        visits.push_back(Word(at, graph_.position_begin(at.word) + inside / 2, inside % 2 != 0));
        visits.back().kind = ReadingKind::kRepeated;
        continue;
      }
      trace = &Of(at.frames - 1, ++at.word);
    }
    if (trace->arrival == kFromGap) {
      --at.frames;
    } else if (trace->arrival == kFromInsertion) {
      Reading insertion = Insertion(at);
      if (!insertion.phones.empty()) visits.push_back(std::move(insertion));
    } else {
      --at.word;
      const std::size_t chain = graph_.word_begin[at.word] + trace->arrival - kFromVariant;
      visits.push_back(Word(at, graph_.chain_begin[chain + 1] - 1, false));
    }
  }
  std::reverse(visits.begin(), visits.end());
  return visits;
}

Reading Traceback::Word(Cursor& at, std::size_t phone, bool blank) const {
  const auto after = std::upper_bound(graph_.chain_begin.begin(), graph_.chain_begin.end(), phone);
  const auto chain = static_cast<std::size_t>(after - graph_.chain_begin.begin()) - 1;
  const std::size_t begin = graph_.chain_begin[chain];
  Reading reading;
  reading.word = at.word;
  reading.variant = chain - graph_.word_begin[at.word];
  bool goes_on = false;
  for (bool inside = true; inside && at.frames > forgotten_;) {
    const std::uint8_t way = OfPhone(--at.frames, phone);
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
  reading.begin = reading.phones.empty() ? at.frames : reading.phones.front().begin;
  reading.end = reading.phones.empty() ? at.frames : reading.phones.back().end;
  return reading;
}

Reading Traceback::Insertion(Cursor& at) const {
  const std::size_t end = at.frames;
  while (!Of(--at.frames, at.word).insertion_begins && at.frames > forgotten_) {
  }
  Reading reading;
  reading.kind = ReadingKind::kInserted;
  reading.word = at.word;
  AppendRuns(likeliest_, at.frames - forgotten_, end - forgotten_, reading.phones);
  for (PhoneSpan& phone : reading.phones) {
    phone.begin += forgotten_;
    phone.end += forgotten_;
  }
  if (!reading.phones.empty()) {
    reading.begin = reading.phones.front().begin;
    reading.end = reading.phones.back().end;
  }
  return reading;
}

void Traceback::Forget(std::size_t frame) {
  if (frame <= forgotten_) return;
  const std::size_t count = std::min(frame - forgotten_, frames_.size());
  const bool all = count == frames_.size();
  const std::size_t words = all ? word_traces_.size() : frames_[count].words - forgotten_words_;
  const std::size_t phones = all ? phone_traces_.size() : frames_[count].phones - forgotten_phones_;
  DropFront(frames_, count);
  DropFront(likeliest_, count);
  DropFront(word_traces_, words);
  DropFront(phone_traces_, phones);
  forgotten_ += count;
  forgotten_words_ += words;
  forgotten_phones_ += phones;
}

}  // namespace euphone

#include "align/tracker.h"

#include <utility>

namespace euphone {

Result<Tracker> Tracker::Create(std::span<const AlignWord> words, std::size_t class_count,
                                const AlignConfig& align, const TrackerConfig& config) {
  if (config.keep_frames < config.settle_frames || config.settle_frames == 0)
    return Error{Errc::kInvalidArgument, "a tracker must keep at least what has not settled"};
  if (align.false_start_phones == 0 || align.max_active_words == 0)
    return Error{Errc::kInvalidArgument, "false_start_phones and max_active_words must be ≥ 1"};
  Result<AlignGraph> graph = BuildGraph(words, class_count);
  if (!graph) return graph.error();
  return Tracker(std::make_unique<const AlignGraph>(*std::move(graph)), class_count, align, config);
}

Tracker::Tracker(std::unique_ptr<const AlignGraph> graph, std::size_t class_count,
                 const AlignConfig& align, const TrackerConfig& config)
    : graph_(std::move(graph)),
      search_(std::make_unique<Viterbi>(*graph_, class_count, align)),
      config_(config) {}

void Tracker::Push(const Matrix& ctc, bool pausing) {
  if (ctc.rows == 0) return;
  for (std::size_t t = 0; t < ctc.rows; ++t) {
    search_->Advance(ctc.row(t));
    // Settled frame by frame, so that it does not matter how the frames come in.
    if (search_->frames() % config_.settle_frames == 0) Settle();
  }
  Look(pausing);
}

void Tracker::Look(bool pausing) {
  Viterbi::Progress progress = search_->TraceNow(settled_until_, pausing);
  visits_.resize(settled_);
  for (Reading& visit : progress.visits) visits_.push_back(std::move(visit));
  current_ = std::move(progress.current);
  next_ = progress.next;
}

void Tracker::Settle() {
  Look(false);
  const std::size_t now = search_->frames();
  while (settled_ < visits_.size() && visits_[settled_].end + config_.settle_frames <= now) {
    settled_until_ = visits_[settled_].end;
    ++settled_;
  }
  if (now > 2 * config_.keep_frames) search_->Forget(now - config_.keep_frames);
}

void Tracker::Drop(std::size_t count) {
  visits_.erase(visits_.begin(), visits_.begin() + static_cast<std::ptrdiff_t>(count));
  settled_ -= count;
  dropped_ += count;
}

}  // namespace euphone

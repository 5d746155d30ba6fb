#include "devices/fed_input.h"

#include <algorithm>

namespace euphone {

void FedInput::Give(PcmView samples) {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  received_ += std::ssize(samples);
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
  FlushLocked();
}

std::size_t FedInput::Flush() {
  const std::lock_guard lock(mutex_);
  FlushLocked();
  return waiting_.size();
}

void FedInput::FlushLocked() {
  if (sink_ == nullptr) return;
  const std::size_t count = std::min(waiting_.size(), sink_->Room());
  if (count == 0) return;
  sink_->OnAudio(PcmView(waiting_).first(count));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
}

void FedInput::End() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
}

std::int64_t FedInput::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

Status FedInput::Start(AudioSink& sink) {
  const std::lock_guard lock(mutex_);
  if (sink_ != nullptr) return Error{Errc::kInvalidArgument, "this input is listened to already"};
  sink_ = &sink;
  FlushLocked();
  return {};
}

void FedInput::Stop() {
  const std::lock_guard lock(mutex_);
  sink_ = nullptr;
}

InputState FedInput::state() const {
  const std::lock_guard lock(mutex_);
  if (ended_ && waiting_.empty()) return InputState::kEnded;
  return sink_ != nullptr ? InputState::kRunning : InputState::kIdle;
}

}  // namespace euphone

#include "audio/source_window.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace euphone {

SourceWindow::SourceWindow(std::unique_ptr<ByteSource> source, std::int64_t begin,
                           std::int64_t length)
    : source_(std::move(source)), begin_(begin), length_(length) {}

std::int64_t SourceWindow::Seek(std::int64_t offset, int whence) {
  const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position_ : length_;
  position_ = std::clamp<std::int64_t>(base + offset, 0, length_);
  return position_;
}

std::size_t SourceWindow::Read(std::span<std::byte> out) {
  const std::int64_t count = std::min<std::int64_t>(std::ssize(out), length_ - position_);
  auto got = source_->ReadAt(begin_ + position_, out.first(static_cast<std::size_t>(count)));
  if (!got) {
    error_ = got.error();
    return 0;
  }
  position_ += static_cast<std::int64_t>(*got);
  return *got;
}

}  // namespace euphone

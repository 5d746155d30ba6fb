#include "archive_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/file.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kFeedBatch = 256;
constexpr std::size_t kCarriedBatch = 16;
constexpr std::size_t kBesideTheAudio = 1 << 16;  // Bytes of a message for all else.
constexpr std::chrono::seconds kToFeed{15};

}  // namespace

ArchiveFeed::ArchiveFeed(fleet::JetStream& stream, fleet::ArchiveResults& results,
                         ArchiveFeedOptions options)
    : stream_(stream), results_(results), options_(std::move(options)) {}

Status ArchiveFeed::Begin(std::int64_t skip, int round) {
  auto manifest = fleet::ArchiveManifest::Open(options_.manifest, options_.root);
  if (!manifest) return manifest.error();
  for (; skip > 0; --skip) {
    const auto skipped = manifest->Next();
    if (!skipped) return skipped.error();
  }
  manifest_.emplace(*std::move(manifest));
  batch_.clear();
  round_ = round;
  return {};
}

Status ArchiveFeed::Fill() {
  const std::size_t count = options_.carry_audio ? kCarriedBatch : kFeedBatch;
  while (manifest_ && batch_.size() < count) {
    auto job = manifest_->Next();
    if (!job) return job.error();
    if (!*job) {
      manifest_.reset();
      break;
    }
    (*job)->run = options_.run;
    batch_.push_back(**std::move(job));
  }
  return {};
}

Result<fleet::Outgoing> ArchiveFeed::MessageOf(fleet::ArchiveJob job) {
  if (options_.carry_audio) {
    auto content = ReadFile(options_.root / job.audio, options_.max_message - kBesideTheAudio);
    if (!content) return content.error();
    job.content = *std::move(content);
  }
  return fleet::ArchiveMessage(job, round_);
}

Result<bool> ArchiveFeed::Some() {
  if (batch_.empty()) {
    if (auto filled = Fill(); !filled) return filled.error();
  }
  if (batch_.empty()) return false;
  if (options_.window > 0 && room_ < batch_.size()) {
    const auto waiting = stream_.Count(fleet::kArchiveStream, fleet::ArchiveSubject(options_.run));
    if (!waiting) return waiting.error();
    room_ = options_.window > *waiting ? options_.window - *waiting : 0;
    if (room_ == 0) return false;
  }
  std::vector<std::string> ids;
  for (const fleet::ArchiveJob& job : batch_) ids.push_back(job.recording);
  const auto done = results_.Done(options_.run, ids);
  if (!done) return done.error();
  std::vector<fleet::Outgoing> messages;
  std::vector<fleet::ArchiveResult> failed;
  for (const fleet::ArchiveJob& job : batch_) {
    if (done->contains(job.recording)) continue;
    auto message = MessageOf(job);
    if (message) {
      messages.push_back(*std::move(message));
      continue;
    }
    failed.push_back({.run = options_.run,
                      .recording = job.recording,
                      .position = job.position,
                      .audio = job.audio,
                      .speaker = job.speaker,
                      .language = job.language,
                      .state = fleet::ArchiveState::kFailed,
                      .message = message.error().message,
                      .worker = "score-archive"});
  }
  if (auto published = stream_.PublishAll(messages, kToFeed); !published) return published.error();
  if (const auto kept = results_.Keep(failed); !kept) return kept.error();
  if (auto noted = results_.Queued(options_.run, batch_.back().position); !noted)
    return noted.error();
  room_ -= std::min<std::uint64_t>(room_, messages.size());
  batch_.clear();
  return true;
}

}  // namespace euphone::cli

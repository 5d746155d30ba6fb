#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "devices/fed_input.h"
#include "live/live_runner.h"
#include "server/context.h"
#include "server/event_log.h"
#include "server/sound_messages.h"

namespace euphone::server {

/// What a client wants to read.
struct LiveOrder {
  std::string text = {};
  std::string lesson = {}, item = {};  ///< Where the text came from; empty: from the client.
  std::string learner = {};            ///< Whose takes they are, to be kept; empty: as without.
  std::string desk = {};               ///< Where in the room it is read; empty: nowhere.
  SampleRate rate = kRecordingRate;
  SoundFormat format = SoundFormat::kPcm16;
  bool reproducible = false;  ///< As RunnerConfig::reproducible.
  bool hands_free = false;
};

/// A live session whose microphone is elsewhere. It lives apart from the connection that brings its
/// audio: that may drop, and another may go on with it. A thread of its own starts and ends it, so
/// that no connection waits. Thread: any.
class RemoteSession {
 public:
  /// `context` must outlive it.
  RemoteSession(Context& context, std::string id, LiveOrder order);
  RemoteSession(const RemoteSession&) = delete;
  RemoteSession& operator=(const RemoteSession&) = delete;
  ~RemoteSession();

  const std::string& id() const { return id_; }
  const LiveOrder& order() const { return order_; }
  FedInput& input() { return input_; }

  /// Hears a binary message. Fails: kInvalidArgument, kCorrupt; it goes on all the same. Thread:
  /// one at a time.
  Status Hear(std::string_view bytes);
  /// No audio will come any more: what is open is judged, then it is over.
  void End() { input_.End(); }
  /// Nobody waits for a result any more: as End(), but a sentence that is half said is not kept.
  void Leave();
  /// Nothing will be told any more.
  bool over() const { return over_; }
  /// Why it could not begin; once it is over.
  std::optional<Error> failure() const;

  /// Message `number` and whether there may still be one: nothing, and true, where it was
  /// forgotten.
  struct Told {
    std::optional<std::string> message;
    bool forgotten = false;
  };
  Told Find(std::uint64_t number) const;
  std::uint64_t last_number() const;
  /// Of the first message that was not forgotten.
  std::uint64_t first_number() const;

  /// `wake` is called whenever there is something new to tell, in the session's threads; null: no
  /// more. Whoever listens has one.
  void OnNews(const void* listener, std::function<void()> wake);
  /// Nobody is called any more.
  void Hush();

 private:
  void Run();
  void TellEvent(const Event& event);
  void CountOverrun();
  void Settle(const SentenceFinished& finished);
  void KeepSettled();
  void Tell(std::string_view type, std::string_view members);
  void Wake() const;

  Context& context_;
  const std::string id_;
  const LiveOrder order_;
  FedInput input_;
  std::optional<SoundMessages> sound_;  ///< Of Hear(), from the first one on.
  std::vector<float> take_;             ///< Samples of the take that is about to be told.
  std::atomic<bool> over_ = false;
  std::atomic<bool> left_ = false;
  /// Sentence and take that were told before they settled. Of whoever tells events: one at a time.
  std::optional<std::pair<std::size_t, std::size_t>> told_;
  /// A take that was told and is to be kept, by the session's own thread: a disk may be slow.
  struct Settled {
    std::vector<float> pcm;
    std::shared_ptr<const Analysis> analysis;
    std::size_t sentence = 0, take = 1;
  };
  mutable std::mutex mutex_;  ///< Guards the next three.
  std::vector<Settled> settled_;
  EventLog log_;
  std::optional<Error> failure_;
  mutable std::mutex wake_mutex_;  ///< Held while those in `wakes_` are called.
  std::map<const void*, std::function<void()>> wakes_;
  std::thread thread_;
};

}  // namespace euphone::server

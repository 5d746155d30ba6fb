#include "live_lesson.h"

#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "devices/quiet_errors.h"
#include "live_page.h"
#include "live_screen.h"
#include "live_view.h"
#include "live_worker.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

/// How long a key is waited for before the news are looked at: a word lights up that much later at
/// most.
constexpr int kLookMs = 20;

/// Carries keys to the view and its wishes to the worker, and news back.
class Lesson {
 public:
  Lesson(LiveStage& stage, const LiveOptions& options, bool ipa)
      : view_(stage.engine.phones(), stage.plan.items.size(), stage.plan.title, ipa),
        until_done_(options.until_done),
        worker_(std::make_unique<LiveWorker>(stage, options)) {
    if (stage.config.commands) view_.SetWake(stage.config.commands->wake);
    Start();
  }

  /// True where something is to be drawn.
  bool HearNews() {
    bool heard = false;
    for (LiveNews& news : worker_->News()) {
      if (news.session != session_) continue;
      heard = true;
      if (const auto* event = std::get_if<Event>(&news.what)) {
        Hear(*event);
      } else if (const auto* state = std::get_if<LiveState>(&news.what)) {
        view_.SetState(*state);
      } else {
        view_.SetNotice(std::get<std::string>(news.what));
      }
    }
    if (heard && until_done_ && Done()) Press(LiveKey::kNext);
    return heard;
  }

  void Press(LiveKey key) {
    const bool last = view_.item_index() + 1 == view_.item_count();
    switch (view_.Press(key)) {
      case LiveAction::kNone:
        if (until_done_ && key == LiveKey::kNext && last) over_ = true;
        break;
      case LiveAction::kRestart:
      case LiveAction::kOpen:
        ++session_;
        [[fallthrough]];
      case LiveAction::kStart:
        Start();
        break;
      case LiveAction::kStop:
        worker_->Give(StopOrder{});
        break;
      case LiveAction::kOwn:
        PlayOwn();
        break;
      case LiveAction::kModel:
        PlayModel(view_.slow());
        break;
      case LiveAction::kQuit:
        over_ = true;
        break;
    }
  }

  const LiveView& view() const { return view_; }
  bool over() const { return over_; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  void Start() { worker_->Give(StartOrder{view_.item_index(), session_}); }

  void Hear(const Event& event) {
    view_.Hear(event);
    if (std::holds_alternative<Listening>(event.kind)) failure_.reset();
    if (const auto* heard = std::get_if<CommandHeard>(&event.kind)) Obey(*heard);
    const auto* failed = std::get_if<Failed>(&event.kind);
    if (failed == nullptr || !failed->fatal) return;
    failure_ = failed->error;
    // Without a first word there is nothing on the screen to stay for.
    if (view_.item().words.empty()) over_ = true;
  }

  /// The last sentence has its settled result.
  bool Done() const {
    if (!view_.text_finished() || view_.item().sentences.empty()) return false;
    const ViewSentence& last = view_.item().sentences.back();
    return last.current && !last.open;
  }

  void PlayOwn() {
    if (view_.item().sentences.empty()) return;
    OwnOrder order{.sentence = view_.sentence(), .span = std::nullopt, .slow = view_.slow()};
    if (view_.chosen()) {
      if (const WordScore* word = view_.JudgedWord(*view_.chosen())) order.span = word->span;
    }
    worker_->Give(order);
  }

  /// What the key of the same name does.
  void Obey(const CommandHeard& heard) {
    if (!heard.command) return;
    switch (*heard.command) {
      case Command::kNext:
        Press(LiveKey::kNext);
        break;
      case Command::kAgain:
        Press(LiveKey::kRetry);
        break;
      case Command::kRepeatSlowly:
        PlayModel(true);
        break;
      case Command::kStop:
        if (view_.state() == LiveState::kListening) Press(LiveKey::kToggle);
        break;
      case Command::kGoBack:
        Press(LiveKey::kPrevious);
        break;
    }
  }

  void PlayModel(bool slow) {
    const ViewItem& item = view_.item();
    if (item.sentences.empty()) return;
    const ViewSentence& in = item.sentences[view_.sentence()];
    std::size_t begin = item.words[in.first_word].span.begin;
    std::size_t end = item.words[in.first_word + in.word_count - 1].span.end;
    // With the mark at its end, which the melody follows.
    while (end < item.text.size() && std::isspace(static_cast<unsigned char>(item.text[end])) == 0)
      ++end;
    ModelOrder order{
        .text = item.text.substr(begin, end - begin), .word = std::nullopt, .slow = slow};
    if (view_.chosen()) order.word = view_.WrittenWord(*view_.chosen());
    worker_->Give(std::move(order));
  }

  LiveView view_;
  const bool until_done_;
  std::unique_ptr<LiveWorker> worker_;
  std::size_t session_ = 0;
  bool over_ = false;
  std::optional<Error> failure_;
};

/// Until it is over; why it failed, if it did. Nothing that a sound library prints is seen.
Result<std::optional<Error>> Hold(LiveStage& stage, const LiveOptions& options) {
  const QuietErrors quiet;
  auto screen = LiveScreen::Open(UseColour(ColourMode::kAuto));
  if (!screen) return screen.error();
  Lesson lesson(stage, options, (*screen)->size().unicode);
  bool draw = true;
  while (!lesson.over() && !Interrupted()) {
    if (draw) (*screen)->Draw(DrawPage(lesson.view(), (*screen)->size()));
    const LiveScreen::Input input = (*screen)->Read(kLookMs);
    if (input.key) lesson.Press(*input.key);
    draw = lesson.HearNews() || input.key || input.redraw;
  }
  // The terminal is given back at once; what is still being judged takes a moment.
  screen->reset();
  return lesson.failure();
}

}  // namespace

ExitCode RunLiveLesson(LiveStage& stage, const LiveOptions& options) {
  const auto failure = Hold(stage, options);
  if (!failure) return Report(failure.error());
  if (*failure) return Report(**failure);
  return Interrupted() ? ExitCode::kInterrupted : ExitCode::kOk;
}

}  // namespace euphone::cli

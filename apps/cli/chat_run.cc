#include "chat_run.h"

#include <unistd.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/file.h"
#include "chat_session.h"
#include "choices.h"
#include "http/printable.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "typed_lines.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestSystem = std::size_t{64} << 10;

/// One reply as a line for scripts.
std::string LineOf(const ChatTurn& turn) {
  const llm::ChatReply& reply = turn.reply;
  Json json = {{"reply", http::Printable(reply.text)},
               {"finish_reason", reply.finish_reason},
               {"cancelled", reply.cancelled},
               {"cut", reply.cut ? Json(reply.cut->message) : Json()},
               {"tools", turn.tools},
               {"usage", Json()},
               {"first_token_ms", static_cast<std::int64_t>(reply.first_token_ms)},
               {"total_ms", static_cast<std::int64_t>(reply.total_ms)}};
  if (reply.usage) {
    json["usage"] = {{"prompt_tokens", reply.usage->prompt_tokens},
                     {"completion_tokens", reply.usage->completion_tokens}};
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<ChatSession> OpenSession(const ChatOptions& options, llm::LlmSettings settings,
                                const InstallationOptions& installation) {
  auto tools = ChatTools::Open(installation, options.store, options.learner);
  if (!tools) return tools.error();
  llm::Redactor redactor;
  if (settings.redact) redactor = llm::Redactor(tools->names(), options.learner);
  auto client = llm::ChatClient::Create(std::move(settings.config), std::move(redactor));
  if (!client) return client.error();
  ChatSession session{.client = *std::move(client), .tools = *std::move(tools)};
  session.use_tools = !options.no_tools;
  session.talk.temperature = options.temperature;
  session.talk.max_tokens = options.max_tokens;
  if (options.system.empty()) return session;
  auto text = ReadFile(options.system, kLongestSystem);
  if (!text) return text.error();
  session.talk.system = *std::move(text);
  return session;
}

/// Lines in, replies out.
class Chatting {
 public:
  /// `voice` null: lines are typed.
  Chatting(ChatSession& session, bool json, ChatVoice* voice)
      : session_(session),
        json_(json),
        voice_(voice),
        people_(::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1 && !json),
        lines_(people_ && voice == nullptr) {}

  ExitCode Run() {
    if (voice_ != nullptr) return Talk();
    if (people_) Tell("Talk with the tutor; /help lists the commands, Ctrl-D ends.\n");
    for (;;) {
      std::string text;
      switch (ReadMessage(text)) {
        case TypedLines::Got::kEnd:
          if (people_) Tell("\n");
          return ExitCode::kOk;
        case TypedLines::Got::kInterrupted:
          if (!GoesOn()) return ExitCode::kInterrupted;
          Tell("\n");
          continue;
        case TypedLines::Got::kTooLong:
          return Report({Errc::kTooLarge, "a message has at most " +
                                              std::to_string(TypedLines::kLongest) + " bytes"});
        case TypedLines::Got::kLine:
          break;
      }
      if (text.find_first_not_of(" \t") == std::string::npos) continue;
      bool end = false;
      const ExitCode code = Take(text, end);
      if (end || (code != ExitCode::kOk && !people_)) return code;
      if (code == ExitCode::kInterrupted && !GoesOn()) return code;
    }
  }

 private:
  /// Spoken turns, until somebody takes leave.
  ExitCode Talk() {
    Tell("Talk with the tutor; \"goodbye\" or Ctrl-C ends.\n");
    for (;;) {
      std::string text;
      const auto heard = voice_->Listen(text);
      if (!heard) return Report(heard.error());
      if (*heard == ChatVoice::Heard::kInterrupted) return ExitCode::kOk;
      if (*heard == ChatVoice::Heard::kNothing) {
        ReportLine("I did not understand that; say it again, or a little louder");
        continue;
      }
      Tell("You: " + text + "\n");
      if (ChatVoice::IsFarewell(text)) return ExitCode::kOk;
      Tell("Tutor: ");
      if (const ExitCode code = Ask(text); code == ExitCode::kInterrupted) return code;
    }
  }

  /// A line, and those that it goes on in.
  TypedLines::Got ReadMessage(std::string& text) {
    for (std::string line;; text += "\n") {
      const auto got = lines_.Read(text.empty() ? "You: " : "...  ", line);
      if (got != TypedLines::Got::kLine) return got;
      text += line;
      if (!text.ends_with('\\')) return got;
      text.pop_back();
      if (text.size() > TypedLines::kLongest) return TypedLines::Got::kTooLong;
    }
  }

  /// Whether Ctrl-C stopped a reply only.
  bool GoesOn() const {
    if (people_) ForgetInterrupt();
    return !Interrupted();
  }

  /// Words of the program, which scripts do not want among the replies.
  void Tell(const std::string& text) const {
    if (!json_) Print(text);
  }

  ExitCode Take(const std::string& text, bool& end) {
    if (!IsCommand(text)) return Ask(text);
    const auto obeyed = Obey(text, session_);
    if (!obeyed) return Report(obeyed.error());
    Tell(obeyed->told);
    end = obeyed->end;
    return obeyed->again.empty() ? ExitCode::kOk : Ask(obeyed->again);
  }

  ExitCode Ask(const std::string& text) {
    if (people_ && voice_ == nullptr) Tell("Tutor: ");
    bool shown = true;
    const auto show = [&](std::string_view piece) {
      if (!json_) shown = Print(http::Printable(piece)) && shown;
    };
    const StopOnInterrupt stop;
    const auto turn = session_.Ask(text, show, stop.token());
    if (!turn) {
      if (people_) Tell("\n");
      return Report(turn.error());
    }
    if (json_)
      shown = Print(LineOf(*turn));
    else
      shown = Print("\n") && shown;
    if (!shown) {
      ReportUnwritable();
      return ExitCode::kBadInput;
    }
    if (turn->reply.cut) {
      ReportLine("the reply is cut: " + turn->reply.cut->message);
      return CodeFor(*turn->reply.cut);
    }
    if (turn->reply.cancelled) return ExitCode::kInterrupted;
    if (turn->reply.text.empty()) ReportLine("the model said nothing");
    if (voice_ == nullptr || turn->reply.text.empty()) return ExitCode::kOk;
    if (auto status = voice_->Speak(http::Printable(turn->reply.text)); !status)
      ReportLine("this is not read out: " + status.error().message);
    // Ctrl-C ends what is read out, and the talk goes on.
    if (Interrupted()) ForgetInterrupt();
    return ExitCode::kOk;
  }

  ChatSession& session_;
  const bool json_;
  ChatVoice* const voice_;
  const bool people_;
  TypedLines lines_;
};

}  // namespace

ExitCode Chat(const ChatOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  auto settings = OpenLlmSettings(options.llm);
  if (!settings) return Report(settings.error());
  if (!*settings) {
    ReportLine(
        "no language model's server is named, so nothing is connected; --llm takes its URL "
        "(docs/howto/llm.md)");
    return ExitCode::kUsage;
  }
  auto session = OpenSession(options, *std::move(*settings), installation);
  if (!session) return Report(session.error());
  if (!options.voice) return Chatting(*session, options.json, nullptr).Run();
  auto voice = ChatVoice::Open(options.speech, installation);
  if (!voice) return Report(voice.error());
  return Chatting(*session, options.json, &*voice).Run();
}

}  // namespace euphone::cli

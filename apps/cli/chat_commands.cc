#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/private_file.h"
#include "chat_session.h"
#include "exit_code.h"
#include "http/printable.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kLongestFile = std::size_t{16} << 20;

constexpr const char* kHelp =
    "/help             this list\n"
    "/exit             end, as Ctrl-D does\n"
    "/reset            begin anew\n"
    "/regen            answer the last message again\n"
    "/remove           take the last message and its answer back\n"
    "/history          what was said so far\n"
    "/save FILE        write the conversation, /load FILE reads it\n"
    "/system TEXT      who the model is to be; without a text: who it is\n"
    "/temperature N    0 to 2; without a number: the server's own\n"
    "/model NAME       another model of the same server\n"
    "/tools on|off     whether the model may look things up here\n"
    "Ctrl-C stops a reply. A line that ends with \\ goes on in the next.\n";

Error Wants(const std::string& what) { return {Errc::kInvalidArgument, what}; }

Result<std::optional<double>> Temperature(const std::string& text) {
  if (text.empty()) return std::optional<double>();
  double number = 0.0;
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number);
  if (failed == std::errc() && stop == end && number >= 0.0 && number <= 2.0)
    return std::optional(number);
  return Wants("/temperature takes a number from 0 to 2");
}

std::string History(const Conversation& talk) {
  std::string page;
  for (const llm::ChatMessage& turn : talk.turns()) {
    page += turn.role == llm::Role::kUser ? "You: " : "Tutor: ";
    page += http::Printable(turn.content) + "\n";
  }
  return page.empty() ? "nothing was said yet\n" : page;
}

Result<Obeyed> Load(const std::string& file, Conversation& talk) {
  if (file.empty()) return Wants("/load takes the name of a file");
  const auto text = ReadFile(file, kLongestFile);
  if (!text) return text.error();
  if (auto status = talk.Load(*text); !status) return Prefixed(Shortened(file), status.error());
  return Obeyed{.told = "loaded " + std::to_string(talk.turns().size()) + " messages\n"};
}

Result<Obeyed> Save(const std::string& file, const Conversation& talk) {
  if (file.empty()) return Wants("/save takes the name of a file");
  if (auto status = euphone::WritePrivateFile(file, talk.ToJson()); !status) return status.error();
  return Obeyed{.told = "saved " + std::to_string(talk.turns().size()) + " messages\n"};
}

}  // namespace

bool IsCommand(std::string_view line) { return line.starts_with('/') || line.starts_with("!!"); }

Result<Obeyed> Obey(const std::string& line, ChatSession& session) {
  Conversation& talk = session.talk;
  const std::size_t begin = line.starts_with("!!") ? 2 : 1;
  const std::size_t blank = std::min(line.find(' ', begin), line.size());
  const std::string name = line.substr(begin, blank - begin);
  const std::size_t first = std::min(line.find_first_not_of(' ', blank), line.size());
  const std::string text = line.substr(first, line.find_last_not_of(' ') + 1 - first);
  if (name == "help") return Obeyed{.told = kHelp};
  if (name == "exit" || name == "quit") return Obeyed{.end = true};
  if (name == "history") return Obeyed{.told = History(talk)};
  if (name == "save") return Save(text, talk);
  if (name == "load") return Load(text, talk);
  if (name == "reset") {
    talk.Reset();
    return Obeyed{.told = "begun anew\n"};
  }
  if (name == "regen" || name == "remove") {
    std::string last = talk.TakeBack();
    if (last.empty()) return Wants("nothing was said yet");
    if (name == "regen") return Obeyed{.again = std::move(last)};
    return Obeyed{.told = "taken back: " + http::OneLine(last, 60) + "\n"};
  }
  if (name == "system") {
    if (text.empty()) return Obeyed{.told = http::Printable(talk.system) + "\n"};
    talk.system = text;
    return Obeyed{};
  }
  if (name == "temperature") {
    const auto number = Temperature(text);
    if (!number) return number.error();
    talk.temperature = *number;
    return Obeyed{};
  }
  if (name == "model") {
    if (text.empty()) return Obeyed{.told = session.client.config().model + "\n"};
    if (text != http::OneLine(text, 200)) return Wants("/model takes the name of a model");
    session.client.UseModel(text);
    return Obeyed{};
  }
  if (name == "tools") {
    if (text != "on" && text != "off") return Wants("/tools takes on or off");
    session.use_tools = text == "on";
    return Obeyed{};
  }
  return Wants("there is no command '/" + http::OneLine(name, 40) + "'; /help lists them");
}

}  // namespace euphone::cli

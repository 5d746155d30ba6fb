#include "server/event_log.h"

namespace euphone::server {

void EventLog::Add(std::string_view type, std::string_view members) {
  std::string message = R"({"type":")";
  message += type;
  message += R"(","seq":)" + std::to_string(++last_) + ',';
  message += members;
  message += '}';
  bytes_ += message.size();
  messages_.push_back(std::move(message));
  while (bytes_ > most_bytes_ && messages_.size() > 1) {
    bytes_ -= messages_.front().size();
    messages_.pop_front();
  }
}

const std::string* EventLog::Find(std::uint64_t number) const {
  if (number < first() || number > last_) return nullptr;
  return &messages_[number - first()];
}

}  // namespace euphone::server

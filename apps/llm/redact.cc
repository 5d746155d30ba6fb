#include "llm/redact.h"

#include <algorithm>
#include <utility>

namespace euphone::llm {
namespace {

constexpr std::size_t kShortestWord = 3;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Bytes beyond ASCII are parts of letters.
bool IsLetter(char c) {
  const char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool BeginsWith(std::string_view text, std::string_view with) {
  return text.size() >= with.size() &&
         std::equal(with.begin(), with.end(), text.begin(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

}  // namespace

Redactor::Redactor(std::vector<std::string> names, std::string self) : self_(std::move(self)) {
  if (!self_.empty()) names.push_back(self_);
  for (const std::string& name : names) {
    if (!name.empty()) names_.push_back(name);
    for (std::size_t begin = 0; begin < name.size();) {
      const std::size_t end = std::min(name.find_first_of(" \t-", begin), name.size());
      if (end - begin >= kShortestWord && end - begin < name.size())
        names_.push_back(name.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string Redactor::Hide(std::string_view text) const {
  std::string hidden;
  bool inside = false;  // A word.
  while (!text.empty()) {
    const auto stands = [&](const std::string& name) {
      return BeginsWith(text, name) && (text.size() == name.size() || !IsLetter(text[name.size()]));
    };
    const auto found = inside ? names_.end() : std::find_if(names_.begin(), names_.end(), stands);
    if (found != names_.end()) {
      hidden += kTheLearner;
      text.remove_prefix(found->size());
      inside = false;
    } else {
      inside = IsLetter(text.front());
      hidden += text.front();
      text.remove_prefix(1);
    }
  }
  return hidden;
}

std::string NameRestorer::Push(std::string_view piece) {
  if (name_.empty()) return std::string(piece);
  waiting_ += piece;
  return Take(false);
}

std::string NameRestorer::Finish() { return Take(true); }

std::string NameRestorer::Take(bool last) {
  std::string known;
  std::size_t at = 0;
  while (at < waiting_.size()) {
    const std::string_view rest = std::string_view(waiting_).substr(at);
    if (!after_letter_ && Lower(rest.front()) == kTheLearner.front()) {
      const bool whole = BeginsWith(rest, kTheLearner);
      const bool may_be = whole ? rest.size() == kTheLearner.size() : BeginsWith(kTheLearner, rest);
      if (may_be && !last) break;
      if (whole && (rest.size() == kTheLearner.size() || !IsLetter(rest[kTheLearner.size()]))) {
        known += name_;
        at += kTheLearner.size();
        continue;
      }
    }
    after_letter_ = IsLetter(rest.front());
    known += rest.front();
    ++at;
  }
  waiting_.erase(0, at);
  return known;
}

}  // namespace euphone::llm

#include "coach/article.h"

#include <algorithm>
#include <array>

namespace euphone {
namespace {

constexpr std::string_view kFence = "---";

/// Takes the next line off `text`.
std::string_view NextLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

std::vector<std::string> Listed(std::string_view value) {
  std::vector<std::string> list;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    std::string_view item = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (!item.empty()) list.emplace_back(item);
  }
  return list;
}

template <class Value>
using Name = std::pair<std::string_view, Value>;
constexpr std::array<Name<Topic>, 4> kTopicNames = {{{"sound", Topic::kSound},
                                                     {"contrast", Topic::kContrast},
                                                     {"language", Topic::kLanguage},
                                                     {"prosody", Topic::kProsody}}};
constexpr std::array<Name<Load>, 3> kLoadNames = {
    {{"low", Load::kLow}, {"medium", Load::kMedium}, {"high", Load::kHigh}}};

class Reader {
 public:
  Reader(std::string_view text, const std::string& name, const PhoneSet& phones)
      : text_(text), name_(name), phones_(phones) {}

  Result<Article> Read() {
    if (NextLine(text_) != kFence) return Corrupt("does not begin with a line ---");
    for (bool inside = true; inside;) {
      if (text_.empty()) return Corrupt("has no second line ---");
      const std::string_view line = NextLine(text_);
      inside = line != kFence;
      if (!inside) continue;
      if (auto status = TakeKey(line); !status) return status.error();
    }
    while (!text_.empty()) {
      if (auto status = TakeLine(NextLine(text_)); !status) return status.error();
    }
    while (article_.text.ends_with('\n')) article_.text.pop_back();
    if (auto status = Check(); !status) return status.error();
    return std::move(article_);
  }

 private:
  Error Corrupt(const std::string& what) const { return {Errc::kCorrupt, name_ + ": " + what}; }

  Status TakeKey(std::string_view line) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return Corrupt("'" + std::string(line) + "' has no value");
    const std::string_view key = line.substr(0, colon), value = line.substr(colon + 2);
    if (key == "id") article_.id = value;
    if (key == "title") article_.title = value;
    if (key == "languages") article_.languages = Listed(value);
    if (key == "names") article_.names = Listed(value);
    if (key == "words") article_.words = Listed(value);
    if (key == "sources") article_.sources = Listed(value);
    if (key == "phones") return TakePhones(value);
    if (key == "pairs") return TakePairs(value);
    if (key == "load") return TakeLoad(value);
    return {};
  }

  Status TakePhones(std::string_view value) {
    for (const std::string& symbol : Listed(value)) {
      const auto phone = phones_.Find(symbol);
      if (!phone) return Corrupt("there is no phone '" + symbol + "'");
      article_.phones.push_back(*phone);
    }
    return {};
  }

  Status TakePairs(std::string_view value) {
    for (const std::string& pair : Listed(value)) {
      const std::size_t slash = pair.find('/');
      if (slash == std::string::npos) return Corrupt("'" + pair + "' is no pair of words");
      article_.pairs.emplace_back(pair.substr(0, slash), pair.substr(slash + 1));
    }
    return {};
  }

  Status TakeLoad(std::string_view value) {
    const auto load = std::ranges::find(kLoadNames, value, &Name<Load>::first);
    if (load == kLoadNames.end()) return Corrupt("'" + std::string(value) + "' is no load");
    article_.load = load->second;
    return {};
  }

  Status TakeLine(std::string_view line) {
    if (line.starts_with("## ")) {
      article_.sections.push_back({.heading = std::string(line.substr(3)), .items = {}});
    } else if (line.starts_with("- ")) {
      if (article_.sections.empty()) return Corrupt("an item stands before all sections");
      article_.sections.back().items.emplace_back(line.substr(2));
    } else if (line.starts_with("? ")) {
      auto& asked = article_.sections.empty() ? article_.asked : article_.sections.back().asked;
      asked.emplace_back(line.substr(2));
    } else if (article_.sections.empty()) {
      TakeText(line);
    } else if (!line.empty()) {
      return Corrupt("'" + std::string(line) + "' is no item");
    }
    return {};
  }

  /// Lines of a paragraph become one.
  void TakeText(std::string_view line) {
    std::string& text = article_.text;
    if (line.empty()) {
      if (!text.empty() && !text.ends_with("\n\n")) text += "\n\n";
      return;
    }
    if (!text.empty() && !text.ends_with('\n')) text += ' ';
    text += line;
  }

  Status Check() {
    const std::size_t slash = article_.id.find('/');
    const auto topic = std::ranges::find(
        kTopicNames, std::string_view(article_.id).substr(0, slash), &Name<Topic>::first);
    if (slash == std::string::npos || topic == kTopicNames.end())
      return Corrupt("its id says no topic: '" + article_.id + "'");
    article_.topic = topic->second;
    if (article_.title.empty()) return Corrupt("has no title");
    if (article_.text.empty()) return Corrupt("explains nothing");
    const std::size_t needed = article_.topic == Topic::kSound      ? 1
                               : article_.topic == Topic::kContrast ? 2
                                                                    : 0;
    if (needed > 0 && article_.phones.size() != needed)
      return Corrupt("needs " + std::to_string(needed) + " of `phones`");
    const bool empty = std::ranges::any_of(
        article_.sections, [](const ArticleSection& section) { return section.items.empty(); });
    if (empty || article_.sections.empty()) return Corrupt("a section has no items");
    return {};
  }

  std::string_view text_;
  const std::string& name_;
  const PhoneSet& phones_;
  Article article_;
};

}  // namespace

const std::vector<std::string>& Article::items(std::string_view heading) const {
  static const std::vector<std::string> none;
  const auto found = std::ranges::find(sections, heading, &ArticleSection::heading);
  return found == sections.end() ? none : found->items;
}

Result<Article> ParseArticle(std::string_view markdown, const std::string& name,
                             const PhoneSet& phones) {
  return Reader(markdown, name, phones).Read();
}

}  // namespace euphone

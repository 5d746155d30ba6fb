#include "lexicon/dictionary_text.h"

#include <algorithm>
#include <utility>

#include "lexicon/ipa.h"
#include "lexicon/word_key.h"

namespace euphone {
namespace {

constexpr std::string_view kBlanks = " \t\r";

/// Takes the text up to the next blank off the front of `rest`; empty at its end.
std::string_view TakeField(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  const std::string_view field = rest.substr(0, rest.find_first_of(kBlanks));
  rest.remove_prefix(field.size());
  return field;
}

/// "word(2)" → "word".
std::string_view WithoutVariantMark(std::string_view head) {
  if (!head.ends_with(')')) return head;
  const auto open = head.rfind('(');
  if (open == head.npos || open == 0 || open + 2 >= head.size()) return head;
  const std::string_view number = head.substr(open + 1, head.size() - open - 2);
  return number.find_first_not_of("0123456789") == number.npos ? head.substr(0, open) : head;
}

}  // namespace

Result<std::vector<Phone>> ParsePhones(std::string_view symbols, const PhoneSet& phones) {
  if (LooksLikeIpa(symbols)) return ParseIpa(symbols, phones);
  std::vector<Phone> parsed;
  for (auto symbol = TakeField(symbols); !symbol.empty(); symbol = TakeField(symbols)) {
    const auto phone = phones.ParsePhone(symbol);
    if (!phone) return phone.error();
    parsed.push_back(*phone);
  }
  if (parsed.empty())
    return Error{Errc::kInvalidArgument,
                 "no phones; write ARPAbet, as in HH AH0 L OW1, or IPA, as in həˈloʊ"};
  return parsed;
}

Result<std::vector<DictionaryEntry>> ParseDictionary(std::string_view text,
                                                     const PhoneSet& phones) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<DictionaryEntry> entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const std::string_view head = TakeField(line);
    if (head.empty()) continue;
    auto parsed = ParsePhones(line, phones);
    if (!parsed) {
      return Prefixed("line " + std::to_string(number) + ": " + std::string(head), parsed.error());
    }
    entries.push_back({WordKey(WithoutVariantMark(head)), std::move(*parsed), number});
  }
  return entries;
}

}  // namespace euphone

#include "lexicon/phone_set.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace euphone {
namespace {

PhoneInfo ReadPhone(const nlohmann::json& entry) {
  PhoneInfo phone;
  phone.arpabet = entry.at("arpabet").get<std::string>();
  phone.ipa = entry.at("ipa").get<std::string>();
  phone.ipa_unstressed = entry.value("ipa_unstressed", phone.ipa);
  phone.vowel = entry.at("kind").get<std::string>() == "vowel";
  phone.voiced = phone.vowel;
  if (phone.vowel) {
    phone.height = entry.value("height", "");
    phone.backness = entry.value("backness", "");
    phone.rounded = entry.value("rounded", false);
    phone.tense = entry.value("tense", false);
    phone.rhotic = entry.value("rhotic", false);
    phone.glide = entry.value("glide", "");
  } else {
    phone.manner = entry.at("manner").get<std::string>();
    phone.place = entry.at("place").get<std::string>();
    phone.voiced = entry.at("voiced").get<bool>();
  }
  return phone;
}

std::string UpperCase(std::string_view symbol) {
  std::string upper(symbol);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

Error BadSymbol(std::string_view symbol, const std::string& reason) {
  return {Errc::kInvalidArgument, "'" + std::string(symbol) + "' " + reason};
}

}  // namespace

Result<PhoneSet> PhoneSet::Parse(std::string_view json) try {
  PhoneSet set;
  const auto document = nlohmann::json::parse(json);
  for (const auto& entry : document.at("phones")) {
    PhoneInfo phone = ReadPhone(entry);
    if (phone.arpabet.empty() || phone.ipa.empty())
      return Error{Errc::kCorrupt, "phone set: a phone has an empty symbol"};
    if (set.size() >= static_cast<std::size_t>(std::numeric_limits<PhoneId>::max()))
      return Error{Errc::kTooLarge, "phone set: too many phones"};
    const auto id = static_cast<PhoneId>(set.size());
    if (!set.by_name_.emplace(phone.arpabet, id).second)
      return Error{Errc::kCorrupt, "phone set: '" + phone.arpabet + "' is listed twice"};
    set.phones_.push_back(std::move(phone));
  }
  if (set.phones_.empty()) return Error{Errc::kCorrupt, "phone set: lists no phones"};
  return set;
} catch (const nlohmann::json::exception& e) {
  return Error{Errc::kCorrupt, std::string("phone set: ") + e.what()};
}

std::optional<PhoneId> PhoneSet::Find(std::string_view arpabet) const {
  const auto found = by_name_.find(std::string(arpabet));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

Result<Phone> PhoneSet::ParsePhone(std::string_view symbol) const {
  const bool digit = !symbol.empty() && symbol.back() >= '0' && symbol.back() <= '2';
  const auto id = Find(UpperCase(digit ? symbol.substr(0, symbol.size() - 1) : symbol));
  if (!id) {
    return BadSymbol(symbol,
                     "is not a phone of this language; write ARPAbet, as in HH AH0 L OW1, or IPA, "
                     "as in həˈloʊ");
  }
  if (!info(*id).vowel) {
    if (digit) return BadSymbol(symbol, "has a stress digit, but is a consonant; leave it out");
    return Phone{*id, Stress::kNone};
  }
  return Phone{*id, digit ? static_cast<Stress>(symbol.back() - '0') : Stress::kPrimary};
}

std::string PhoneSet::Arpabet(Phone phone) const {
  std::string symbol = info(phone.id).arpabet;
  if (phone.stress != Stress::kNone) symbol += std::to_string(static_cast<int>(phone.stress));
  return symbol;
}

std::string PhoneSet::Ipa(Phone phone) const {
  const PhoneInfo& known = info(phone.id);
  return phone.stress == Stress::kUnstressed ? known.ipa_unstressed : known.ipa;
}

}  // namespace euphone

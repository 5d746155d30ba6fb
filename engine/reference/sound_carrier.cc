#include "reference/sound_carrier.h"

#include <algorithm>
#include <string_view>

namespace euphone {

Result<SoundCarrier> CarrierOf(std::string_view symbol, const PhoneSet& phones) {
  const auto phone = phones.ParsePhone(symbol);
  if (!phone) return phone.error();
  const PhoneInfo& info = phones.info(phone->id);
  std::vector<std::string> symbols;
  if (info.vowel) {
    symbols = {"HH", phones.Arpabet(*phone), "D"};
  } else if (info.arpabet == "NG") {
    symbols = {"S", "IH1", "NG"};
  } else if (info.arpabet == "ZH") {
    symbols = {"AA1", "ZH", "AH0"};
  } else {
    symbols = {info.arpabet, "AA1"};
  }
  SoundCarrier carrier;
  for (const std::string& each : symbols) {
    const auto part = phones.ParsePhone(each);
    if (!part) return part.error();
    carrier.phones.push_back(*part);
    carrier.name += (carrier.name.empty() ? "" : "-") + phones.info(part->id).arpabet;
  }
  std::ranges::transform(carrier.name, carrier.name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return carrier;
}

}  // namespace euphone

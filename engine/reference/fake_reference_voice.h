#pragma once

#include <string>
#include <vector>

#include "reference/reference_voice.h"

namespace euphone {

/// Says each word of letters as a tenth of a second of its own constant: word i of a text is
/// (i + 1) / 10, with a tenth of silence before it. Slow is twice as long.
class FakeReferenceVoice : public ReferenceVoice {
 public:
  static constexpr SampleRate kRate{16000};

  Result<Reference> Say(std::string_view text, Pace pace) override {
    Reference reference{{}, kRate, {}};
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t end = at;
      while (end < text.size() && IsLetter(text[end])) ++end;
      if (end > at) AddWord(text.substr(at, end - at), {at, end}, pace, reference);
      at = end + 1;
    }
    said.emplace_back(text);
    return reference;
  }

  Result<Reference> SayPhones(std::string_view text, std::span<const Phone> phones,
                              Pace pace) override {
    Reference reference{{}, kRate, {}};
    AddWord(text, {0, text.size()}, pace, reference);
    said.push_back(std::string(text) + " in " + std::to_string(phones.size()) + " phones");
    return reference;
  }

  std::vector<std::string> said;

 private:
  static bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  static void AddWord(std::string_view word, TextSpan span, Pace pace, Reference& to) {
    const std::size_t length = pace == Pace::kSlow ? 3200 : 1600;
    const float value = 0.1f * static_cast<float>(to.words.size() + 1);
    to.samples.resize(to.samples.size() + length);
    const std::size_t begin = to.samples.size();
    to.samples.resize(begin + length, value);
    to.words.push_back({std::string(word), span, begin, begin + length});
  }
};

}  // namespace euphone

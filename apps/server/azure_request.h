#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::server {

/// What the header Pronunciation-Assessment of Azure's REST interface asks for; its defaults.
struct AzureRequest {
  std::string text = {};  ///< Empty: unscripted.
  bool hundred_marks = false;
  bool miscue = false;
  bool comprehensive = false;
  bool prosody = false;
  bool ipa = false;
  enum class Granularity { kPhoneme, kWord, kFullText } granularity = Granularity::kPhoneme;
  std::optional<int> nbest_phonemes = std::nullopt;  ///< Absent: all that are known.

  /// Base64 of a JSON object. Fails: kInvalidArgument.
  static Result<AzureRequest> Parse(std::string_view header);
};

/// WriteAzure()'s document as this request wants it: scores beside "Confidence", as the REST
/// interface has them, and also under "PronunciationAssessment", as the SDKs have them; the
/// dimensions, the scale and the parts that were asked for, no others.
std::string AzureAnswer(const std::string& document, const AzureRequest& request);

}  // namespace euphone::server

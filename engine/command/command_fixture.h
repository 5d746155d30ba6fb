#pragma once

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "align/alignment.h"
#include "align/scripted_speech.h"
#include "lexicon/lexicon.h"
#include "model/acoustic_model.h"

namespace euphone::testing {

/// Test data: the shipped English lexicon, without a model for unknown words.
std::shared_ptr<const Lexicon> ShippedLexicon();

/// Words for an aligner, in every pronunciation.
inline std::vector<AlignWord> TextOf(const std::string& text) {
  std::vector<AlignWord> words;
  std::istringstream split(text);
  for (std::string word; split >> word;) {
    const auto said =
        ShippedLexicon()->Lookup({.text = word, .span = {}, .inline_pronunciation = {}});
    AlignWord& align = words.emplace_back();
    for (const Pronunciation& pronunciation : *said) {
      std::vector<int>& ids = align.variants.emplace_back();
      for (const Phone& phone : pronunciation.phones) ids.push_back(phone.id);
    }
  }
  return words;
}

/// What a good model makes of somebody who says words of the dictionary, with pauses.
class ScriptedCaller {
 public:
  ScriptedCaller& Say(const std::string& words) {
    for (const AlignWord& word : TextOf(words)) speech_.Say(word.variants.front());
    return *this;
  }
  ScriptedCaller& Pause(double seconds) {
    speech_.Silence(static_cast<std::size_t>(seconds * 1000.0 / 12.0));
    return *this;
  }
  ScriptedCaller& Blur(double nats) {
    speech_.Blur(nats, 3);
    return *this;
  }

  std::size_t frames() const { return speech_.ctc.rows; }

  /// Frames [begin, end), as far as they are there.
  Posteriors Heard(std::size_t begin, std::size_t end) const {
    Posteriors part;
    AppendRows(speech_.ctc, begin, std::min(end, frames()), part.ctc);
    AppendRows(speech_.frames, begin, std::min(end, frames()), part.frames);
    return part;
  }

 private:
  ScriptedSpeech speech_;
};

}  // namespace euphone::testing

#include "retrieve/retrieve_fixture.h"

#include <memory>
#include <utility>

#include "coach/knowledge_fixture.h"

namespace euphone::fixture {

const Lexicon& ShippedLexicon() {
  static const Lexicon lexicon = [] {
    auto pack = LanguagePack::Open(EUPHONE_BINARY_DIR "/share/euphone/packs/en-us").value();
    return Lexicon::Create({.pack = std::make_shared<const LanguagePack>(std::move(pack)),
                            .user_words = {},
                            .grapheme_model = nullptr})
        .value();
  }();
  return lexicon;
}

const Knowledge& ShippedKnowledge() {
  static const Knowledge knowledge = EnglishKnowledge(ShippedLexicon().pack().phones);
  return knowledge;
}

}  // namespace euphone::fixture

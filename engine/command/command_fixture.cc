#include "command/command_fixture.h"

namespace euphone::testing {

std::shared_ptr<const Lexicon> ShippedLexicon() {
  static const std::shared_ptr<const Lexicon> lexicon = [] {
    auto pack = LanguagePack::Open(std::string(EUPHONE_BINARY_DIR) + "/share/euphone/packs/en-us");
    auto shared = std::make_shared<const LanguagePack>(*std::move(pack));
    return std::make_shared<const Lexicon>(
        *Lexicon::Create({.pack = shared, .user_words = {}, .grapheme_model = nullptr}));
  }();
  return lexicon;
}

}  // namespace euphone::testing

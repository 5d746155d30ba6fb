#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "coach/feedback.h"
#include "live_page_parts.h"
#include "live_plain.h"
#include "report/format.h"
#include "report/phrases.h"
#include "report/sound_guide.h"

namespace euphone::cli {
namespace {

/// "θ", or "TH" where there is no IPA.
std::string Symbol(const PageMaker& make, Phone phone) {
  const PhoneSet& phones = make.view.phones();
  return make.size.unicode ? phones.Ipa(phone) : phones.info(phone.id).arpabet;
}

/// "θ as in think".
std::string NamedSound(const PageMaker& make, Phone phone) {
  const SoundGuide guide = GuideTo(make.view.phones(), phone);
  const std::string symbol = Symbol(make, phone);
  if (guide.key_word.empty()) return symbol;
  return Fill(kEnglish.key_sound, fmt::arg("ipa", symbol), fmt::arg("key", guide.key_word));
}

std::string HeardThere(const PageMaker& make, const PhoneScore& phone) {
  if (CannotTell(phone)) return std::string(kEnglish.heard_unsure);
  const Substitute instead = HeardInstead(phone);
  if (instead.dropped) return std::string(kEnglish.heard_none);
  if (!instead.phone)
    return std::string(phone.band == Band::kClear ? kEnglish.clear : kEnglish.heard_unclear);
  const Stress stress =
      make.view.phones().info(*instead.phone).vowel ? Stress::kPrimary : Stress::kNone;
  return Fill(kEnglish.heard_as, fmt::arg("sound", NamedSound(make, {*instead.phone, stress})));
}

/// How the word was said, in words; empty before it was.
std::string Said(const ViewWord& word) {
  if (word.sign == WordSign::kNone) return {};
  return WordVerdict({.word = 0,
                      .state = word.partial ? WordState::kPartial : WordState::kSettled,
                      .provisional = word.provisional,
                      .span = {},
                      .accuracy = word.accuracy,
                      .band = word.band,
                      .error = word.error});
}

}  // namespace

PageRows WordRows(const PageMaker& make) {
  const auto inspected = make.view.inspected();
  const ViewItem& item = make.view.item();
  if (!inspected || *inspected >= item.words.size()) return {};
  const ViewWord& word = item.words[*inspected];
  if (word.sign == WordSign::kNone && !make.view.chosen()) return {};
  StyledText head = StyledText(" ").Add(make.Text(make.view.WrittenWord(*inspected)), Style::kBold);
  const std::string said = Said(word);
  head.Add("  ").Add(said.empty() ? "not said yet" : said, LookOf(word, make.signs).style);
  StyledText sounds("   ");
  for (const PhoneScore& phone : word.phones) {
    const Sign look = LookOf(phone.band, make.signs);
    std::string symbol = Symbol(make, phone.phone);
    if (make.view.verbose()) symbol += fmt::format(" {}", Decimal(phone.score, 0));
    sounds.Add(symbol, look.style, look.mark).Add("  ");
  }
  PageRows rows{make.Cut(head)};
  if (word.phones.empty()) return rows;
  PageRow line = make.Cut(sounds);
  PageRow marks = PageMaker::Marks(line);
  rows.push_back(std::move(line));
  rows.push_back(std::move(marks));
  return rows;
}

PageRows TipRows(const PageMaker& make) {
  PageRows rows;
  const std::size_t chosen = *make.view.chosen();
  if (chosen >= make.view.item().words.size()) return rows;
  const WordScore* judged = make.view.JudgedWord(chosen);
  const ViewWord& word = make.view.item().words[chosen];
  if (word.sign == WordSign::kNone) return rows;
  if (judged == nullptr) {
    make.Put("", StyledText("What was heard is shown when the sentence is finished.", Style::kDim),
             rows);
    return rows;
  }
  bool hinted = false;
  for (const PhoneScore& phone : judged->phones) {
    const bool work = ToWorkOn(*judged, phone);
    if (!work && !make.view.verbose()) continue;
    const std::string heard = NamedSound(make, phone.phone) + ": " + HeardThere(make, phone);
    make.Put(rows.empty() ? "Sounds" : "", make.Styled(heard, work ? Style::kBold : Style::kPlain),
             rows);
    if (work && !hinted) {
      make.Put("", make.Styled(GuideTo(make.view.phones(), phone.phone).hint), rows);
      hinted = true;
    }
  }
  if (rows.empty()) make.Put("", StyledText("Nothing to work on in this word."), rows);
  return rows;
}

}  // namespace euphone::cli

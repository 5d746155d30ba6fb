#include "reference/flite_voice.h"

#include <flite/flite.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "text/text_normalizer.h"

extern "C" {
cst_voice* register_cmu_us_slt(const char* folder);
cst_voice* register_cmu_us_rms(const char* folder);
}

namespace euphone {
namespace {

struct Entry {
  FliteVoiceInfo info;
  cst_voice* (*open)(const char*);
};
constexpr std::array kVoices{
    Entry{{"slt", "a woman, American English"}, &register_cmu_us_slt},
    Entry{{"rms", "a man, American English"}, &register_cmu_us_rms},
};
constexpr auto kInfos = [] {
  std::array<FliteVoiceInfo, kVoices.size()> infos{};
  std::ranges::transform(kVoices, infos.begin(), &Entry::info);
  return infos;
}();

constexpr float kSlowStretch = 1.6f;
constexpr std::size_t kMostWords = 2000;

// Said fully, these sound like reading a list; other function words keep the form that a learner
// finds in a dictionary.
constexpr std::array<std::string_view, 6> kWeak{"a", "an", "the", "and", "of", "to"};
/// Those whose second weak form stands before a vowel.
constexpr std::array<std::string_view, 2> kOtherBeforeVowels{"the", "to"};

std::mutex& FliteMutex() {
  static std::mutex mutex;
  return mutex;
}

struct DeleteUtterance {
  void operator()(cst_utterance* utterance) const { delete_utterance(utterance); }
};
using Utterance = std::unique_ptr<cst_utterance, DeleteUtterance>;

/// As flite's American phone set has it: "th", "ah1", and "ax" for an unstressed AH.
std::string FlitePhones(std::span<const Phone> phones, const PhoneSet& set) {
  std::string text;
  for (const Phone& phone : phones) {
    std::string name = set.info(phone.id).arpabet;
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name == "ah" && phone.stress == Stress::kUnstressed) name = "ax";
    if (!text.empty()) text += ' ';
    text += name;
    if (phone.stress != Stress::kNone) text += phone.stress == Stress::kUnstressed ? '0' : '1';
  }
  return text;
}

/// The sample at a flite time, which its voices round to their frames.
std::size_t SampleAt(float seconds, const Reference& reference, std::size_t first) {
  const auto at =
      static_cast<std::size_t>(std::max(0.0f, seconds) * static_cast<float>(reference.rate.hz));
  return std::min(first + at, reference.samples.size());
}

bool Contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool IsVowel(const Pronunciation& pronunciation, const PhoneSet& set) {
  return !pronunciation.phones.empty() && set.info(pronunciation.phones.front().id).vowel;
}

/// How the pack says a word of kWeak in the middle of a sentence, if it does.
std::optional<Pronunciation> WeakForm(std::string_view word, bool before_vowel,
                                      const LanguagePack& pack) {
  const auto forms = pack.weak_forms.Find(word);
  if (forms.empty()) return std::nullopt;
  const bool second = before_vowel && Contains(kOtherBeforeVowels, word) && forms.size() > 1;
  return forms[second ? 1 : 0];
}

}  // namespace

struct FliteVoice::Voice {
  cst_voice* voice;  ///< flite's own, for as long as the process lives.
};

/// A word as flite takes it.
struct FliteVoice::Token {
  ReferenceWord word;
  std::string phones;
  std::string punctuation;
};

std::span<const FliteVoiceInfo> FliteVoices() { return kInfos; }

FliteVoice::FliteVoice(std::shared_ptr<const Lexicon> lexicon, std::unique_ptr<Voice> voice)
    : lexicon_(std::move(lexicon)), voice_(std::move(voice)) {}
FliteVoice::~FliteVoice() = default;

Result<std::unique_ptr<FliteVoice>> FliteVoice::Create(std::shared_ptr<const Lexicon> lexicon,
                                                       std::string_view name) {
  if (!lexicon->pack().is_english()) {
    return Error{Errc::kUnsupported, "the reference voices speak English, not '" +
                                         lexicon->pack().language + "'; use recordings"};
  }
  const auto entry =
      name.empty() ? kVoices.begin()
                   : std::ranges::find(kVoices, name, [](const Entry& e) { return e.info.name; });
  if (entry == kVoices.end()) {
    std::string message = "there is no voice '" + std::string(name) + "'; there are:";
    for (const Entry& each : kVoices) message += " " + std::string(each.info.name);
    return Error{Errc::kNotFound, std::move(message)};
  }
  const std::scoped_lock lock(FliteMutex());
  static const int started = flite_init();
  cst_voice* voice = entry->open(nullptr);
  if (started < 0 || voice == nullptr)
    return Error{Errc::kInternal, "the reference voice cannot be opened"};
  return std::unique_ptr<FliteVoice>(
      new FliteVoice(std::move(lexicon), std::make_unique<Voice>(Voice{voice})));
}

Result<FliteVoice::Token> FliteVoice::TokenOf(const Script& script, const SentenceSpan& sentence,
                                              std::size_t index) const {
  const SpokenWord& word = script.words[index];
  const PhoneSet& set = lexicon_->pack().phones;
  auto variants = lexicon_->Lookup(word);
  if (!variants) return variants.error();
  const bool last = index + 1 == sentence.first_word + sentence.word_count;
  const Pronunciation* chosen = &variants->front();
  const bool connected = !last && !word.pause_expected_after;
  std::optional<Pronunciation> weak;
  if (connected && chosen->origin == Origin::kLexicon && Contains(kWeak, word.text)) {
    const auto next = lexicon_->Lookup(script.words[index + 1]);
    weak = WeakForm(word.text, next && IsVowel(next->front(), set), lexicon_->pack());
    if (weak) chosen = &*weak;
  }
  Token token;
  token.word.text = word.text;
  token.word.span = word.span;
  token.phones = FlitePhones(chosen->phones, set);
  // flite's voices have one melody for all sentences: a question mark changes nothing.
  if (!connected) token.punctuation = last ? "." : ",";
  return token;
}

Status FliteVoice::Speak(std::span<const Token> tokens, Pace pace, Reference& out) const {
  const std::scoped_lock lock(FliteMutex());
  std::srand(1);  // The breath in a voice is made of rand(): the same text, the same samples.
  const Utterance utterance(new_utterance());
  utt_init(utterance.get(), voice_->voice);
  const float stretch = get_param_float(voice_->voice->features, "duration_stretch", 1.0f);
  feat_set_float(utterance->features, "duration_stretch",
                 pace == Pace::kSlow ? stretch * kSlowStretch : stretch);
  cst_relation* relation = utt_relation_create(utterance.get(), "Token");
  for (const Token& token : tokens) {
    cst_item* item = relation_append(relation, nullptr);
    item_set_string(item, "name", token.word.text.c_str());
    item_set_string(item, "whitespace", " ");
    item_set_string(item, "prepunctuation", "");
    item_set_string(item, "punc", token.punctuation.c_str());
    item_set_string(item, "phones", token.phones.c_str());
  }
  if (utt_synth_tokens(utterance.get()) == nullptr || utt_wave(utterance.get()) == nullptr)
    return Error{Errc::kInternal, "the reference voice could not say this"};

  const cst_wave* wave = utt_wave(utterance.get());
  const SampleRate rate{wave->sample_rate};
  if (wave->num_channels != 1 || (out.rate.hz != 0 && out.rate != rate))
    return Error{Errc::kInternal, "the reference voice changed its rate"};
  out.rate = rate;
  const std::size_t first = out.samples.size();
  for (int i = 0; i < wave->num_samples; ++i)
    out.samples.push_back(static_cast<float>(wave->samples[i]) / 32768.0f);

  const cst_item* word = relation_head(utt_relation(utterance.get(), "Word"));
  for (const Token& token : tokens) {
    if (word == nullptr) return Error{Errc::kInternal, "the reference voice left out a word"};
    ReferenceWord said = token.word;
    constexpr const char* kBegin = "R:SylStructure.daughter1.daughter1.R:Segment.p.end";
    constexpr const char* kEnd = "R:SylStructure.daughtern.daughtern.R:Segment.end";
    said.begin = SampleAt(ffeature_float(word, kBegin), out, first);
    said.end = std::max(said.begin, SampleAt(ffeature_float(word, kEnd), out, first));
    out.words.push_back(std::move(said));
    word = item_next(word);
  }
  return {};
}

Result<Reference> FliteVoice::Say(std::string_view text, Pace pace) {
  auto script = NormalizeText(text, {});
  if (!script) return script.error();
  if (script->words.size() > kMostWords) {
    return Error{Errc::kTooLarge, "text: the reference voice reads up to " +
                                      std::to_string(kMostWords) + " words; give it in parts"};
  }
  Reference reference;
  for (const SentenceSpan& sentence : script->sentences) {
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < sentence.word_count; ++i) {
      auto token = TokenOf(*script, sentence, sentence.first_word + i);
      if (!token) return token.error();
      tokens.push_back(*std::move(token));
    }
    if (auto status = Speak(tokens, pace, reference); !status) return status.error();
  }
  return reference;
}

Result<Reference> FliteVoice::SayPhones(std::string_view text, std::span<const Phone> phones,
                                        Pace pace) {
  if (phones.empty()) return Error{Errc::kInvalidArgument, "there is no sound to say"};
  Token token;
  token.word.text = text;
  token.word.span = {0, text.size()};
  token.phones = FlitePhones(phones, lexicon_->pack().phones);
  token.punctuation = ".";
  Reference reference;
  if (auto status = Speak({&token, 1}, pace, reference); !status) return status.error();
  return reference;
}

}  // namespace euphone

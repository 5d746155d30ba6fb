#include "score/analysis_fixture.h"

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>

#include "base/file.h"

namespace euphone::fixture {
namespace {

constexpr std::int64_t kSamplesPerMs = 16;

SampleSpan Ms(std::int64_t begin, std::int64_t end) {
  return {begin * kSamplesPerMs, end * kSamplesPerMs};
}

Band BandOf(double score) {
  if (score >= 80) return Band::kClear;
  if (score >= 60) return Band::kSlightlyAccented;
  return score >= 30 ? Band::kHardToUnderstand : Band::kNotAsWritten;
}

/// A sound of a word: 100 ms long unless told.
struct Sound {
  std::string_view symbol;
  double score = 0.0;
  std::vector<std::pair<std::string_view, double>> heard = {};
  double nothing = 0.02;
  std::int64_t ms = 100;
};

class WordMaker {
 public:
  WordMaker(const PhoneSet& phones, Analysis& analysis) : phones_(phones), analysis_(analysis) {}

  WordScore& Say(std::int64_t begin_ms, std::optional<std::size_t> script_word, double accuracy,
                 std::initializer_list<Sound> sounds) {
    WordScore word;
    word.script_word = script_word;
    if (script_word) word.text = analysis_.script.words[*script_word].text;
    word.accuracy = accuracy;
    word.band = BandOf(accuracy);
    if (accuracy < 60) word.error = WordError::kMispronounced;
    std::int64_t at = begin_ms;
    for (const Sound& sound : sounds) {
      word.phones.push_back(Make(sound, at));
      at += sound.ms;
    }
    word.span = Ms(begin_ms, at);
    analysis_.words.push_back(std::move(word));
    return analysis_.words.back();
  }

  WordScore& Extra(std::int64_t begin_ms, WordError error, std::optional<std::size_t> script_word,
                   std::string text, std::initializer_list<Sound> sounds) {
    WordScore& word = Say(begin_ms, script_word, 100.0, sounds);
    word.text = std::move(text);
    word.accuracy.reset();
    word.error = error;
    word.band = Band::kNotSure;
    return word;
  }

  void LeaveOut(std::int64_t at_ms, std::size_t script_word) {
    WordScore& word = Say(at_ms, script_word, 0.0, {});
    word.error = WordError::kOmitted;
  }

 private:
  PhoneScore Make(const Sound& sound, std::int64_t at) const {
    PhoneScore phone;
    phone.phone = phones_.ParsePhone(sound.symbol).value();
    phone.span = Ms(at, at + sound.ms);
    phone.score = sound.score;
    phone.band = BandOf(sound.score);
    phone.heard.nothing = sound.nothing;
    for (const auto& [symbol, share] : sound.heard) {
      phone.heard.phones.push_back({*phones_.Find(symbol), share});
    }
    if (sound.heard.empty()) phone.heard.phones.push_back({phone.phone.id, sound.score / 100.0});
    phone.evidence = {-0.25, 2.5, -0.5, 1.75, sound.score / 100.0, -2.3};
    return phone;
  }

  const PhoneSet& phones_;
  Analysis& analysis_;
};

/// Words from pairs (written, spoken): each found in the original after the one before.
Script MakeScript(std::string original,
                  const std::vector<std::pair<std::string_view, std::string_view>>& words) {
  Script script;
  script.original = std::move(original);
  std::size_t from = 0;
  for (const auto& [written, spoken] : words) {
    SpokenWord word;
    word.text = spoken;
    word.span.begin = script.original.find(written, from);
    word.span.end = word.span.begin + written.size();
    const char next = word.span.end < script.original.size() ? script.original[word.span.end] : 0;
    word.pause_expected_after = next == ',' || next == '.' || next == '!';
    from = word.span.end;
    script.words.push_back(std::move(word));
  }
  return script;
}

Analysis Recorded(std::string id, std::int64_t ms) {
  Analysis analysis;
  analysis.id = std::move(id);
  analysis.model = "listener 1.0";
  analysis.samples = ms * kSamplesPerMs;
  analysis.source = {.container = "wav",
                     .encoding = "pcm16",
                     .rate = SampleRate{44100},
                     .channels = 2,
                     .seconds = static_cast<double>(ms) / 1000.0};
  analysis.quality = {.seconds = static_cast<double>(ms) / 1000.0,
                      .peak_dbfs = -6.02,
                      .speech_dbfs = -21.4,
                      .noise_dbfs = -58.3,
                      .snr_db = 36.9,
                      .clipped_percent = 0.0,
                      .dc_offset = 0.0001,
                      .bandwidth_hz = 7800.0,
                      .speech_seconds = 1.2,
                      .findings = {}};
  analysis.verdict = Verdict::kScored;
  analysis.confidence = 0.98;
  return analysis;
}

Script Thanks() {
  Script script =
      MakeScript("Thank you, Zoë! 😀", {{"Thank", "thank"}, {"you", "you"}, {"Zoë", "zoe"}});
  script.sentences = {{.span = {0, 16}, .first_word = 0, .word_count = 3}};
  script.notes = {{.span = {17, 21}, .message = "emoji left out"}};
  return script;
}

SyllableScore SyllableAt(const WordScore& word, std::size_t first, std::size_t count,
                         std::size_t nucleus, Stress stress, std::optional<Stress> heard) {
  double sum = 0.0;
  for (std::size_t i = first; i < first + count; ++i) sum += word.phones[i].score;
  return {.syllable = {.first = first, .count = count, .nucleus = nucleus, .stress = stress},
          .span = {word.phones[first].span.begin, word.phones[first + count - 1].span.end},
          .score = sum / static_cast<double>(count),
          .prominence = {0.405, 1.5, -0.75},
          .stress_heard = heard};
}

/// What a scorer with a rule would claim: clear sounds are right, wrong ones what was heard most,
/// and of all else nothing.
void ClaimWhatIsEvident(Analysis& analysis) {
  for (WordScore& word : analysis.words) {
    if (!word.accuracy || word.phones.empty()) continue;
    for (PhoneScore& phone : word.phones) {
      Diagnosis& diagnosis = phone.diagnosis.emplace();
      if (word.band == Band::kNotSure || word.origin == Origin::kG2p) continue;
      if (phone.band == Band::kClear) {
        diagnosis = {Claim::kRight, std::nullopt, 0.98};
      } else if (phone.score < 36.0) {
        const HeardPhone& best = phone.heard.phones.front();
        diagnosis = {Claim::kDistorted, std::nullopt, 0.96};
        if (best.phone != phone.phone.id) diagnosis = {Claim::kSubstituted, best.phone, 0.96};
        if (phone.heard.nothing > 0.5) diagnosis = {Claim::kDropped, std::nullopt, 0.96};
      }
    }
    if (word.band == Band::kNotSure || word.origin == Origin::kG2p) {
      word.certainty = Certainty::kNotSure;
    } else {
      word.certainty = word.band == Band::kClear ? Certainty::kRight
                       : word.accuracy < 50.0    ? Certainty::kWrong
                                                 : Certainty::kNotSure;
    }
  }
}

}  // namespace

PhoneSet EnglishPhones() {
  const Result<std::string> json =
      ReadFile(std::filesystem::path(EUPHONE_SOURCE_DIR) / "contract/phones.en-us.json", 1 << 20);
  return PhoneSet::Parse(json.value()).value();
}

Analysis Example(const PhoneSet& phones) {
  Analysis analysis = Recorded("thanks", 2500);
  analysis.script = Thanks();
  WordMaker maker(phones, analysis);
  WordScore& thank = maker.Say(400, 0, 52.3,
                               {{"TH", 12.4, {{"S", 0.81}, {"TH", 0.09}}},
                                {"AE1", 88.0},
                                {"NG", 91.0},
                                {"K", 66.0, {{"G", 0.5}, {"K", 0.4}}, 0.1, 150}});
  thank.error = WordError::kMispronounced;
  thank.syllables.push_back(SyllableAt(thank, 0, 4, 1, Stress::kPrimary, std::nullopt));
  maker.Extra(1450, WordError::kInserted, std::nullopt, "/AH M/", {{"AH1", 70.0}, {"M", 80.0}});
  WordScore& you = maker.Say(1700, 1, 95.1, {{"Y", 97.0}, {"UW1", 94.0, {}, 0.0, 250}});
  you.syllables.push_back(SyllableAt(you, 0, 2, 1, Stress::kPrimary, std::nullopt));
  maker.LeaveOut(2050, 2);
  analysis.content = {ContentKind::kWhole, 0, 1};
  analysis.pauses = {{.span = Ms(850, 1450), .after_word = 0, .expected = false}};
  analysis.scores = {.accuracy = 49.1,
                     .fluency = 61.0,
                     .completeness = 66.7,
                     .prosody = std::nullopt,
                     .total = 54.4};
  analysis.sentences = {{.sentence = 0, .span = Ms(400, 2050), .scores = analysis.scores}};
  analysis.tempo = {.speech_rate = 1.2121,
                    .articulation_rate = 2.5,
                    .words_per_minute = 72.7,
                    .pause_ratio = 0.3636,
                    .mean_run = 1.0,
                    .disfluencies = 0.5};
  analysis.prosody = {.voice = {.hop = 250 * kSamplesPerMs,
                                .pitch_hz = {0, 0, 110.0F, 123.46F, 0, 0, 100.0F, 98.04F, 0, 0},
                                .level_db = {-60.0F, -31.5F, -21.04F, -20.0F, -58.0F, -59.0F,
                                             -24.0F, -22.0F, -57.0F, -61.0F}},
                      .middle_hz = 110.0,
                      .sentences = {{.sentence = 0,
                                     .range_semitones = 3.987,
                                     .monotone = std::nullopt,
                                     .ends = {{.word = 0,
                                               .nucleus_word = 0,
                                               .nucleus_syllable = 0,
                                               .semitones = 3.54,
                                               .heard = Movement::kRise,
                                               .asked = AskedMovement::kAny,
                                               .agrees = std::nullopt}}}},
                      .rhythm = std::nullopt,
                      .breaks = {{BreakKind::kUnexpected, 0, 600 * kSamplesPerMs}}};
  return analysis;
}

Analysis Perfect(const PhoneSet& phones) {
  Analysis analysis = Recorded("tea", 2000);
  analysis.script = MakeScript("I love green tea.",
                               {{"I", "i"}, {"love", "love"}, {"green", "green"}, {"tea", "tea"}});
  analysis.script.sentences = {{.span = {0, 17}, .first_word = 0, .word_count = 4}};
  WordMaker maker(phones, analysis);
  maker.Say(200, 0, 99.0, {{"AY1", 99.0, {}, 0.0, 200}});
  maker.Say(400, 1, 96.0, {{"L", 95.0}, {"AH1", 97.0}, {"V", 96.0}});
  maker.Say(700, 2, 98.0, {{"G", 98.0}, {"R", 97.0}, {"IY1", 99.0}, {"N", 98.0}});
  maker.Say(1100, 3, 97.5, {{"T", 96.0}, {"IY1", 99.0, {}, 0.0, 250}});
  analysis.content = {ContentKind::kWhole, 0, 3};
  analysis.scores = {
      .accuracy = 97.4, .fluency = 95.0, .completeness = 100.0, .prosody = 93.0, .total = 96.6};
  analysis.sentences = {{.sentence = 0, .span = Ms(200, 1450), .scores = analysis.scores}};
  analysis.tempo = {3.2, 3.2, 192.0, 0.0, 4.0, 0.0};
  return analysis;
}

Analysis WrongText(const PhoneSet& phones) {
  Analysis analysis = Example(phones);
  analysis.verdict = Verdict::kWrongText;
  analysis.confidence = 0.04;
  analysis.content = Content{};
  analysis.words.clear();
  analysis.sentences.clear();
  analysis.pauses.clear();
  analysis.scores = {};
  analysis.tempo = {};
  analysis.prosody = {};
  return analysis;
}

Analysis Withheld(const PhoneSet& phones) {
  Analysis analysis = WrongText(phones);
  analysis.verdict = Verdict::kWithheld;
  analysis.confidence = 0.0;
  analysis.content.reset();
  analysis.quality.findings = {{FindingKind::kSilent, Severity::kSevere, -91.0, "dBFS",
                                "I hear nothing in this recording.",
                                "Is the microphone on, and is it the right one?"}};
  return analysis;
}

Analysis AllOmitted(const PhoneSet& phones) {
  Analysis analysis = WrongText(phones);
  analysis.verdict = Verdict::kScored;
  WordMaker maker(phones, analysis);
  for (std::size_t w = 0; w < analysis.script.words.size(); ++w) maker.LeaveOut(0, w);
  analysis.scores.accuracy = 0.0;
  analysis.scores.completeness = 0.0;
  return analysis;
}

Analysis Recognised(const PhoneSet& phones) {
  Analysis analysis = Perfect(phones);
  analysis.text_source = TextSource::kRecognised;
  analysis.text_probability = 0.874;
  analysis.scores.completeness.reset();
  return analysis;
}

Analysis Unrecognised() {
  Analysis analysis = Recorded("mumble", 2000);
  analysis.text_source = TextSource::kRecognised;
  analysis.verdict = Verdict::kWithheld;
  return analysis;
}

Analysis Empty() {
  Analysis analysis;
  analysis.id = "empty";
  return analysis;
}

Analysis Story(const PhoneSet& phones) {
  Analysis analysis = Recorded("story", 9000);
  analysis.script = MakeScript(
      "This is the third “comma,\nquote” photograph. {Xylo|Z AY1 L OW0} sings; he lives here!",
      {{"This", "this"},
       {"is", "is"},
       {"the", "the"},
       {"third", "third"},
       {"comma", "comma"},
       {"quote", "quote"},
       {"photograph", "photograph"},
       {"{Xylo|Z AY1 L OW0}", "xylo"},
       {"sings", "sings"},
       {"he", "he"},
       {"lives", "lives"},
       {"here", "here"}});
  const std::size_t half = analysis.script.original.find(" {");
  analysis.script.words[7].inline_pronunciation = "Z AY1 L OW0";
  analysis.script.sentences = {
      {.span = {0, half}, .first_word = 0, .word_count = 7},
      {.span = {half + 1, analysis.script.original.size()}, .first_word = 7, .word_count = 5}};
  WordMaker maker(phones, analysis);
  maker.Say(300, 0, 71.0, {{"DH", 41.0, {{"D", 0.7}, {"DH", 0.2}}}, {"IH1", 90.0}, {"S", 88.0}});
  maker.Say(600, 1, 90.0, {{"IH1", 90.0}, {"Z", 85.0}});
  maker.Extra(800, WordError::kRepeated, 2, "the", {{"DH", 60.0}, {"AH0", 60.0}});
  maker.Say(1000, 2, 62.0, {{"DH", 35.0, {{"D", 0.8}}}, {"AH0", 90.0}});
  maker.Say(1200, 3, 44.0, {{"TH", 22.0, {{"T", 0.9}}}, {"ER1", 72.0}, {"D", 38.0, {}, 0.8}});
  maker.Say(1500, 4, 88.0, {{"K", 90.0}, {"AA1", 84.0}, {"M", 92.0}, {"AH0", 86.0}}).error =
      WordError::kMissingPause;
  maker.Say(1900, 5, 55.0, {{"K", 90.0}, {"W", 91.0}, {"OW1", 33.0, {{"AO", 0.6}}}, {"T", 80.0}});
  WordScore& photograph = maker.Say(2300, 6, 66.0,
                                    {{"F", 90.0},
                                     {"OW1", 70.0},
                                     {"T", 80.0},
                                     {"AH0", 61.0},
                                     {"G", 90.0},
                                     {"R", 89.0},
                                     {"AE2", 62.0},
                                     {"F", 91.0}});
  photograph.syllables = {SyllableAt(photograph, 0, 2, 1, Stress::kPrimary, Stress::kUnstressed),
                          SyllableAt(photograph, 2, 2, 3, Stress::kUnstressed, Stress::kPrimary),
                          SyllableAt(photograph, 4, 4, 6, Stress::kSecondary, std::nullopt)};
  maker.Say(4000, 7, 92.0, {{"Z", 93.0}, {"AY1", 94.0}, {"L", 91.0}, {"OW0", 90.0}}).origin =
      Origin::kInline;
  maker.Say(4400, 8, 86.0, {{"S", 93.0}, {"IH1", 84.0}, {"NG", 85.0}, {"Z", 82.0}}).origin =
      Origin::kG2p;
  maker.Say(4900, 9, 90.0, {{"HH", 93.0}, {"IY1", 84.0}});
  maker.Say(5300, 10, 50.0, {{"L", 93.0}, {"IH1", 20.0, {{"IY", 0.9}}}, {"V", 85.0}, {"Z", 82.0}})
      .band = Band::kNotSure;
  analysis.content = {ContentKind::kWhole, 0, 11};
  maker.Say(5700, 11, 18.0, {{"HH", 15.0, {}, 0.9}, {"IH1", 28.0, {{"IY", 0.9}}}, {"R", 25.0}});
  analysis.pauses = {{.span = Ms(0, 300), .after_word = std::nullopt, .expected = true},
                     {.span = Ms(3100, 4000), .after_word = 7, .expected = true},
                     {.span = Ms(5100, 5300), .after_word = 10, .expected = false}};
  analysis.scores = {
      .accuracy = 64.2, .fluency = 58.0, .completeness = 100.0, .prosody = 51.0, .total = 61.8};
  analysis.sentences = {{.sentence = 0, .span = Ms(300, 3100), .scores = analysis.scores},
                        {.sentence = 1, .span = Ms(4000, 6000), .scores = {}}};
  analysis.sentences[1].scores.accuracy = 67.5;
  analysis.tempo = {2.9, 3.7, 126.3, 0.19, 6.3, 0.08};
  analysis.prosody.middle_hz = 204.2;
  analysis.prosody.sentences = {
      {.sentence = 0,
       .range_semitones = 3.1,
       .monotone = true,
       .ends = {{7, 7, 0, 4.25, Movement::kRise, AskedMovement::kFall, false}}},
      {.sentence = 1, .range_semitones = 8.0, .monotone = std::nullopt, .ends = {}}};
  analysis.prosody.rhythm = Rhythm{.npvi_vowels = 58.24,
                                   .rpvi_consonants_ms = 61.0,
                                   .vowel_percent = 39.9,
                                   .delta_consonants_ms = 55.5,
                                   .varco_vowels = 60.1};
  analysis.prosody.breaks = {{BreakKind::kMissing, 5, 0},
                             {BreakKind::kUnexpected, 10, 200 * kSamplesPerMs}};
  analysis.quality.findings = {
      {FindingKind::kNoisy, Severity::kWarning, 14.2, "dB", "It is noisy where you are.",
       "Close the window, or move closer to the microphone."},
      {FindingKind::kBandLimited, Severity::kNote, 3900.0, "Hz", "High sounds are missing.",
       "A telephone headset does that; the built-in microphone may be better."}};
  ClaimWhatIsEvident(analysis);
  return analysis;
}

}  // namespace euphone::fixture

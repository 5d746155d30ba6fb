#include "live/scripted_reader_for_test.h"

#include <sstream>

namespace euphone::testing {
namespace {

constexpr std::size_t kPhoneFrames = 7;
constexpr double kFramesPerSecond = 16000.0 / 192.0;

}  // namespace

ScriptedReader::ScriptedReader() {
  auto pack = LanguagePack::Open(std::string(EUPHONE_BINARY_DIR) + "/share/euphone/packs/en-us");
  auto shared = std::make_shared<const LanguagePack>(*std::move(pack));
  lexicon_ = std::make_shared<const Lexicon>(
      *Lexicon::Create({.pack = shared, .user_words = {}, .grapheme_model = nullptr}));
}

ScriptedReader& ScriptedReader::Say(const std::string& words) {
  std::istringstream split(words);
  for (std::string word; split >> word;) {
    const auto variants = lexicon_->Lookup({.text = word, .span = {}, .inline_pronunciation = {}});
    for (const Phone& phone : variants->front().phones)
      segments_.push_back({static_cast<std::size_t>(phone.id) + 1, kPhoneFrames});
  }
  return *this;
}

ScriptedReader& ScriptedReader::Pause(double seconds) {
  segments_.push_back({0, static_cast<std::size_t>(seconds * kFramesPerSecond)});
  return *this;
}

ScriptedReader& ScriptedReader::Mumble(const std::vector<std::string>& phones) {
  for (const std::string& phone : phones) {
    const auto id = this->phones().Find(phone);
    segments_.push_back({static_cast<std::size_t>(*id) + 1, kPhoneFrames});
  }
  return *this;
}

LiveParts ScriptedReader::Parts() const {
  AcousticSpec spec;
  spec.name = "scripted";
  spec.version = "1.0.0";
  spec.grid = {.rate = {16000}, .hop = 192, .first_centre = 96};
  spec.classes = {"<blank>"};
  for (std::size_t id = 0; id < phones().size(); ++id)
    spec.classes.push_back(phones().info(static_cast<PhoneId>(id)).arpabet);
  Posteriors script = ScriptedPosteriors(spec.classes.size(), segments_);
  return {.model = std::make_shared<ScriptedStreamingModel>(spec, std::move(script)),
          .lexicon = lexicon_,
          .scorer = std::make_shared<GenerousScorer>(),
          .calibration = *Calibration::Parse(EnglishCalibration(phones()), phones())};
}

std::vector<float> ScriptedReader::Samples() const {
  std::size_t frames = 0;
  for (const ScriptedSegment& segment : segments_) frames += segment.frames;
  std::vector<float> samples(frames * 192 + 2304);
  std::uint32_t random = 7;
  for (float& sample : samples) {
    random = random * 1664525U + 1013904223U;
    sample = static_cast<float>(random >> 8) / 16777216.0F * 0.2F - 0.1F;
  }
  return samples;
}

}  // namespace euphone::testing

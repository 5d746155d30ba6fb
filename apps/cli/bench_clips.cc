#include "bench_clips.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "audio/resampler.h"
#include "reference/flite_voice.h"

namespace euphone::cli {
namespace {

/// After Weinberger's Speech Accent Archive, which chose it because it holds nearly all sounds.
constexpr const char* kOwnText =
    "Please call Stella. Ask her to bring these things with her from the store.";

/// Where a word of the text has been said for good.
struct WordEnd {
  std::size_t sample = 0;    ///< In the speech.
  std::size_t text_end = 0;  ///< Byte of the text after it.
};

std::vector<WordEnd> WordEndsIn(const Analysis& analysis) {
  std::vector<WordEnd> ends;
  for (const WordScore& word : analysis.words) {
    if (!word.script_word || word.span.end <= word.span.begin) continue;
    ends.push_back({static_cast<std::size_t>(word.span.end),
                    analysis.script.words[*word.script_word].span.end});
  }
  return ends;
}

void Put16(std::string& bytes, unsigned value) {
  bytes += static_cast<char>(value & 0xff);
  bytes += static_cast<char>(value >> 8 & 0xff);
}

void Put32(std::string& bytes, std::size_t value) {
  Put16(bytes, static_cast<unsigned>(value & 0xffff));
  Put16(bytes, static_cast<unsigned>(value >> 16 & 0xffff));
}

}  // namespace

Result<BenchSpeech> ReadBenchSpeech(const std::string& recording, const std::string& text,
                                    const Engine& engine) {
  if (!recording.empty()) {
    auto read = ReadRecording(std::filesystem::path(recording));
    if (!read) return read.error();
    const std::string name = std::filesystem::path(recording).filename().string();
    return BenchSpeech{std::move(read->samples), text, name};
  }
  auto voice = FliteVoice::Create(engine.lexicon);
  if (!voice) return voice.error();
  const auto said = (*voice)->Say(kOwnText, Pace::kNormal);
  if (!said) return said.error();
  auto samples = Resampled(said->samples, said->rate, kRecordingRate);
  if (!samples) return samples.error();
  return BenchSpeech{*std::move(samples), kOwnText, "a text that this program's own voice says"};
}

Result<std::vector<BenchClip>> CutBenchClips(const BenchSpeech& speech, const Engine& engine,
                                             const std::vector<double>& seconds) {
  const Recording whole{.samples = speech.samples, .source = {}};
  const auto analysis = engine.analyzer.Analyze(whole, speech.text, "");
  if (!analysis) return analysis.error();
  if (analysis->verdict != Verdict::kScored) {
    return Error{Errc::kInvalidArgument, speech.name +
                                             ": is not scored, so that nothing can be timed; "
                                             "choose another recording, or its own text"};
  }
  const std::vector<WordEnd> ends = WordEndsIn(*analysis);
  const std::size_t length = speech.samples.size();
  std::vector<BenchClip> clips;
  for (const double wanted : seconds) {
    BenchClip clip{.seconds = wanted, .samples = {}, .text = {}};
    clip.samples.resize(static_cast<std::size_t>(std::lround(wanted * kRecordingRate.hz)));
    for (std::size_t i = 0; i < clip.samples.size(); ++i)
      clip.samples[i] = speech.samples[i % length];
    for (std::size_t begin = 0; begin < clip.samples.size(); begin += length) {
      std::size_t text_end = 0;
      for (const WordEnd& end : ends)
        if (begin + end.sample <= clip.samples.size()) text_end = std::max(text_end, end.text_end);
      if (text_end == 0) continue;
      const bool complete = begin + length <= clip.samples.size();
      if (!clip.text.empty()) clip.text += ' ';
      clip.text += complete ? speech.text : speech.text.substr(0, text_end);
    }
    if (!clip.text.empty()) clips.push_back(std::move(clip));
  }
  return clips;
}

Result<std::string> BenchFile(const BenchClip& clip) {
  const auto samples = Resampled(clip.samples, kRecordingRate, {kBenchFileRate});
  if (!samples) return samples.error();
  const std::size_t bytes = 2 * samples->size();
  std::string file = "RIFF";
  Put32(file, 36 + bytes);
  file += "WAVEfmt ";
  Put32(file, 16);
  Put16(file, 1);  // PCM
  Put16(file, 1);
  Put32(file, kBenchFileRate);
  Put32(file, 2 * kBenchFileRate);
  Put16(file, 2);
  Put16(file, 16);
  file += "data";
  Put32(file, bytes);
  for (const float sample : *samples) {
    const double value = std::clamp(32767.0 * static_cast<double>(sample), -32768.0, 32767.0);
    Put16(file, static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lround(value))));
  }
  return file;
}

}  // namespace euphone::cli

#include "chat_voice.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/resampler.h"
#include "devices/microphone.h"
#include "play_run.h"
#include "record_run.h"
#include "reference/flite_voice.h"
#include "retrieve/question_words.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr double kLongestTurn = 60.0;  // Seconds.

}  // namespace

Result<ChatVoice> ChatVoice::Open(const ChatVoiceOptions& options,
                                  const InstallationOptions& installation) {
  auto recogniser = OpenInstalledRecogniser(installation);
  if (!recogniser) return recogniser.error();
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  auto voice = FliteVoice::Create(*lexicon, options.voice);
  if (!voice) return voice.error();
  return ChatVoice(options.device, *std::move(recogniser), *std::move(voice));
}

Result<ChatVoice::Heard> ChatVoice::Listen(std::string& text) {
  text.clear();
  auto microphone = OpenMicrophone(device_);
  if (!microphone) return microphone.error();
  auto resampler = Resampler::Create((*microphone)->rate(), recogniser_->spec().rate);
  if (!resampler) return resampler.error();
  std::vector<float> samples;
  const auto recorded =
      Record(**microphone, [&](PcmView piece) { return resampler->Push(piece, samples); },
             {.seconds = kLongestTurn, .until_silence = true});
  if (!recorded) return recorded.error();
  if (recorded->end == RecordingEnd::kInterrupted) return Heard::kInterrupted;
  if (recorded->end == RecordingEnd::kLost)
    return Error{Errc::kIo, "the microphone went away; see `euphone devices`"};
  if (recorded->end == RecordingEnd::kUnwritable)
    return Error{Errc::kInternal, recorded->complaint};
  if (auto status = resampler->Finish(samples); !status) return status.error();
  if (recorded->quality.withheld()) return Heard::kNothing;
  auto transcript = recogniser_->Transcribe(samples);
  if (!transcript) return transcript.error();
  text = std::move(transcript->text);
  return WordsOfQuestion(text).empty() ? Heard::kNothing : Heard::kWords;
}

Status ChatVoice::Speak(const std::string& text) {
  const auto said = voice_->Say(text, Pace::kNormal);
  if (!said) return said.error();
  if (PlayToEnd("", said->samples, said->rate) == ExitCode::kBadInput)
    return Error{Errc::kIo, "the answer cannot be played"};
  return {};
}

bool ChatVoice::IsFarewell(const std::string& text) {
  constexpr auto kFarewells =
      std::to_array<std::string_view>({"bye", "goodbye", "good bye", "stop", "the end"});
  std::string words;
  for (const QuestionWord& word : WordsOfQuestion(text))
    words += (words.empty() ? "" : " ") + word.text;
  return std::ranges::count(kFarewells, words) > 0;
}

}  // namespace euphone::cli

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audio/audio_writer.h"
#include "choices.h"
#include "commands.h"
#include "lessons.h"
#include "play_run.h"
#include "reference/flite_voice.h"
#include "reference/lesson_reference.h"
#include "reference/sound_carrier.h"

namespace euphone::cli {
namespace {

constexpr Millis kBetween{800};  ///< Silence between the sentences of a lesson.

struct SayOptions {
  std::string text;  ///< With a lesson: an id.
  std::string lesson, word, sound, voice, out, device;
  bool slow = false;
  bool voices = false;
  bool force = false;
  bool json = false;

  Pace pace() const { return slow ? Pace::kSlow : Pace::kNormal; }
};

/// What does not go together; empty where all does.
std::string Contradiction(const SayOptions& options) {
  if (options.voices) return "";
  const bool nothing = options.text.empty() && options.lesson.empty() && options.word.empty() &&
                       options.sound.empty();
  if (nothing) return "say what? Give a text, --lesson, --word or --sound";
  if (!options.sound.empty() && !(options.text + options.lesson + options.word).empty())
    return "--sound is said alone; leave the text, --lesson and --word out";
  if (!options.word.empty() && !options.lesson.empty() && options.text.empty())
    return "--word needs the id of a sentence of the lesson";
  return "";
}

ExitCode ListVoices(bool json) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  std::string table;
  for (const FliteVoiceInfo& voice : FliteVoices()) {
    list.push_back({{"name", voice.name}, {"description", voice.description}});
    table += fmt::format("{:<6} {}{}\n", voice.name, voice.description,
                         list.size() == 1 ? " (default)" : "");
  }
  return Show(json ? list.dump(2) + "\n" : table);
}

void Append(const Reference& more, Reference& all) {
  if (!all.samples.empty())
    all.samples.resize(all.samples.size() +
                       static_cast<std::size_t>(SamplesIn(kBetween, all.rate)));
  const std::size_t first = all.samples.size();
  all.rate = more.rate;
  all.samples.insert(all.samples.end(), more.samples.begin(), more.samples.end());
  for (ReferenceWord word : more.words) {
    word.begin += first;
    word.end += first;
    all.words.push_back(std::move(word));
  }
}

/// One sentence of a lesson, a word of it, or all sentences.
Result<Reference> FromLesson(const SayOptions& options, const InstallationOptions& installation,
                             const Lexicon& lexicon, ReferenceVoice& voice) {
  const auto pack = OpenLesson(installation, options.lesson);
  if (!pack) return pack.error();
  if (!options.text.empty()) {
    const LessonItem* item = pack->Find(options.text);
    if (item == nullptr) {
      return Error{Errc::kNotFound, pack->name + ": there is no sentence '" +
                                        Shortened(options.text) + "'; the first one is '" +
                                        pack->items.front().id + "'"};
    }
    return options.word.empty()
               ? ReferenceOf(*item, voice, options.pace())
               : ReferenceOfWord(options.word, item->text, lexicon, voice, options.pace());
  }
  Reference all;
  for (const LessonItem& item : pack->items) {
    const auto one = ReferenceOf(item, voice, options.pace());
    if (!one) return Prefixed(item.id, one.error());
    if (all.rate.hz != 0 && all.rate != one->rate) {
      return Error{Errc::kUnsupported, pack->name +
                                           ": its recordings differ in their rates; say "
                                           "its sentences one by one"};
    }
    Append(*one, all);
  }
  return all;
}

Result<Reference> Make(const SayOptions& options, const InstallationOptions& installation) {
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  auto voice = FliteVoice::Create(*lexicon, options.voice);
  if (!voice) return voice.error();
  if (!options.lesson.empty()) return FromLesson(options, installation, **lexicon, **voice);
  if (!options.sound.empty()) {
    const auto carrier = CarrierOf(options.sound, (*lexicon)->pack().phones);
    if (!carrier) return carrier.error();
    return (*voice)->SayPhones(carrier->name, carrier->phones, options.pace());
  }
  if (!options.word.empty())
    return ReferenceOfWord(options.word, options.text, **lexicon, **voice, options.pace());
  return (*voice)->Say(options.text, options.pace());
}

nlohmann::ordered_json AsJson(const Reference& reference) {
  nlohmann::ordered_json words = nlohmann::ordered_json::array();
  for (const ReferenceWord& word : reference.words) {
    words.push_back({{"text", word.text}, {"start_sample", word.begin}, {"end_sample", word.end}});
  }
  return {{"rate_hz", reference.rate.hz},
          {"samples", reference.samples.size()},
          {"words", std::move(words)}};
}

ExitCode Say(const SayOptions& options, const InstallationOptions& installation) {
  if (options.voices) return ListVoices(options.json);
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  std::error_code ignored;
  if (!options.out.empty() && !options.force && std::filesystem::exists(options.out, ignored)) {
    ReportLine(Shortened(options.out) +
               ": it is there already; give another name, or --force to replace it");
    return ExitCode::kBadInput;
  }
  const auto reference = Make(options, installation);
  if (!reference) return Report(reference.error());
  if (!options.out.empty()) {
    if (auto status = WriteAudio(options.out, reference->samples, reference->rate); !status)
      return Report(status.error());
  }
  if (options.json) return Show(AsJson(*reference).dump() + "\n");
  if (!options.out.empty()) return ExitCode::kOk;
  return PlayToEnd(options.device, reference->samples, reference->rate);
}

}  // namespace

void AddSay(CLI::App& app, Global& global) {
  auto options = std::make_shared<SayOptions>();
  CLI::App* command =
      app.add_subcommand("say", "Hear how a text, a word or a sound should be said");
  command->footer(
      "Examples:\n"
      "  euphone say \"I think so.\" --slow\n"
      "  euphone say \"I think so.\" --word think\n"
      "  euphone say --sound TH\n"
      "  euphone say --lesson everyday hello --out hello.wav");
  command->add_option("TEXT", options->text, "What to say; with --lesson: the id of a sentence")
      ->type_name("");
  command
      ->add_option("-l,--lesson", options->lesson,
                   "Sentences of a lesson, recorded ones where there are some: everyday, "
                   "minimal-pairs, or a file or folder of your own")
      ->type_name("PACK");
  command->add_option("-w,--word", options->word, "This word only, as it sounds in the text")
      ->type_name("WORD");
  command
      ->add_option("--sound", options->sound,
                   "This sound only, in ARPAbet, in a short syllable: TH, IH")
      ->type_name("PHONE");
  command->add_flag("--slow", options->slow, "Slowly, with longer sounds");
  std::vector<std::string> names;
  for (const FliteVoiceInfo& voice : FliteVoices()) names.emplace_back(voice.name);
  command->add_option("--voice", options->voice, "Who speaks (default: the first of --voices)")
      ->check(CLI::IsMember(names));
  command->add_flag("--voices", options->voices, "List the voices");
  command
      ->add_option("-o,--out", options->out,
                   "Write a file (.wav, .flac, .ogg, .opus) instead of playing")
      ->type_name("FILE");
  command->add_flag("--force", options->force, "Replace a file that is there already");
  command->add_flag("--json", options->json,
                    "Print where each word lies as JSON; plays nothing, --out writes");
  command
      ->add_option("-d,--device", options->device,
                   "Loudspeaker: its number or a part of its name, from `euphone devices` "
                   "(default: the system's)")
      ->type_name("NAME");
  command->callback([options, &global] {
    if (const std::string problem = Contradiction(*options); !problem.empty())
      throw CLI::ValidationError(problem);
    global.run = [options, &global] { return Say(*options, global.installation); };
  });
}

}  // namespace euphone::cli

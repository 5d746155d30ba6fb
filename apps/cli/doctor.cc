#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "assembly/device_choice.h"
#include "assembly/elapsed.h"
#include "assembly/runtimes.h"
#include "base/file.h"
#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "device_report.h"
#include "devices/audio_devices.h"
#include "embed/byte_encoder.h"
#include "kernels/kernels.h"
#include "model/bundle.h"
#include "model/self_test.h"
#if EUPHONE_WITH_ONNXRUNTIME
#include "model_ort/ort_runtime.h"
#endif
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

enum class State { kGood, kNote, kBad };

/// One line of the examination.
struct Check {
  State state;
  std::string what;
  std::string found;
  std::string advice;                        ///< What to do; empty if nothing is to be done.
  std::optional<DeviceFinding> device = {};  ///< Of what computes.
};

constexpr const char* kOwnWords = "your lexicon";

std::string CpuFeatures() {
  std::string features;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) features += " avx2";
  if (__builtin_cpu_supports("fma")) features += " fma";
  if (__builtin_cpu_supports("avx512f")) features += " avx512f";
  if (__builtin_cpu_supports("avx512vnni")) features += " avx512vnni";
  if (features.empty()) features = " none of avx2, fma, avx512: models will run slowly";
#elif defined(__aarch64__)
  const auto info = ReadFile("/proc/cpuinfo", 1 << 20);
  const std::string text = info ? *info : "";
  features += " asimd";
  if (text.find("asimddp") != std::string::npos) features += " dotprod";
  if (text.find("i8mm") != std::string::npos) features += " i8mm";
#else
  features += " unknown";
#endif
  return features.substr(1);
}

Check Processor() {
  const double memory = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) *
                        static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  return {State::kGood, "processor",
          fmt::format("{} cores, {}; {:.1f} GB of memory", std::thread::hardware_concurrency(),
                      CpuFeatures(), memory / 1e9),
          ""};
}

Check OwnKernels() {
  return {State::kGood, "kernels",
          fmt::format("{}; for the smallest bundle, new words and the tutor",
                      kernels::BestKernels().name),
          ""};
}

#if EUPHONE_WITH_ONNXRUNTIME
Check Runtime() {
  auto runtime = RuntimeVersion();
  if (!runtime) {
    return {State::kBad, "ONNX Runtime", runtime.error().message,
            "install the ONNX Runtime this program was built for"};
  }
  return {State::kGood, "ONNX Runtime",
          fmt::format("{}; this program was built for API {}", *runtime, kOnnxApi), ""};
}
#else
Check Runtime() {
  return {State::kNote, "ONNX Runtime", "not in this program, which runs the smallest bundle only",
          ""};
}
#endif

Check Threads(const InstallationOptions& installation) {
  return {State::kGood, "threads",
          fmt::format("{} for one model run (--threads), {} recordings at a time (analyze --jobs)",
                      installation.model_options().threads, Cores()),
          ""};
}

/// The user's own words.
Check OwnWords(const InstallationOptions& installation) {
  std::size_t words = 0;
  if (const auto wrong = WrongLexicon(installation, &words))
    return {State::kBad, kOwnWords, wrong->message, ""};
  return {State::kGood, kOwnWords,
          fmt::format("{}: {} {}", installation.lexicon, words, words == 1 ? "word" : "words"), ""};
}

template <class Open>
Check Model(const std::string& what, const std::filesystem::path& path, Open open) {
  const std::string advice = "install the bundle again; `euphone models` checks all of them";
  const auto start = std::chrono::steady_clock::now();
  auto bundle = Bundle::Open(path);
  if (!bundle) return {State::kBad, what, bundle.error().message, advice};
  auto model = open(*bundle);
  if (!model) return {State::kBad, what, model.error().message, advice};
  const double opened = MillisSince(start);
  auto test = RunSelfTest(*bundle, **model);
  if (!test) return {State::kBad, what, test.error().message, advice};
  return {
      State::kGood, what,
      fmt::format("{} {}: opened in {:.0f} ms, self-test passed (difference {:.1g})",
                  bundle->manifest().name, bundle->manifest().version, opened, test->difference),
      ""};
}

/// Who will judge, and whether a learned scorer runs at all. A bundle that cannot be opened is told
/// of under the sounds.
std::optional<Check> ScorerCheck(const std::filesystem::path& path,
                                 const InstallationOptions& installation) {
  const auto bundle = Bundle::Open(path);
  if (!bundle) return std::nullopt;
  const std::string plain = "the plain one: calibrated goodness of pronunciation";
  if (!bundle->manifest().scorer || installation.scorer == "gop") {
    return Check{State::kGood, "scorer", plain, ""};
  }
  const auto acoustic = OpenAcoustic(*bundle, installation);
  if (!acoustic) return std::nullopt;
  const std::string advice = "install the bundle again, or use the plain scorer: --scorer gop";
  const auto start = std::chrono::steady_clock::now();
  const auto model = OpenScoring(*bundle, installation);
  if (!model) return Check{State::kBad, "scorer", model.error().message, advice};
  const double opened = MillisSince(start);
  const auto members = TryScorer(*bundle, **acoustic, **model);
  if (!members) return Check{State::kBad, "scorer", members.error().message, advice};
  return Check{State::kGood, "scorer",
               fmt::format("learned, of {} {}: opened in {:.0f} ms, judges the reference run",
                           *members, *members == 1 ? "member" : "members", opened),
               ""};
}

/// Whether speech can be heard while it is spoken. A bundle that cannot be opened is told of under
/// the sounds.
std::optional<Check> LiveCheck(const std::filesystem::path& data, const std::string& acoustic,
                               const InstallationOptions& installation) {
  auto whole = Bundle::Open(BundlePath(data, acoustic));
  if (!whole) return std::nullopt;
  const std::string what = "live speech";
  const std::string advice = "install the bundle again; recordings can be judged all the same";
  const auto bundle = OpenLiveBundle(data, *std::move(whole));
  if (!bundle && bundle.error().code == Errc::kUnsupported) {
    return Check{State::kNote, what, "this model hears whole recordings only", ""};
  }
  if (!bundle) return Check{State::kBad, what, bundle.error().message, advice};
  const auto model = OpenStreaming(*bundle, installation);
  if (!model) return Check{State::kBad, what, model.error().message, advice};
  const auto frames = TryStream(*bundle, **model);
  if (!frames) return Check{State::kBad, what, frames.error().message, advice};
  const StreamSpec& stream = (*model)->stream_spec();
  const auto chunk = static_cast<std::int64_t>(stream.chunk_steps) * stream.step_samples;
  return Check{
      State::kGood, what,
      fmt::format("heard every {:.0f} ms, by {}",
                  1000.0 * SecondsIn(chunk, (*model)->spec().grid.rate), bundle->manifest().name),
      ""};
}

/// The recogniser for speech without a text, and what the tutor's search finds meanings by; one can
/// do without either.
void CheckOthers(const std::filesystem::path& data, const InstallationOptions& installation,
                 std::vector<Check>& checks) {
  std::error_code ignored;
  if (const auto path = BundlePath(data, installation.recogniser);
      std::filesystem::exists(path, ignored)) {
    checks.push_back(Model("free speech", path, [&](const Bundle& bundle) {
      return OpenFreeSpeech(bundle, installation);
    }));
  }
  if (const auto path = BundlePath(data, installation.embedder);
      std::filesystem::exists(path, ignored)) {
    checks.push_back(
        Model("tutor", path, [](const Bundle& bundle) { return OpenSentenceEncoder(bundle); }));
  }
}

/// What can compute what hears, and which of it does. A bundle that cannot be opened is told of
/// under the sounds.
void CheckComputeDevices(const std::filesystem::path& path, const InstallationOptions& installation,
                         std::vector<Check>& checks) {
  const auto bundle = Bundle::Open(path);
  if (!bundle || !std::holds_alternative<AcousticEntry>(bundle->manifest().model)) return;
  const auto findings = FindDevices(*bundle, installation);
  const ComputeDevice choice = ChoiceAfter(findings, *bundle, installation);
  for (const DeviceFinding& finding : findings) {
    const bool wanted = installation.device == NameOf(finding.device) &&
                        PolicyOf(installation) == DevicePolicy::kRequire;
    State state = finding.device == choice ? State::kGood : State::kNote;
    if (!finding.refusal.empty() && wanted) state = State::kBad;
    checks.push_back(
        {state, fmt::format("on {}", NameOf(finding.device)), Described(finding, findings),
         state == State::kBad ? "name another device, or --device auto" : "", finding});
  }
}

Check Devices(const std::string& what, const std::vector<std::string>& names,
              const std::string& advice) {
  if (names.empty()) return {State::kNote, what, "none found", advice};
  std::string found = names.front();
  if (names.size() > 1) found += fmt::format(" and {} more", names.size() - 1);
  return {State::kGood, what, found, ""};
}

/// Microphones and loudspeakers, the default one of each first.
void CheckDevices(std::vector<Check>& checks) {
  std::vector<std::string> microphones, loudspeakers;
  const auto add = [](std::vector<std::string>& names, const std::string& name, bool preferred) {
    names.insert(preferred ? names.begin() : names.end(), name);
  };
  const auto devices = ListAudioDevices();
  for (const AudioDevice& device : devices ? *devices : std::vector<AudioDevice>()) {
    if (device.input_channels > 0) add(microphones, device.name, device.default_input);
    if (device.output_channels > 0) add(loudspeakers, device.name, device.default_output);
  }
  checks.push_back(Devices("microphone", microphones,
                           "plug one in, or analyse recordings; `euphone devices` lists all"));
  checks.push_back(
      Devices("loudspeaker", loudspeakers, "analysing needs none; `euphone devices` lists all"));
}

std::vector<Check> Examine(const InstallationOptions& installation) {
  std::vector<Check> checks = {{State::kGood, "program", std::string("euphone ") + kVersion, ""},
                               Processor(),
                               Threads(installation),
                               OwnKernels(),
                               Runtime()};
  const bool runs = checks.back().state != State::kBad;
  const auto data = FindData(installation);
  if (!data) {
    checks.push_back({State::kBad, "data", data.error().message, ""});
    return checks;
  }
  checks.push_back({State::kGood, "data", data->string(), ""});
  const auto start = std::chrono::steady_clock::now();
  const auto pack = LanguagePack::Open(*data / "packs" / installation.language);
  if (!pack) {
    checks.push_back(
        {State::kBad, "language", pack.error().message, "install the language pack again"});
    return checks;
  }
  checks.push_back({State::kGood, "language",
                    fmt::format("{}: {} words, opened in {:.1f} ms", pack->language,
                                pack->lexicon.word_count(), MillisSince(start)),
                    ""});
  if (!installation.lexicon.empty()) checks.push_back(OwnWords(installation));
  if (runs) {
    const std::string acoustic =
        installation.model.empty() ? pack->acoustic_model : installation.model;
    checks.push_back(Model("sounds", BundlePath(*data, acoustic), [&](const Bundle& bundle) {
      return OpenAcoustic(bundle, installation);
    }));
    CheckComputeDevices(BundlePath(*data, acoustic), installation, checks);
    if (auto scorer = ScorerCheck(BundlePath(*data, acoustic), installation))
      checks.push_back(*std::move(scorer));
    if (auto live = LiveCheck(*data, acoustic, installation)) checks.push_back(*std::move(live));
    if (!pack->grapheme_model.empty()) {
      checks.push_back(
          Model("new words", BundlePath(*data, pack->grapheme_model),
                [&](const Bundle& bundle) { return OpenGraphemes(bundle, installation); }));
    }
  }
  if (runs) CheckOthers(*data, installation, checks);
  CheckDevices(checks);
  return checks;
}

constexpr const char* NameOf(State state) {
  return state == State::kGood ? "good" : state == State::kNote ? "note" : "bad";
}

std::string AsText(const std::vector<Check>& checks, bool colour) {
  std::string text;
  for (const Check& check : checks) {
    const char* sign = check.state == State::kGood ? "✓" : check.state == State::kNote ? "·" : "✗";
    const char* paint = check.state == State::kGood   ? "\033[32m"
                        : check.state == State::kNote ? "\033[33m"
                                                      : "\033[31m";
    text += colour ? fmt::format("{}{}\033[0m ", paint, sign) : fmt::format("{} ", sign);
    text += fmt::format("{:<13} {}\n", check.what, check.found);
    if (!check.advice.empty()) text += fmt::format("{:16}→ {}\n", "", check.advice);
  }
  return text;
}

/// The installation is at fault, or only what the user wrote, or nothing.
ExitCode Verdict(const std::vector<Check>& checks) {
  ExitCode worst = ExitCode::kOk;
  for (const Check& check : checks) {
    if (check.state != State::kBad) continue;
    worst = Worse(worst, check.what == kOwnWords ? ExitCode::kBadInput : ExitCode::kBroken);
  }
  return worst;
}

/// What the devices ran, operation by operation.
std::string Nodes(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    if (check.device) text += NodeTable(*check.device);
  }
  return text.empty() ? text : "\nWhat ran where during the reference run:\n" + text;
}

/// What is asked of the command.
struct Wishes {
  bool json = false;
  bool nodes = false;
};

nlohmann::ordered_json AsJson(const Check& check, bool nodes) {
  nlohmann::ordered_json object = {{"what", check.what},
                                   {"state", NameOf(check.state)},
                                   {"found", check.found},
                                   {"advice", check.advice}};
  if (!check.device) return object;
  object["device"] = {{"name", NameOf(check.device->device)},
                      {"runs", check.device->refusal.empty()},
                      {"operations", check.device->on_device},
                      {"of", check.device->nodes.nodes.size() - check.device->nodes.Copies()},
                      {"partitions", check.device->nodes.Partitions()},
                      {"copies", check.device->nodes.Copies()},
                      {"run_ms", check.device->run_ms},
                      {"opening_ms", check.device->opening_ms},
                      {"difference", check.device->difference}};
  if (nodes) object["device"]["nodes"] = NodesJson(*check.device);
  return object;
}

ExitCode Doctor(const Wishes& wishes, const InstallationOptions& installation) {
  if (const auto wrong = WrongChoice(installation)) {
    ReportLine(wrong->message);
    return wrong->code;
  }
  const std::vector<Check> checks = Examine(installation);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Check& check : checks) list.push_back(AsJson(check, wishes.nodes));
  std::string text =
      wishes.json ? list.dump(2) + "\n" : AsText(checks, UseColour(ColourMode::kAuto));
  if (wishes.nodes && !wishes.json) text += Nodes(checks);
  const ExitCode shown = Show(text);
  return shown == ExitCode::kOk ? Verdict(checks) : shown;
}

}  // namespace

void AddDoctor(CLI::App& app, Global& global) {
  auto wishes = std::make_shared<Wishes>();
  CLI::App* command =
      app.add_subcommand("doctor", "Check this installation, and say how to mend it");
  command->add_flag("--json", wishes->json, "As JSON");
  command->add_flag("--nodes", wishes->nodes, "Also which operation of the network runs where");
  command->callback([wishes, &global] {
    global.run = [wishes, &global] { return Doctor(*wishes, global.installation); };
  });
}

}  // namespace euphone::cli

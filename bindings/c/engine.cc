#include <algorithm>
#include <cstdlib>
#include <utility>

#include "assembly/runtimes.h"
#include "assembly/sample_recording.h"
#include "boundary.h"
#include "handles.h"
#include "version.h"

namespace {

using euphone::c::Fail;
using euphone::c::Guarded;
using euphone::c::Missing;

constexpr int kMostThreads = 64;

/// As options say, and $EUPHONE_DATA.
euphone::InstallationOptions ChoicesOf(const euphone_engine_options& options) {
  euphone::InstallationOptions choices;
  const char* const data = options.data != nullptr ? options.data : std::getenv("EUPHONE_DATA");
  if (data != nullptr) choices.data = data;
  if (options.language != nullptr) choices.language = options.language;
  if (options.model != nullptr) choices.model = options.model;
  if (options.scorer != nullptr) choices.scorer = options.scorer;
  if (options.lexicon != nullptr) choices.lexicon = options.lexicon;
  if (options.runtime != nullptr) choices.runtime = options.runtime;
  if (options.threads != 0) choices.threads = options.threads;
  return choices;
}

euphone_status Open(const euphone_engine_options* given, euphone_engine** engine, char** error) {
  euphone_engine_options options;
  if (!euphone::c::ReadOptions(given, options)) return Missing(euphone::c::kBadOptions, error);
  if (options.threads < 0 || options.threads > kMostThreads)
    return Missing("an engine takes 1 to 64 threads, or 0 for the default", error);
  auto opening = std::make_unique<euphone_engine>();
  opening->options = ChoicesOf(options);
  const std::string& scorer = opening->options.scorer;
  if (scorer != "auto" && scorer != "learned" && scorer != "gop")
    return Missing("no scorer '" + scorer + "'; there are auto, learned and gop", error);
  const auto runtimes = euphone::RuntimeChoices();
  if (std::find(runtimes.begin(), runtimes.end(), opening->options.runtime) == runtimes.end())
    return Missing("no runtime '" + opening->options.runtime + "' is part of this library", error);
  auto opened = euphone::OpenEngine(opening->options, {});
  if (!opened) return Fail(opened.error(), error);
  opening->lexicon = std::move(opened->lexicon);
  opening->analyzer = std::make_shared<const euphone::Analyzer>(std::move(opened->analyzer));
  opening->model = std::move(opened->model_name);
  *engine = opening.release();
  return EUPHONE_OK;
}

euphone_status Analyze(const euphone_engine& engine,
                       const euphone::Result<euphone::Recording>& recording, const char* text,
                       std::string id, const euphone_stop* stop, euphone_analysis** analysis,
                       char** error) {
  if (!recording) return Fail(recording.error(), error);
  euphone::AnalyzerConfig config = engine.analyzer->config();
  if (stop != nullptr) config.windows.stopped = [stop] { return stop->requested.load(); };
  auto done = engine.analyzer->With(config).Analyze(*recording, text, std::move(id));
  if (!done && stop != nullptr && stop->requested)
    return Fail(EUPHONE_INTERRUPTED, done.error().message, error);
  if (!done) return Fail(done.error(), error);
  *analysis = new euphone_analysis{*std::move(done), engine.lexicon};
  return EUPHONE_OK;
}

}  // namespace

int euphone_api_version(void) { return EUPHONE_API_VERSION; }

const char* euphone_version(void) { return EUPHONE_VERSION; }

void euphone_string_free(char* text) { std::free(text); }

euphone_status euphone_engine_open(const euphone_engine_options* options, euphone_engine** engine,
                                   char** error) {
  return Guarded(error, [&] {
    if (engine == nullptr) return Missing("there is nowhere to put the engine", error);
    *engine = nullptr;
    return Open(options, engine, error);
  });
}

void euphone_engine_free(euphone_engine* engine) { delete engine; }

const char* euphone_engine_model(const euphone_engine* engine) {
  return engine != nullptr ? engine->model.c_str() : nullptr;
}

euphone_status euphone_stop_new(euphone_stop** stop, char** error) {
  return Guarded(error, [&] {
    if (stop == nullptr) return Missing("there is nowhere to put the stop", error);
    *stop = nullptr;
    *stop = new euphone_stop;
    return EUPHONE_OK;
  });
}

void euphone_stop_request(euphone_stop* stop) {
  if (stop != nullptr) stop->requested = true;
}

void euphone_stop_free(euphone_stop* stop) { delete stop; }

euphone_status euphone_analyze(const euphone_engine* engine, const float* samples, size_t count,
                               int32_t rate, const char* text,
                               const euphone_analyze_options* options, euphone_analysis** analysis,
                               char** error) {
  return Guarded(error, [&] {
    if (analysis == nullptr) return Missing("there is nowhere to put the analysis", error);
    *analysis = nullptr;
    if (engine == nullptr || text == nullptr || (samples == nullptr && count != 0))
      return Missing("an analysis needs an engine, samples and a text; one of them is NULL", error);
    euphone_analyze_options known;
    if (!euphone::c::ReadOptions(options, known)) return Missing(euphone::c::kBadOptions, error);
    return Analyze(*engine, euphone::RecordingOf({samples, count}, euphone::SampleRate{rate}), text,
                   known.id != nullptr ? known.id : "recording", known.stop, analysis, error);
  });
}

euphone_status euphone_analyze_file(const euphone_engine* engine, const char* path,
                                    const char* text, const euphone_analyze_options* options,
                                    euphone_analysis** analysis, char** error) {
  return Guarded(error, [&] {
    if (analysis == nullptr) return Missing("there is nowhere to put the analysis", error);
    *analysis = nullptr;
    if (engine == nullptr || text == nullptr || path == nullptr)
      return Missing("an analysis needs an engine, a file and a text; one of them is NULL", error);
    euphone_analyze_options known;
    if (!euphone::c::ReadOptions(options, known)) return Missing(euphone::c::kBadOptions, error);
    const std::filesystem::path file(path);
    return Analyze(*engine, euphone::ReadRecording(file), text,
                   known.id != nullptr ? known.id : file.stem().string(), known.stop, analysis,
                   error);
  });
}

// The main job without the rest of the program, which takes long to compile: scores recordings as
// `euphone analyze` does, or follows them as `euphone live` does, on one thread.
//   euphone_main_job DATA MODEL main|live AUDIO TEXT [AUDIO TEXT]…
// main: a line of JSON for each; live: nothing, for what it costs is what is asked.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "assembly/installation.h"
#include "audio/audio_reader.h"
#include "live/live_session.h"
#include "report/report.h"

namespace euphone {
namespace {

/// Hears everything and does nothing.
struct Deaf final : LiveListener {
  void OnEvent(Event) override {}
  void OnTake(FinishedTake) override {}
  void OnTakeAhead(FinishedTake) override {}
};

int Fail(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

int Score(const Engine& engine, const Recording& recording, const std::string& text,
          std::string id) {
  const auto analysis = engine.analyzer.Analyze(recording, text, std::move(id));
  if (!analysis) return Fail(analysis.error());
  std::fputs(WriteJson(*analysis, engine.phones(), {.pretty = false}).c_str(), stdout);
  return 0;
}

/// In pieces as a microphone gives them.
int Follow(const LiveParts& parts, const Recording& recording, const std::string& text) {
  constexpr std::size_t kPiece = 320;
  Deaf deaf;
  auto session = LiveSession::Start(parts, {}, text, deaf);
  if (!session) return Fail(session.error());
  const std::span<const float> samples(recording.samples);
  for (std::size_t at = 0; at < samples.size(); at += kPiece) {
    const auto pushed = session->Push(samples.subspan(at, std::min(kPiece, samples.size() - at)));
    if (!pushed) return Fail(pushed.error());
  }
  const auto finished = session->Finish();
  return finished ? 0 : Fail(finished.error());
}

int Run(int count, char** arguments) {
  InstallationOptions options;
  options.data = arguments[1];
  options.model = arguments[2];
  options.threads = 1;
  const bool live = std::string(arguments[3]) == "live";
  auto lexicon = OpenLexicon(options);
  if (!lexicon) return Fail(lexicon.error());
  const auto jobs = [&](auto&& job) {
    for (int i = 4; i + 1 < count; i += 2) {
      const auto recording = ReadRecording(arguments[i]);
      if (!recording) return Fail(recording.error());
      if (const int failed = job(*recording, arguments[i + 1],
                                 std::filesystem::path(arguments[i]).stem().string()))
        return failed;
    }
    return 0;
  };
  if (live) {
    const auto parts = OpenLiveParts(options, *std::move(lexicon));
    if (!parts) return Fail(parts.error());
    return jobs([&](const Recording& recording, const char* text, const std::string&) {
      return Follow(*parts, recording, text);
    });
  }
  const auto engine = OpenEngine(options, {}, *std::move(lexicon));
  if (!engine) return Fail(engine.error());
  return jobs([&](const Recording& recording, const char* text, std::string id) {
    return Score(*engine, recording, text, std::move(id));
  });
}

}  // namespace
}  // namespace euphone

int main(int count, char** arguments) {
  if (count < 6 || count % 2 != 0) {
    std::fputs("usage: euphone_main_job DATA MODEL main|live AUDIO TEXT [AUDIO TEXT]...\n", stderr);
    return 2;
  }
  return euphone::Run(count, arguments);
}

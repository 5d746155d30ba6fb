// euphone_probe phones | g2p | calls: what the models say before anything is made of it, for
// measurements.
//   phones  a recording per line on standard input → its greedily decoded phones
//   g2p     a word per line → the grapheme model's guess, whether or not the dictionary knows the
//   word
// Each answers with one line of ARPAbet for each line.
//   calls   a recording per line → a line for each utterance that stands alone in it: the
//   recording's number from 0, begin and end in samples, frames of silence before it, the call
//   that it is where no text is open (next, wake, wake+next; - for none), and how well it fits each
//   command, the wake phrase, and the wake phrase before each command

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/runtimes.h"
#include "audio/audio_reader.h"
#include "command/command_spotter.h"
#include "command/hands_free.h"
#include "installation.h"
#include "lexicon/g2p.h"
#include "model/bundle.h"
#include "session/windowed_model.h"

namespace euphone::cli {
namespace {

std::string Greedy(const Matrix& ctc, const std::vector<std::string>& classes) {
  std::string line;
  std::size_t previous = 0;
  for (std::size_t row = 0; row < ctc.rows; ++row) {
    const auto frame = ctc.row(row);
    const auto best =
        static_cast<std::size_t>(std::max_element(frame.begin(), frame.end()) - frame.begin());
    if (best != 0 && best != previous) line += (line.empty() ? "" : " ") + classes[best];
    previous = best;
  }
  return line;
}

Status Phones(const std::filesystem::path& data, const LanguagePack& pack) {
  auto bundle = Bundle::Open(BundlePath(data, pack.acoustic_model));
  if (!bundle) return bundle.error();
  auto model = OpenAcoustic(*bundle, {});
  if (!model) return model.error();
  for (std::string path; std::getline(std::cin, path);) {
    auto recording = ReadRecording(path);
    if (!recording) return recording.error();
    auto posteriors = RunWindowed(**model, recording->samples, {});
    if (!posteriors) return posteriors.error();
    std::cout << Greedy(posteriors->ctc, (*model)->spec().classes) << '\n';
  }
  return {};
}

Status Guesses(const std::filesystem::path& data, const LanguagePack& pack) {
  auto bundle = Bundle::Open(BundlePath(data, pack.grapheme_model));
  if (!bundle) return bundle.error();
  auto model = OpenGraphemes(*bundle, {});
  if (!model) return model.error();
  auto g2p = G2p::Create(*std::move(model), pack.phones);
  if (!g2p) return g2p.error();
  for (std::string word; std::getline(std::cin, word);) {
    auto guess = g2p->Pronounce(word);
    if (!guess) return guess.error();
    std::string line;
    for (const Phone& phone : guess->phones)
      line += (line.empty() ? "" : " ") + pack.phones.Arpabet(phone);
    std::cout << line << '\n';
  }
  return {};
}

std::string CallName(const std::optional<Call>& call) {
  if (!call) return "-";
  const std::string command = call->command ? std::string(Name(*call->command)) : std::string();
  if (!call->wake) return command;
  return command.empty() ? "wake" : "wake+" + command;
}

Status TellCalls(const StreamingModel& model, const Recording& recording, std::size_t number,
                 CommandSpotter spotter, HandsFree hands_free) {
  const auto stream = model.Start();
  UtteranceFinder finder;
  const auto hear = [&](const Posteriors& fresh) {
    std::optional<Utterance> ended;
    for (std::size_t t = 0; t < fresh.frames.rows; ++t) {
      if (const auto utterance = finder.Push(fresh.frames.row(t))) ended = utterance;
    }
    spotter.Push(fresh);
    const auto call = hands_free.Push(fresh, {});
    if (!ended) return;
    const FrameGrid& grid = model.spec().grid;
    std::cout << number << ' ' << grid.BoundaryBefore(ended->begin) << ' '
              << grid.BoundaryBefore(ended->end) << ' ' << ended->quiet_before << ' '
              << CallName(call);
    for (const double fit : spotter.Fits(*ended)) std::cout << ' ' << fit;
    std::cout << '\n';
  };
  constexpr std::size_t kPiece = 160;
  const PcmView pcm = recording.samples;
  for (std::size_t at = 0; at < pcm.size(); at += kPiece) {
    const auto fresh = stream->Push(pcm.subspan(at, std::min(kPiece, pcm.size() - at)));
    if (!fresh) return fresh.error();
    hear(*fresh);
  }
  const auto rest = stream->Finish();
  if (!rest) return rest.error();
  hear(*rest);
  return {};
}

Status Calls(const InstallationOptions& options) {
  const auto lexicon = OpenLexicon(options);
  if (!lexicon) return lexicon.error();
  const auto parts = OpenLiveParts(options, *lexicon);
  if (!parts) return parts.error();
  const auto spotter = CommandSpotter::Create(**lexicon, HandsFreeConfig{}.wake);
  if (!spotter) return spotter.error();
  const auto hands_free = HandsFree::Create(**lexicon, {}, {});
  if (!hands_free) return hands_free.error();
  std::size_t number = 0;
  for (std::string path; std::getline(std::cin, path); ++number) {
    const auto recording = ReadRecording(path);
    if (!recording) return recording.error();
    if (auto status = TellCalls(*parts->model, *recording, number, *spotter, *hands_free); !status)
      return status;
  }
  return {};
}

Status Run(std::string_view what) {
  const InstallationOptions options;
  auto data = FindData(options);
  if (!data) return data.error();
  auto pack = LanguagePack::Open(*data / "packs" / options.language);
  if (!pack) return pack.error();
  if (what == "phones") return Phones(*data, *pack);
  if (what == "g2p") return Guesses(*data, *pack);
  if (what == "calls") return Calls(options);
  return Error{Errc::kInvalidArgument, "usage: euphone_probe phones | g2p | calls"};
}

}  // namespace
}  // namespace euphone::cli

int main(int argc, char** argv) {
  const auto status = euphone::cli::Run(argc == 2 ? argv[1] : "");
  if (!status) std::cerr << "euphone_probe: " << status.error().message << '\n';
  return status ? 0 : 1;
}

// euphone_probe phones | g2p: what the models say before anything is made of it, for measurements.
//   phones  a recording per line on standard input → its greedily decoded phones
//   g2p     a word per line → the grapheme model's guess, whether or not the dictionary knows the
//   word
// Each answers with one line of ARPAbet for each line.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "audio/audio_reader.h"
#include "installation.h"
#include "lexicon/g2p.h"
#include "model/bundle.h"
#include "model_ort/ort_acoustic_model.h"
#include "model_ort/ort_grapheme_model.h"
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
  auto model = OpenAcousticModel(*bundle);
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
  auto model = OpenGraphemeModel(*bundle);
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

Status Run(std::string_view what) {
  const InstallationOptions options;
  auto data = FindData(options);
  if (!data) return data.error();
  auto pack = LanguagePack::Open(*data / "packs" / options.language);
  if (!pack) return pack.error();
  if (what == "phones") return Phones(*data, *pack);
  if (what == "g2p") return Guesses(*data, *pack);
  return Error{Errc::kInvalidArgument, "usage: euphone_probe phones | g2p"};
}

}  // namespace
}  // namespace euphone::cli

int main(int argc, char** argv) {
  const auto status = euphone::cli::Run(argc == 2 ? argv[1] : "");
  if (!status) std::cerr << "euphone_probe: " << status.error().message << '\n';
  return status ? 0 : 1;
}

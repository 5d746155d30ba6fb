#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <system_error>

#include "base/file.h"
#include "base/plain_text.h"
#include "corpus/kaldi_table.h"
#include "corpus/readers.h"

// Kaldi's documentation, "Data preparation": wav.scp, text, utt2spk, spk2utt and segments.

namespace euphone {
namespace {

namespace fs = std::filesystem;

Error In(const fs::path& file, const std::string& what) {
  return {Errc::kCorrupt, file.string() + ": " + what};
}

/// A path; what is read from a command or out of an archive is refused.
Status CheckSource(const fs::path& file, const std::string& id, const std::string& source) {
  if (source.ends_with('|') || source.starts_with('|'))
    return Error{Errc::kUnsupported, file.string() + ": " + id +
                                         " comes from a command, and none is run; write files "
                                         "first (Kaldi: extract_rows or wav-copy)"};
  const std::size_t colon = source.rfind(":");
  if (colon != std::string::npos && source.substr(0, colon).ends_with(".ark"))
    return Error{Errc::kUnsupported,
                 file.string() + ": " + id + " lies in an archive; write files first (wav-copy)"};
  return {};
}

Result<AudioStretch> StretchIn(const fs::path& file, const std::string& id,
                               const std::string& fields, std::string& recording) {
  const std::size_t first = fields.find(' '), second = fields.find(' ', first + 1);
  AudioStretch stretch;
  if (first != std::string::npos && second != std::string::npos) {
    recording = fields.substr(0, first);
    const char* const text = fields.data();
    const auto begin = std::from_chars(text + first + 1, text + second, stretch.begin);
    const auto end = std::from_chars(text + second + 1, text + fields.size(), stretch.end);
    if (begin.ec == std::errc() && end.ec == std::errc() && begin.ptr == text + second &&
        end.ptr == text + fields.size())
      return stretch;
  }
  return In(file, id + " has no recording, begin and end");
}

/// One space between fields, whatever stood there.
std::string Spaced(const std::string& value) {
  std::string spaced;
  for (const char c : value) {
    const bool space = c == ' ' || c == '\t';
    if (!space)
      spaced += c;
    else if (!spaced.empty() && spaced.back() != ' ')
      spaced += ' ';
  }
  return spaced;
}

bool IsOneWord(const std::string& word) {
  return !word.empty() &&
         std::ranges::none_of(word, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

}  // namespace

Result<std::vector<ListedUtterance>> ReadKaldiFolder(const fs::path& folder) {
  const fs::path scp = folder / "wav.scp";
  const auto wavs = ReadKaldiTable(scp, kMostListBytes);
  if (!wavs) return wavs.error();
  const auto texts = ReadKaldiMap(folder / "text", kMostListBytes, true, false);
  if (!texts) return texts.error();
  const auto speakers = ReadKaldiMap(folder / "utt2spk", kMostListBytes, true);
  if (!speakers) return speakers.error();
  std::map<std::string, std::string> sources;
  for (const auto& [id, source] : *wavs) {
    if (auto status = CheckSource(scp, id, source); !status) return status.error();
    sources[id] = source;
  }
  std::vector<ListedUtterance> utterances;
  const auto add = [&](const std::string& id, const std::string& source) {
    const auto text = texts->find(id);
    const auto speaker = speakers->find(id);
    utterances.push_back({.id = id,
                          .audio = NearestAudio(folder, source),
                          .text = text == texts->end() ? std::string() : text->second,
                          .speaker = speaker == speakers->end() ? std::string() : speaker->second});
  };
  std::error_code ignored;
  const fs::path segments = folder / "segments";
  if (!fs::exists(segments, ignored)) {
    for (const auto& [id, source] : *wavs) add(id, source);
    return utterances;
  }
  const auto table = ReadKaldiTable(segments, kMostListBytes);
  if (!table) return table.error();
  for (const auto& [id, value] : *table) {
    std::string recording;
    const auto stretch = StretchIn(segments, id, Spaced(value), recording);
    if (!stretch) return stretch.error();
    const auto source = sources.find(recording);
    if (source == sources.end())
      return In(segments, id + " is part of " + recording + ", which wav.scp does not have");
    add(id, source->second);
    utterances.back().stretch = *stretch;
  }
  return utterances;
}

Status WriteKaldiFolder(const std::vector<ListedUtterance>& utterances, const fs::path& folder) {
  std::map<std::string, std::string> wavs, texts, speakers, segments, whose;
  for (const ListedUtterance& utterance : utterances) {
    const std::string audio = utterance.audio.string();
    const std::string speaker = utterance.speaker.empty() ? utterance.id : utterance.speaker;
    if (!IsOneWord(utterance.id) || !IsOneWord(speaker) || !IsOneWord(audio))
      return Error{Errc::kInvalidArgument, "'" + utterance.id + "' of '" + speaker + "' in '" +
                                               audio +
                                               "': Kaldi takes no white space in names and paths"};
    if (!speakers.emplace(utterance.id, speaker).second)
      return Error{Errc::kInvalidArgument, "'" + utterance.id + "' comes twice"};
    whose[speaker];
    if (!utterance.text.empty()) texts[utterance.id] = Spaced(utterance.text);
    // A recording of which only stretches are meant is called by its path.
    wavs[utterance.stretch ? audio : utterance.id] = audio;
    if (utterance.stretch)
      segments[utterance.id] = audio + " " + FixedDigits(utterance.stretch->begin, 3) + " " +
                               FixedDigits(utterance.stretch->end, 3);
  }
  if (!segments.empty() && segments.size() != utterances.size())
    return Error{Errc::kInvalidArgument,
                 "some utterances are whole recordings and some stretches of them, which a data "
                 "folder cannot hold together; write two"};
  for (const auto& [id, speaker] : speakers) {
    std::string& list = whose[speaker];
    list += (list.empty() ? "" : " ") + id;
  }
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return Error{Errc::kIo, folder.string() + ": " + failed.message()};
  const auto write = [&](const char* name, const std::map<std::string, std::string>& table) {
    std::string lines;
    for (const auto& [key, value] : table) lines += key + " " + value + "\n";
    return table.empty() ? Status() : WriteFileAtomically(folder / name, lines);
  };
  for (const auto& [name, table] :
       {std::pair("wav.scp", &wavs), std::pair("text", &texts), std::pair("utt2spk", &speakers),
        std::pair("spk2utt", &whose), std::pair("segments", &segments)}) {
    if (auto status = write(name, *table); !status) return status;
  }
  return {};
}

}  // namespace euphone

#include "label_files.h"

#include <algorithm>
#include <cctype>

#include "base/file.h"
#include "exit_code.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kLargestLabelFile = 256 << 20;

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// As the first format reads it that knows it; what that one says where none does.
Result<std::vector<Labels>> ReadAnyLabels(const std::string& content) {
  for (const LabelFormat& format : LabelFormats()) {
    auto read = format.read(content);
    if (read || read.error().code != Errc::kUnsupported) return read;
  }
  return Error{Errc::kUnsupported, "is neither a TextGrid nor CTM, ELAN or Audacity labels"};
}

template <class List, class NameOfEntry>
std::string NamesIn(const List& list, NameOfEntry name) {
  std::string names;
  for (const auto& entry : list) names += (names.empty() ? "" : ", ") + Shortened(name(entry));
  return names.empty() ? "none" : names;
}

}  // namespace

const LabelFormat* FormatOfName(const std::filesystem::path& file) {
  const std::string name = LowerCase(file.filename().string());
  for (const LabelFormat& format : LabelFormats()) {
    if (name.ends_with(LowerCase(std::string(format.extension)))) return &format;
  }
  return nullptr;
}

Result<Labels> ReadLabels(const std::filesystem::path& file, const std::string& name,
                          const std::string& recording) {
  const auto content = ReadFile(file, kLargestLabelFile);
  if (!content) return content.error();
  const LabelFormat* format = name.empty() ? FormatOfName(file) : FindLabelFormat(name);
  auto read = format == nullptr ? ReadAnyLabels(*content) : format->read(*content);
  if (!read) return Prefixed(Shortened(file.string()), read.error());
  if (recording.empty() && read->size() == 1) return std::move(read->front());
  const auto found = std::ranges::find(*read, recording, &Labels::recording);
  if (!recording.empty() && found != read->end()) return std::move(*found);
  const std::string names = NamesIn(*read, [](const Labels& labels) { return labels.recording; });
  return Error{
      Errc::kInvalidArgument,
      Shortened(file.string()) + ": choose one of its recordings with --recording: " + names};
}

Result<LabelTier> TierOfLabels(const Labels& labels, const std::string& name) {
  if (!name.empty()) {
    if (const LabelTier* tier = labels.Find(name)) return *tier;
  } else {
    const auto filled = [](const LabelTier& tier) { return !tier.labels.empty(); };
    const auto only = std::ranges::find_if(labels.tiers, filled);
    if (std::ranges::count_if(labels.tiers, filled) == 1) return *only;
    for (const char* usual : {"phones", "words"}) {
      if (const LabelTier* tier = labels.Find(usual)) return *tier;
    }
  }
  return Error{
      Errc::kInvalidArgument,
      (name.empty() ? "choose a tier with --tier" : "no tier '" + Shortened(name) + "'") +
          "; there are: " + NamesIn(labels.tiers, [](const LabelTier& tier) { return tier.name; })};
}

}  // namespace euphone::cli

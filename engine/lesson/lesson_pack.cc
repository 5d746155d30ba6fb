#include "lesson/lesson_pack.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/file.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr const char* kManifest = "lesson.tsv";
constexpr std::array<std::string_view, 3> kRecordings{".opus", ".wav", ".flac"};

struct Column {
  std::string_view name;
  std::string LessonItem::*field;  ///< Null: the recording.
};
constexpr std::array kColumns{
    Column{"id", &LessonItem::id},           Column{"text", &LessonItem::text},
    Column{"note", &LessonItem::note},       Column{"audio", nullptr},
    Column{"speaker", &LessonItem::speaker}, Column{"licence", &LessonItem::licence}};

/// What lies before the next `separator`; takes both off `rest`.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool IsId(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

/// A manifest while it is read, line by line.
class Reader {
 public:
  enum class Recordings { kBeside, kNone };
  Reader(fs::path file, LessonPack& pack, Recordings recordings)
      : file_(std::move(file)), pack_(pack), recordings_(recordings) {}

  Status Read(std::string_view content) {
    if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);  // as spreadsheets write
    while (!content.empty()) {
      const std::string_view line = Cut(content, '\n');
      ++number_;
      const std::string_view shown = Trimmed(line);
      if (shown.empty()) continue;
      const Status status = shown.starts_with('#') ? ReadRemark(shown.substr(1))
                            : columns_.empty()     ? ReadHeader(shown)
                                                   : ReadItem(line);
      if (!status) return status;
    }
    if (pack_.items.empty()) return Wrong("there is no sentence in it");
    return {};
  }

 private:
  Error Wrong(const std::string& what) const {
    return {Errc::kCorrupt, file_.string() + ":" + std::to_string(number_) + ": " + what};
  }

  /// "# title: Everyday sentences"; other remarks are for people.
  Status ReadRemark(std::string_view remark) {
    const std::string_view key = Trimmed(Cut(remark, ':'));
    if (key == "title") pack_.title = Trimmed(remark);
    if (key == "language") pack_.language = Trimmed(remark);
    return {};
  }

  Status ReadHeader(std::string_view line) {
    while (!line.empty()) {
      const std::string_view name = Trimmed(Cut(line, '\t'));
      const auto column = std::ranges::find(kColumns, name, &Column::name);
      if (column == kColumns.end()) {
        return Wrong("there is no column '" + std::string(name) +
                     "'; the first line names the columns: id, text, note, audio, speaker, "
                     "licence, with tabs between them");
      }
      if (std::ranges::find(columns_, name, &Column::name) != columns_.end())
        return Wrong("the column '" + std::string(name) + "' is there twice");
      columns_.push_back(*column);
    }
    for (const std::string_view needed : {"id", "text"}) {
      if (std::ranges::find(columns_, needed, &Column::name) == columns_.end())
        return Wrong("the column '" + std::string(needed) + "' is missing");
    }
    return {};
  }

  Status ReadItem(std::string_view line) {
    LessonItem item;
    for (const Column& column : columns_) {
      const std::string_view value = Trimmed(Cut(line, '\t'));
      if (column.field != nullptr) {
        item.*column.field = value;
      } else if (auto audio = Recording(value); audio) {
        item.audio = *std::move(audio);
      } else {
        return audio.error();
      }
    }
    if (!line.empty()) return Wrong("more columns than the first line names");
    if (!IsId(item.id))
      return Wrong("the id '" + item.id + "' must be letters, digits, '-', '_' and '.'");
    if (!ids_.insert(item.id).second) return Wrong("the id '" + item.id + "' is there twice");
    if (item.text.empty()) return Wrong("'" + item.id + "' has no text");
    if (pack_.items.size() == LessonPack::kMostItems)
      return Wrong("more than " + std::to_string(LessonPack::kMostItems) + " sentences");
    pack_.items.push_back(std::move(item));
    return {};
  }

  /// Where a recording lies; empty for none.
  Result<fs::path> Recording(std::string_view value) const {
    if (value.empty()) return fs::path();
    if (recordings_ == Recordings::kNone)
      return Wrong("recordings cannot be brought in; leave the column 'audio' out");
    const fs::path name(value);
    const bool leaves = name.is_absolute() || std::ranges::find(name, fs::path("..")) != name.end();
    if (leaves) return Wrong("the recording '" + name.string() + "' must lie in the pack's folder");
    if (std::ranges::find(kRecordings, name.extension().string()) == kRecordings.end())
      return Wrong("the recording '" + name.string() + "' must end in .opus, .wav or .flac");
    fs::path file = file_.parent_path() / name;
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) return file;
    return Error{Errc::kNotFound, file_.string() + ":" + std::to_string(number_) +
                                      ": the recording '" + name.string() +
                                      "' is not there; copy it there or leave it out"};
  }

  fs::path file_;
  LessonPack& pack_;
  Recordings recordings_;
  std::size_t number_ = 0;
  std::vector<Column> columns_;
  std::unordered_set<std::string> ids_;
};

}  // namespace

Result<LessonPack> LessonPack::Open(const fs::path& path) {
  std::error_code ignored;
  const bool folder = fs::is_directory(path, ignored);
  const fs::path file = folder ? path / kManifest : path;
  const auto content = ReadFile(file, kMostBytes);
  if (!content) return content.error();
  LessonPack pack;
  pack.name = (folder && !path.has_filename() ? path.parent_path() : path).stem().string();
  if (auto status = Reader(file, pack, Reader::Recordings::kBeside).Read(*content); !status)
    return status.error();
  if (pack.title.empty()) pack.title = pack.name;
  return pack;
}

Result<LessonPack> LessonPack::Parse(std::string_view content, const std::string& name) {
  if (content.size() > kMostBytes)
    return Error{Errc::kTooLarge, name + ": a lesson may have 4 MiB at most"};
  LessonPack pack;
  pack.name = name;
  if (auto status = Reader(name, pack, Reader::Recordings::kNone).Read(content); !status)
    return status.error();
  if (pack.title.empty()) pack.title = pack.name;
  return pack;
}

std::string LessonPack::ToText() const {
  // Tabs and ends of lines would be the format's own.
  const auto field = [](std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
  };
  std::string text = "# title: " + field(title) + "\n";
  if (!language.empty()) text += "# language: " + field(language) + "\n";
  text += "id\ttext\tnote\n";
  for (const LessonItem& item : items)
    text += item.id + "\t" + field(item.text) + "\t" + field(item.note) + "\n";
  return text;
}

const LessonItem* LessonPack::Find(std::string_view id) const {
  const auto item = std::ranges::find(items, id, &LessonItem::id);
  return item == items.end() ? nullptr : &*item;
}

}  // namespace euphone

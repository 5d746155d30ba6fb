#include "job_list.h"

#include <algorithm>
#include <map>
#include <set>

namespace euphone::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Systems take 255 bytes; extensions, numbers and a temporary file's ending have to fit as well.
constexpr std::size_t kLongestFileName = 200;

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

/// Hands out names, each once: the second "take" becomes "take-2".
class UniqueNames {
 public:
  std::string Take(const std::string& wanted) {
    std::string name = wanted;
    while (!taken_.insert(name).second)
      name = wanted + "-" + std::to_string(++count_.try_emplace(wanted, 1).first->second);
    return name;
  }

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> count_;
};

std::string FileName(const std::string& id) {
  std::string name = id;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '_');
  if (name.size() <= kLongestFileName) return name;
  std::size_t cut = kLongestFileName;
  while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) --cut;
  return name.substr(0, cut);
}

}  // namespace

Result<std::vector<Job>> ParseJobList(std::string_view content, const std::filesystem::path& folder,
                                      bool free) {
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  std::vector<Job> jobs;
  std::string standard_input;  // The line that reads it.
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::size_t end = content.find('\n');
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    auto fields = SplitTabs(line);
    const std::string name = "line " + std::to_string(number);
    if (free && fields.size() == 1) fields.emplace_back();
    if (fields.size() < 2 || fields.size() > 3 || fields[0].empty() ||
        (fields[1].empty() && !free)) {
      return Error{Errc::kInvalidArgument,
                   name + " must hold a file, a text and perhaps an id, separated by tabs"};
    }
    if (fields[0] == "-" && !standard_input.empty()) {
      return Error{
          Errc::kInvalidArgument,
          name + ": standard input (-) can be read only once, and " + standard_input + " reads it"};
    }
    if (fields[0] == "-") standard_input = name;
    Job job{.audio = fields[0] == "-" ? "-" : folder / fields[0],
            .text = std::string(fields[1]),
            .id = {},
            .text_name = name,
            .file_name = {}};
    job.id =
        fields.size() == 3 && !fields[2].empty() ? std::string(fields[2]) : DefaultId(job.audio);
    jobs.push_back(std::move(job));
  }
  if (jobs.empty()) return Error{Errc::kInvalidArgument, "the list names no recording"};
  return jobs;
}

std::string DefaultId(const std::filesystem::path& audio) {
  return audio == "-" ? "stdin" : audio.stem().string();
}

void MakeIdsUnique(std::vector<Job>& jobs) {
  UniqueNames names;
  for (Job& job : jobs) job.id = names.Take(job.id);
}

void NameFiles(std::vector<Job>& jobs) {
  UniqueNames names;
  for (Job& job : jobs) job.file_name = names.Take(FileName(job.id));
}

}  // namespace euphone::cli

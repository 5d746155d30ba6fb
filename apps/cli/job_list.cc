#include "job_list.h"

#include <map>
#include <set>

namespace euphone::cli {
namespace {

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<std::vector<Job>> ParseJobList(std::string_view content,
                                      const std::filesystem::path& folder) {
  std::vector<Job> jobs;
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::size_t end = content.find('\n');
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto fields = SplitTabs(line);
    if (fields.size() < 2 || fields.size() > 3 || fields[0].empty() || fields[1].empty()) {
      return Error{Errc::kInvalidArgument,
                   "line " + std::to_string(number) +
                       " must hold a file, a text and perhaps an id, separated by tabs"};
    }
    Job job{.audio = folder / fields[0], .text = std::string(fields[1]), .id = {}};
    job.id = fields.size() == 3 && !fields[2].empty() ? std::string(fields[2])
                                                      : job.audio.stem().string();
    jobs.push_back(std::move(job));
  }
  if (jobs.empty()) return Error{Errc::kInvalidArgument, "the list names no recording"};
  return jobs;
}

void MakeIdsUnique(std::vector<Job>& jobs) {
  std::set<std::string> taken;
  std::map<std::string, std::size_t> count;
  for (Job& job : jobs) {
    const std::string wanted = job.id;
    while (!taken.insert(job.id).second)
      job.id = wanted + "-" + std::to_string(++count.try_emplace(wanted, 1).first->second);
  }
}

}  // namespace euphone::cli

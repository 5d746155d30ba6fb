#include "utterance_list.h"

#include <filesystem>
#include <utility>

#include "base/file.h"
#include "exit_code.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kLargestTable = 256 << 20;

}  // namespace

Result<std::vector<Job>> JobsOfCorpus(const std::string& corpus, bool free) {
  auto utterances = ReadCorpus(corpus);
  if (!utterances) return utterances.error();
  std::vector<Job> jobs;
  for (ListedUtterance& utterance : *utterances) {
    if (utterance.text.empty() && !free)
      return Error{Errc::kInvalidArgument, Shortened(corpus) + ": " + Shortened(utterance.id) +
                                               " has no text; --free has the speech recognised"};
    jobs.push_back({.audio = std::move(utterance.audio),
                    .text = free ? std::string() : std::move(utterance.text),
                    .id = utterance.id,
                    .text_name = Shortened(corpus) + " " + Shortened(utterance.id),
                    .file_name = {},
                    .stretch = utterance.stretch});
  }
  return jobs;
}

Result<std::vector<ListedUtterance>> ReadUtterances(const std::string& list) {
  if (IsCorpus(list)) return ReadCorpus(list);
  const auto content = ReadFile(list, kLargestTable);
  if (!content) return content.error();
  auto jobs = ParseJobList(*content, std::filesystem::path(list).parent_path(), true);
  if (!jobs) return Prefixed(Shortened(list), jobs.error());
  MakeIdsUnique(*jobs);
  std::vector<ListedUtterance> utterances;
  for (Job& job : *jobs) {
    utterances.push_back({.id = std::move(job.id),
                          .audio = std::move(job.audio),
                          .text = std::move(job.text),
                          .speaker = {}});
  }
  return utterances;
}

}  // namespace euphone::cli

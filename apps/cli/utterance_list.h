#pragma once

#include <string>
#include <vector>

#include "corpus/corpus.h"
#include "job_list.h"

namespace euphone::cli {

/// Jobs of a corpus that research keeps (IsCorpus), in its order. With `free`, texts may be
/// missing. Fails: as ReadCorpus; kInvalidArgument for an utterance without a text.
Result<std::vector<Job>> JobsOfCorpus(const std::string& corpus, bool free);

/// What a list names: a corpus, or a table of recordings (ParseJobList).
Result<std::vector<ListedUtterance>> ReadUtterances(const std::string& list);

}  // namespace euphone::cli

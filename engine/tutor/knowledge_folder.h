#pragma once

#include <filesystem>

#include "base/result.h"
#include "coach/knowledge.h"

namespace euphone {

/// Reads data/knowledge as docs/formats/knowledge.md lays it out. Fails: kNotFound where no topic
/// is there; kIo; as Knowledge::Parse, naming the file.
Result<Knowledge> OpenKnowledgeFolder(const std::filesystem::path& folder, const PhoneSet& phones);

}  // namespace euphone

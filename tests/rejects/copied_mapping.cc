// A mapping has one owner; a copy would unmap twice.
// Rejected: deleted .*MappedFile
#include <utility>

#include "base/file.h"

euphone::MappedFile Take(euphone::MappedFile& file) {
#if EUPHONE_WRONG
  return file;
#else
  return std::move(file);
#endif
}

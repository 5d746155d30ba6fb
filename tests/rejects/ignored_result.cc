// A Result that nobody looks at is a lost error.
// Rejected: ignoring return.*nodiscard
#include "base/file.h"

bool Save() {
#if EUPHONE_WRONG
  euphone::WriteFileAtomically("x", "y");
  return true;
#else
  return euphone::WriteFileAtomically("x", "y").has_value();
#endif
}

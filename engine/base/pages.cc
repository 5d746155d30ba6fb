#include "base/pages.h"

#include <sys/mman.h>

namespace euphone {

void ForgetPages(std::span<const std::byte> mapped) {
  // An advice: where it is not taken, nothing is lost.
  if (!mapped.empty())
    ::madvise(const_cast<std::byte*>(mapped.data()), mapped.size(), MADV_DONTNEED);
}

}  // namespace euphone

#include "allocator.h"

#include <cstdlib>  // Defines __GLIBC__ there.

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace euphone::cli {

void KeepFreedMemory() {
#ifdef __GLIBC__
  static constexpr int kOwnMapping = 4 * 1024 * 1024;  // Bytes from which a block is mapped alone.
  mallopt(M_MMAP_THRESHOLD, kOwnMapping);
  mallopt(M_TRIM_THRESHOLD, 2 * kOwnMapping);
  mallopt(M_ARENA_MAX, 1);
#endif
}

void HandBackFreedMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace euphone::cli

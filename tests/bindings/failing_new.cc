// Operator new that fails when it is told to: what stands in for the usual one in the whole
// process, also within libeuphone.so.
#include <cstdlib>
#include <new>

extern "C" void fail_allocation(long number);

namespace {
thread_local long until_failure = 0;
}  // namespace

extern "C" void fail_allocation(long number) { until_failure = number; }

void* operator new(std::size_t size) {
  if (until_failure != 0 && --until_failure == 0) throw std::bad_alloc();
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

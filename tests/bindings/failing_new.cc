// Operator new that fails when it is told to: what stands in for the usual one in the whole
// process, also within libeuphone.so.
#include <cstdlib>
#include <new>

extern "C" void fail_allocation(long number);

namespace {
thread_local long until_failure = 0;
}  // namespace

extern "C" void fail_allocation(long number) { until_failure = number; }

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  if (until_failure != 0 && --until_failure == 0) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
  if (void* const memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return operator new(size, std::nothrow);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

#include "store/clock.h"

#include <chrono>
#include <ctime>

namespace euphone {

std::int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t UtcOffsetMs() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  return ::localtime_r(&now, &local) == nullptr ? 0 : std::int64_t{local.tm_gmtoff} * 1000;
}

}  // namespace euphone

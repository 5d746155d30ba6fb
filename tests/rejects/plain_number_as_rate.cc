// A sample rate is not any integer.
// Rejected: conver.*int.* to .*Millis
#include "base/units.h"

std::int64_t Window() {
#if EUPHONE_WRONG
  return euphone::SamplesIn(25, 16000);
#else
  return euphone::SamplesIn(euphone::Millis{25}, euphone::SampleRate{16000});
#endif
}

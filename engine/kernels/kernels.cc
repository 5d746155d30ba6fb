#include "kernels/kernels.h"

#include "kernels/variants.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

namespace euphone::kernels {
namespace {

constexpr std::size_t kMostVariants = 3;

struct Runnable {
  const Kernels* tables[kMostVariants] = {&kScalarKernels};
  std::size_t count = 1;

  Runnable() {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2")) return;
    tables[count++] = &kAvx2Kernels;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
      tables[count++] = &kAvx512VnniKernels;
#elif defined(__aarch64__)
    tables[count++] = &kNeonKernels;
#if defined(__linux__)
    constexpr unsigned long kDotProducts = 1UL << 20;  // HWCAP_ASIMDDP.
    if ((getauxval(AT_HWCAP) & kDotProducts) != 0) tables[count++] = &kNeonDotKernels;
#elif defined(__APPLE__)
    tables[count++] = &kNeonDotKernels;  // Every one that runs macOS.
#endif
#endif
  }
};

}  // namespace

std::span<const Kernels* const> RunnableKernels() {
  static const Runnable kRunnable;
  return {kRunnable.tables, kRunnable.count};
}

const Kernels& BestKernels() { return *RunnableKernels().back(); }

ByteScale FindByteScale(float least, float most) {
  const float scale = most == least ? 1.0F : (most - least) / 255.0F;
  const float zero = -least / scale;
  // Half to even, as processors round.
  constexpr float kRounder = 12582912.0F;
  const float rounded = ((zero > 255.0F ? 255.0F : zero) + kRounder) - kRounder;
  return {scale, static_cast<std::int32_t>(rounded)};
}

void PackBytes(const std::uint8_t* weights, const std::uint8_t* zeros, bool is_unsigned,
               std::size_t inputs, std::size_t outputs, std::int8_t* packed, std::int32_t* sums,
               std::int32_t* packed_zeros) {
  const auto number = [is_unsigned](std::uint8_t byte) {
    return is_unsigned ? byte - 128 : static_cast<std::int8_t>(byte);
  };
  const std::size_t groups = (inputs + kGroup - 1) / kGroup;
  for (std::size_t o = 0; o < Padded(outputs); ++o) {
    const bool is_there = o < outputs;
    const std::int32_t zero = !is_there          ? 0
                              : zeros != nullptr ? number(zeros[o])
                              : is_unsigned      ? -128
                                                 : 0;
    std::int8_t* const panel = packed + o / kPanel * groups * kGroup * kPanel + o % kPanel * kGroup;
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < groups * kGroup; ++k) {
      const std::int32_t weight = is_there && k < inputs ? number(weights[k * outputs + o]) : zero;
      panel[k / kGroup * kGroup * kPanel + k % kGroup] = static_cast<std::int8_t>(weight);
      sum += weight - zero;
    }
    sums[o] = sum;
    packed_zeros[o] = zero;
  }
}

}  // namespace euphone::kernels

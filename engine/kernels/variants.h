#pragma once

#include "kernels/kernels.h"

// The tables of the sources that are compiled for one set of instructions each. Internal to this
// module.
namespace euphone::kernels {

extern const Kernels kScalarKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512VnniKernels;
#elif defined(__aarch64__)
extern const Kernels kNeonKernels;
extern const Kernels kNeonDotKernels;
#endif

}  // namespace euphone::kernels

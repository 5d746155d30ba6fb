#if defined(__aarch64__)
#include "kernels/neon_body.h"

namespace euphone::kernels {

const Kernels kNeonKernels = EUPHONE_KERNELS("neon");

}  // namespace euphone::kernels
#endif

#if defined(__aarch64__)
#include "kernels/neon_body.h"

namespace euphone::kernels {

const Kernels kNeonDotKernels = EUPHONE_KERNELS("neon-dot");

}  // namespace euphone::kernels
#endif

#pragma once

namespace euphone::cli {

/// Settles how the C library keeps memory, where it can be told (glibc): what one recording needed
/// is kept for the next. Handing it back after each layer and faulting it in again takes a sixth of
/// an analysis. Call it before anything is allocated.
void KeepFreedMemory();

}  // namespace euphone::cli

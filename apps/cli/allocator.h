#pragma once

namespace euphone::cli {

/// Settles how the C library keeps memory, where it can be told (glibc): what one recording needed
/// is kept for the next. Handing it back after each layer and faulting it in again takes a sixth of
/// an analysis. All threads share one heap: kept in several, the same memory is kept several times
/// (12 MB of 120 while somebody reads aloud). Call it before anything is allocated.
void KeepFreedMemory();

/// Hands back what is free, also in the middle of the heap (about 3 ms): between two sentences it
/// is needed by nobody, and a heap that is used for hours would otherwise grow by its gaps. Nothing
/// where the C library cannot be told.
void HandBackFreedMemory();

}  // namespace euphone::cli

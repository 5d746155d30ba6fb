# RISC-V boards that run Debian (RV64GC).
set(EUPHONE_MACHINE riscv64)
set(EUPHONE_TRIPLE riscv64-linux-gnu)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
set(EUPHONE_QEMU qemu-riscv64)
include(${CMAKE_CURRENT_LIST_DIR}/debian.cmake)

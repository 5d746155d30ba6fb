# ARMv7 with NEON or without: Raspberry Pi 2 to 4 with a 32-bit system.
set(EUPHONE_MACHINE armhf)
set(EUPHONE_TRIPLE arm-linux-gnueabihf)
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(EUPHONE_QEMU qemu-arm)
include(${CMAKE_CURRENT_LIST_DIR}/debian.cmake)

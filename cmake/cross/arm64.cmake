# Raspberry Pi 3 to 5 with a 64-bit system, Jetson, phones.
set(EUPHONE_MACHINE arm64)
set(EUPHONE_TRIPLE aarch64-linux-gnu)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(EUPHONE_QEMU qemu-aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/debian.cmake)

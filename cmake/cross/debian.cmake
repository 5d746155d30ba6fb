# Builds for another of Debian's machines with its cross compiler (g++-TRIPLE), against a sysroot of that machine's packages, and
# runs what was built, tests among it, with qemu-user. The file that includes this one says which machine:
# EUPHONE_MACHINE is Debian's name of it, EUPHONE_TRIPLE the compiler's, CMAKE_SYSTEM_PROCESSOR the kernel's, EUPHONE_QEMU qemu's.
set(CMAKE_SYSTEM_NAME Linux)
set(EUPHONE_SYSROOT ${CMAKE_CURRENT_LIST_DIR}/../../build/deps/sysroot-${EUPHONE_MACHINE})
cmake_path(NORMAL_PATH EUPHONE_SYSROOT)

# CMake reads this file again for each of its own little tests.
if(NOT DEFINED ENV{EUPHONE_SYSROOT_READY})
  message(STATUS "Unpacking Debian's packages for ${EUPHONE_MACHINE} unless they are in ${EUPHONE_SYSROOT}")
  execute_process(COMMAND /usr/bin/python3 ${CMAKE_CURRENT_LIST_DIR}/../fetch_sysroot.py ${EUPHONE_MACHINE} ${EUPHONE_SYSROOT}
                  RESULT_VARIABLE status ERROR_VARIABLE reason ERROR_STRIP_TRAILING_WHITESPACE)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${reason}")
  endif()
  set(ENV{EUPHONE_SYSROOT_READY} 1)
endif()

set(CMAKE_SYSROOT ${EUPHONE_SYSROOT})
set(CMAKE_C_COMPILER ${EUPHONE_TRIPLE}-gcc)
set(CMAKE_CXX_COMPILER ${EUPHONE_TRIPLE}-g++)
set(CMAKE_LIBRARY_ARCHITECTURE ${EUPHONE_TRIPLE})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${EUPHONE_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR} ${EUPHONE_SYSROOT}/usr/lib/${EUPHONE_TRIPLE}/pkgconfig:${EUPHONE_SYSROOT}/usr/share/pkgconfig)

# The programs of the other machine find its libraries in the sysroot, and everything else on this one.
set(CMAKE_CROSSCOMPILING_EMULATOR ${EUPHONE_QEMU} -L ${EUPHONE_SYSROOT})

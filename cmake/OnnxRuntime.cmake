# onnxruntime::onnxruntime: the headers of ONNX Runtime's C API. The shared library is opened at run time by the name
# in ONNXRUNTIME_SONAME (docs/decisions/010-onnx-runtime.md says why), so this file also sees to it that programs find it:
# in the build tree and after installation through their rpath, unless it is a library of the system.
include(FetchPackage)
include(GNUInstallDirs)
set(ONNXRUNTIME_ROOT "$ENV{ONNXRUNTIME_ROOT}" CACHE PATH "An unpacked ONNX Runtime release: include/ and lib/")

set(onnxruntime_suffixes onnxruntime onnxruntime/core/session core/session)
if(ONNXRUNTIME_ROOT)
  find_path(ONNXRUNTIME_INCLUDE_DIR onnxruntime_c_api.h PATHS ${ONNXRUNTIME_ROOT}/include
            PATH_SUFFIXES ${onnxruntime_suffixes} NO_DEFAULT_PATH)
  find_library(ONNXRUNTIME_LIBRARY onnxruntime PATHS ${ONNXRUNTIME_ROOT}/lib NO_DEFAULT_PATH)
  if(NOT ONNXRUNTIME_INCLUDE_DIR OR NOT ONNXRUNTIME_LIBRARY)
    message(FATAL_ERROR "ONNXRUNTIME_ROOT=${ONNXRUNTIME_ROOT} lacks include/onnxruntime_c_api.h or lib/libonnxruntime.so; "
                        "unpack a release there, or unset it to have the pinned one fetched")
  endif()
else()
  find_path(ONNXRUNTIME_INCLUDE_DIR onnxruntime_c_api.h PATH_SUFFIXES ${onnxruntime_suffixes})
  find_library(ONNXRUNTIME_LIBRARY onnxruntime)
endif()

if(ONNXRUNTIME_INCLUDE_DIR AND ONNXRUNTIME_LIBRARY)
  set(onnxruntime_include ${ONNXRUNTIME_INCLUDE_DIR})
  set(onnxruntime_library ${ONNXRUNTIME_LIBRARY})
else()
  euphone_fetch(onnxruntime)
  euphone_fetch(onnxruntime-headers)
  set(onnxruntime_include ${EUPHONE_DEPS_DIR}/onnxruntime-headers/include)
  set(onnxruntime_library ${EUPHONE_DEPS_DIR}/onnxruntime/lib/libonnxruntime.so.1)
endif()

execute_process(COMMAND ${CMAKE_READELF} -d ${onnxruntime_library} OUTPUT_VARIABLE onnxruntime_elf)
if(NOT onnxruntime_elf MATCHES "soname: \\[([^]]+)\\]")
  message(FATAL_ERROR "${onnxruntime_library} is not a shared library with a soname; set ONNXRUNTIME_ROOT to a release")
endif()
set(ONNXRUNTIME_SONAME ${CMAKE_MATCH_1})
message(STATUS "ONNX Runtime: ${onnxruntime_library} (${ONNXRUNTIME_SONAME})")

add_library(onnxruntime::onnxruntime INTERFACE IMPORTED)
target_include_directories(onnxruntime::onnxruntime INTERFACE ${onnxruntime_include})
target_compile_definitions(onnxruntime::onnxruntime INTERFACE EUPHONE_ONNXRUNTIME_SONAME="${ONNXRUNTIME_SONAME}")
target_link_libraries(onnxruntime::onnxruntime INTERFACE ${CMAKE_DL_LIBS})

if(NOT ONNXRUNTIME_LIBRARY OR ONNXRUNTIME_ROOT)
  list(APPEND CMAKE_BUILD_RPATH ${PROJECT_BINARY_DIR}/lib)
  set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)  # Else the length of the folder's name would be seen in what is installed.
  # A folder of our own: nobody else should find this copy. Debian's packages have it below the architecture's.
  file(RELATIVE_PATH onnxruntime_from_bin /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR}/euphone)
  list(APPEND CMAKE_INSTALL_RPATH $ORIGIN/${onnxruntime_from_bin})
  if(CMAKE_LIBRARY_ARCHITECTURE AND NOT CMAKE_INSTALL_LIBDIR MATCHES ${CMAKE_LIBRARY_ARCHITECTURE})
    list(APPEND CMAKE_INSTALL_RPATH $ORIGIN/../lib/${CMAKE_LIBRARY_ARCHITECTURE}/euphone)
  endif()
  # A sanitizer's own dlopen stands between the program and the loader, which then looks only at an old-style rpath.
  if(EUPHONE_SANITIZE)
    add_link_options(-Wl,--disable-new-dtags)
  endif()
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
  get_filename_component(real_library ${onnxruntime_library} REALPATH)
  file(CREATE_LINK ${real_library} ${PROJECT_BINARY_DIR}/lib/${ONNXRUNTIME_SONAME} SYMBOLIC)
  if(PROJECT_IS_TOP_LEVEL)
    install(FILES ${real_library} DESTINATION ${CMAKE_INSTALL_LIBDIR}/euphone RENAME ${ONNXRUNTIME_SONAME})
    if(EXISTS ${EUPHONE_DEPS_DIR}/onnxruntime/doc AND NOT ONNXRUNTIME_ROOT)
      install(DIRECTORY ${EUPHONE_DEPS_DIR}/onnxruntime/doc/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/onnxruntime)
    endif()
  endif()
endif()

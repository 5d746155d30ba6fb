# euphone_flags: warnings and sanitizers, on our own targets only (never exported).
add_library(euphone_flags INTERFACE)
target_compile_options(euphone_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough -Wundef
  -fvisibility=hidden)
# A newer compiler's warnings stop a developer, never somebody who only builds.
if(EUPHONE_DEVELOPER)
  target_compile_options(euphone_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  if(NOT CMAKE_SIZEOF_VOID_P EQUAL 4)  # What is a cast on a machine of 64 bits is none on one of 32.
    set(useless_cast -Wuseless-cast)
  endif()
  # -Wrestrict of GCC 12 misfires on std::string's operator+ when optimising (GCC bug 105651).
  target_compile_options(euphone_flags INTERFACE -Wduplicated-cond -Wlogical-op ${useless_cast} -Wno-restrict)
endif()

# euphone_never_hot: for tests and the option tables of the program, whose optimisation is half of the time that a build takes.
add_library(euphone_never_hot INTERFACE)
target_compile_options(euphone_never_hot INTERFACE $<IF:$<CONFIG:Release>,-O1,-O0>)

# euphone_compact: for what waits for networks and people, and is half of the program's size otherwise.
add_library(euphone_compact INTERFACE)
target_compile_options(euphone_compact INTERFACE $<$<CONFIG:Release>:-Os>)

# Compiles up to so many sources of a target at a time, which takes a third of the time where they include much.
function(euphone_in_pieces target size)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # What is local to a source is taken for local to a header.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# GoogleTest and JSON, read once for all tests that are compiled one by one.
function(euphone_test_headers)
  add_executable(euphone_test_headers ${PROJECT_SOURCE_DIR}/cmake/test_headers.cc)
  target_link_libraries(euphone_test_headers PRIVATE euphone_flags euphone_never_hot GTest::gmock nlohmann_json::nlohmann_json)
  target_precompile_headers(euphone_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp>)
endfunction()

# euphone_test(audio SOURCES … LIBS …): the test unit.audio, executable euphone_audio_test, in a few pieces. SEPARATE: one by one,
# where tests have helpers of the same name.
function(euphone_test name)
  cmake_parse_arguments(PARSE_ARGV 1 m "SEPARATE" "" "SOURCES;LIBS")
  set(target euphone_${name}_test)
  add_executable(${target} ${m_SOURCES})
  target_link_libraries(${target} PRIVATE ${m_LIBS} euphone_flags euphone_never_hot GTest::gmock GTest::gtest_main)
  if(m_SEPARATE)
    target_precompile_headers(${target} REUSE_FROM euphone_test_headers)
  else()
    euphone_in_pieces(${target} 8)
  endif()
  target_compile_definitions(${target} PRIVATE EUPHONE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               EUPHONE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME unit.${name} COMMAND ${target})
  # A test that skips itself has not passed.
  set_tests_properties(unit.${name} PROPERTIES FAIL_REGULAR_EXPRESSION "\\[  SKIPPED"
                       ENVIRONMENT "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp")
endfunction()

# Sanitizers must cover every object of the program, so they are global, unlike the warnings.
if(EUPHONE_SANITIZE)
  add_compile_options(-fsanitize=${EUPHONE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${EUPHONE_SANITIZE})
  find_program(EUPHONE_LLD ld.lld)
  if(EUPHONE_LLD)  # Minutes less than with the usual linker.
    add_link_options(-fuse-ld=lld)
  endif()
endif()

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
find_program(EUPHONE_CCACHE ccache)
if(EUPHONE_CCACHE)
  # Sloppy, because it would not keep what was compiled with precompiled headers otherwise.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${EUPHONE_CCACHE})
endif()

# euphone_module(audio [HOT | COMPACT] HEADERS … SOURCES … TESTS … BENCHES … DEPS base LIBS PkgConfig::X)
# One folder under engine/ = one static library, euphone::audio. DEPS are our layers (public), LIBS other people's (private).
# COMPACT: it waits for disks and people, and small is better there (euphone_compact).
# HOT: it computes much, or is fuzzed, and so is optimised where Debug code is sanitized, too.
function(euphone_module name)
  cmake_parse_arguments(PARSE_ARGV 1 m "HOT;COMPACT;SEPARATE_TESTS" "" "HEADERS;SOURCES;TESTS;BENCHES;DEPS;LIBS;TEST_LIBS")
  set(target euphone_${name})
  list(TRANSFORM m_DEPS PREPEND euphone::)
  if(m_SOURCES)
    add_library(${target} STATIC ${m_SOURCES})
    target_link_libraries(${target} PUBLIC ${m_DEPS} PRIVATE ${m_LIBS} $<BUILD_INTERFACE:euphone_flags>)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/engine FILES ${m_HEADERS})
    if(EUPHONE_SANITIZE OR CMAKE_CROSSCOMPILING)  # Nobody edits there.
      euphone_in_pieces(${target} 14)
    endif()
    if(m_COMPACT)
      target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:euphone_compact>)
    endif()
    if(m_HOT AND EUPHONE_SANITIZE MATCHES "address")
      target_compile_options(${target} PRIVATE -O1)
    endif()
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${m_DEPS})
    target_compile_features(${target} INTERFACE cxx_std_20)
    target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/engine FILES ${m_HEADERS})
  endif()
  add_library(euphone::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY EUPHONE_LIBRARIES ${target})
  if(EUPHONE_DEVELOPER AND m_TESTS)
    if(m_SEPARATE_TESTS)
      set(separate SEPARATE)
    endif()
    euphone_test(${name} ${separate} SOURCES ${m_TESTS} LIBS ${target} ${m_TEST_LIBS})
    set_property(GLOBAL APPEND PROPERTY EUPHONE_MODULE_TESTS ${name})
  endif()
  if(EUPHONE_DEVELOPER AND m_BENCHES AND NOT EUPHONE_SANITIZE)
    add_executable(${target}_bench ${m_BENCHES})
    target_link_libraries(${target}_bench PRIVATE ${target} ${m_TEST_LIBS} euphone_flags benchmark::benchmark_main)
    target_compile_definitions(${target}_bench PRIVATE EUPHONE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  endif()
endfunction()

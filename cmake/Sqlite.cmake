# sqlite3mc::sqlite3mc: SQLite with encryption (SQLite3 Multiple Ciphers), from its one source file.
# SQLITE3MC_ROOT: a folder with another copy of sqlite3.c and sqlite3.h.
include(FetchPackage)
set(SQLITE3MC_ROOT "" CACHE PATH "Folder with the sqlite3.c and sqlite3.h of SQLite3 Multiple Ciphers, where the pinned one is not wanted")
if(NOT SQLITE3MC_ROOT)
  euphone_fetch(sqlite3mc)
  set(SQLITE3MC_ROOT ${EUPHONE_DEPS_DIR}/sqlite3mc)
endif()
enable_language(C)
if(EUPHONE_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${EUPHONE_CCACHE})
endif()
set(CMAKE_C_FLAGS_DEBUG "")
set(CMAKE_C_FLAGS_RELEASE "")
add_library(euphone_sqlite3mc STATIC ${SQLITE3MC_ROOT}/sqlite3.c)
add_library(sqlite3mc::sqlite3mc ALIAS euphone_sqlite3mc)
target_include_directories(euphone_sqlite3mc SYSTEM INTERFACE $<BUILD_INTERFACE:${SQLITE3MC_ROOT}>)
# One connection is one thread's; what is deleted is overwritten; nothing temporary on disk; one cipher and no way to load code.
target_compile_definitions(euphone_sqlite3mc PRIVATE
  SQLITE_THREADSAFE=2 SQLITE_DQS=0 SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_SECURE_DELETE SQLITE_TEMP_STORE=3
  SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_EXPR_DEPTH=100 SQLITE_OMIT_DEPRECATED
  SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_LOAD_EXTENSION SQLITE_ENABLE_FTS5 SQLITE_ENABLE_MATH_FUNCTIONS
  CODEC_TYPE=CODEC_TYPE_CHACHA20 HAVE_CIPHER_AES_128_CBC=0 HAVE_CIPHER_AES_256_CBC=0 HAVE_CIPHER_SQLCIPHER=0 HAVE_CIPHER_RC4=0
  HAVE_CIPHER_ASCON128=0 HAVE_CIPHER_AEGIS=0)
# Not ours: neither warned of nor sanitized, and so compiled once for all variants (where there is ccache).
set_target_properties(euphone_sqlite3mc PROPERTIES COMPILE_OPTIONS "-w;-O2;-DNDEBUG" C_VISIBILITY_PRESET hidden EXPORT_NAME sqlite3mc)
set_property(GLOBAL APPEND PROPERTY EUPHONE_LIBRARIES euphone_sqlite3mc)

# Downloads land in one folder for all presets, so that each is fetched once.
set(EUPHONE_DEPS_DIR ${CMAKE_CURRENT_LIST_DIR}/../build/deps CACHE PATH "Where pinned downloads are kept")
set(EUPHONE_FETCH_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/fetch_package.py)

# euphone_fetch(NAME [OPTIONAL]): brings the entry NAME of dependencies.json to ${EUPHONE_DEPS_DIR}/NAME or stops, saying why.
# OPTIONAL: it only says so, and NAME_FETCHED is false.
function(euphone_fetch name)
  find_package(Python3 3.10 REQUIRED COMPONENTS Interpreter)
  message(STATUS "Fetching ${name} unless it is in ${EUPHONE_DEPS_DIR}")
  execute_process(
    COMMAND ${Python3_EXECUTABLE} ${EUPHONE_FETCH_SCRIPT} ${name} ${EUPHONE_DEPS_DIR}/${name}
            --machine ${CMAKE_SYSTEM_PROCESSOR}
    RESULT_VARIABLE status ERROR_VARIABLE reason ERROR_STRIP_TRAILING_WHITESPACE)
  set(${name}_FETCHED TRUE PARENT_SCOPE)
  if(NOT status EQUAL 0 AND "OPTIONAL" IN_LIST ARGN)
    set(${name}_FETCHED FALSE PARENT_SCOPE)
    message(WARNING "${reason}")
  elseif(NOT status EQUAL 0)
    message(FATAL_ERROR "${reason}")
  endif()
endfunction()

# Downloads land in one folder for all presets, so that each is fetched once.
set(EUPHONE_DEPS_DIR ${CMAKE_CURRENT_LIST_DIR}/../build/deps CACHE PATH "Where pinned downloads are kept")
set(EUPHONE_FETCH_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/fetch_package.py)

# What of a package belongs to a machine has a folder for each that is built for.
if(CMAKE_CROSSCOMPILING)
  set(EUPHONE_OTHER_MACHINE -${CMAKE_SYSTEM_PROCESSOR})
endif()

# euphone_fetch(NAME [OPTIONAL]): brings the entry NAME of dependencies.json to ${EUPHONE_DEPS_DIR}/NAME or stops, saying why.
# OPTIONAL: it only says so, and NAME_FETCHED is false. FOLDER name: there instead of in NAME.
function(euphone_fetch name)
  cmake_parse_arguments(PARSE_ARGV 1 m "OPTIONAL" "FOLDER" "")
  set(folder ${EUPHONE_DEPS_DIR}/${name})
  if(m_FOLDER)
    set(folder ${EUPHONE_DEPS_DIR}/${m_FOLDER})
  endif()
  find_package(Python3 3.10 REQUIRED COMPONENTS Interpreter)
  message(STATUS "Fetching ${name} unless it is in ${folder}")
  execute_process(
    COMMAND ${Python3_EXECUTABLE} ${EUPHONE_FETCH_SCRIPT} ${name} ${folder} --machine ${CMAKE_SYSTEM_PROCESSOR}
    RESULT_VARIABLE status ERROR_VARIABLE reason ERROR_STRIP_TRAILING_WHITESPACE)
  set(${name}_FETCHED TRUE PARENT_SCOPE)
  if(NOT status EQUAL 0 AND m_OPTIONAL)
    set(${name}_FETCHED FALSE PARENT_SCOPE)
    message(WARNING "${reason}")
  elseif(NOT status EQUAL 0)
    message(FATAL_ERROR "${reason}")
  endif()
endfunction()

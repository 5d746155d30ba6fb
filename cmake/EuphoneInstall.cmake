# cmake --install: the program and its data (component `program`, which packages hold), and the libraries with a package
# config and euphone.pc (component `development`).
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY EUPHONE_LIBRARIES)
install(TARGETS ${libraries} EXPORT euphoneTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/euphone COMPONENT development)
install(EXPORT euphoneTargets NAMESPACE euphone:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/euphone COMPONENT development)
configure_package_config_file(cmake/euphoneConfig.cmake.in euphoneConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/euphone)
write_basic_package_version_file(euphoneConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/euphoneConfig.cmake ${PROJECT_BINARY_DIR}/euphoneConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/euphone COMPONENT development)

# A static library's users name them all; the order is that of the layers, uppermost first.
list(REVERSE libraries)
foreach(library IN LISTS libraries)
  get_target_property(type ${library} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    string(APPEND EUPHONE_PC_LIBS " -l${library}")
  endif()
endforeach()
file(RELATIVE_PATH EUPHONE_PC_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/euphone.pc.in euphone.pc @ONLY)
configure_file(cmake/euphone-c.pc.in euphone-c.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/euphone.pc ${PROJECT_BINARY_DIR}/euphone-c.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/models PATTERN "*-litert" EXCLUDE)
if(EUPHONE_HAS_LITERT)  # With its library (LiteRt.cmake) a component of its own, which no package holds yet.
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/en-us-tiny-litert DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/models COMPONENT litert)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/data/knowledge/ DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/knowledge)
install(FILES ${PROJECT_SOURCE_DIR}/docs/eval/questions.jsonl ${PROJECT_SOURCE_DIR}/docs/eval/outside.jsonl DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/eval)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/packs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/packs)
install(FILES ${EUPHONE_SHARE}/packs/en-us/lexicon.bin DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/packs/en-us)
install(FILES ${EUPHONE_SHARE}/passages.db DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone)
install(FILES contract/phones.en-us.json DESTINATION ${CMAKE_INSTALL_DATADIR}/euphone/packs/en-us RENAME phones.json)
install(FILES LICENSE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# What the program tells of itself in files: its manual page, and what shells complete. Shells find them by these names.
set(manual ${PROJECT_BINARY_DIR}/share/man/man1/euphone.1)
add_custom_command(OUTPUT ${manual}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share/man/man1
  COMMAND euphone_cli manual > ${manual}
  DEPENDS euphone_cli COMMENT "Writing the manual page" VERBATIM)
install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

set(completions "")
function(euphone_completions shell place)
  cmake_path(GET place PARENT_PATH folder)
  set(file ${PROJECT_BINARY_DIR}/share/${place})
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share/${folder}
    COMMAND euphone_cli completions ${shell} > ${file}
    DEPENDS euphone_cli COMMENT "Writing completions for ${shell}" VERBATIM)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
  set(completions ${completions} ${file} PARENT_SCOPE)
endfunction()
euphone_completions(bash bash-completion/completions/euphone)
euphone_completions(zsh zsh/site-functions/_euphone)
euphone_completions(fish fish/vendor_completions.d/euphone.fish)
add_custom_target(euphone_manual ALL DEPENDS ${manual} ${completions})

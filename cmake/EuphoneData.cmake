# Lays out <build>/share/euphone as it will be installed, so that the program finds its data in the same relative place:
#   packs/en-us/   language pack: phones, weak forms, compiled lexicon
#   knowledge/     what the coach knows
#   eval/          questions to try language models with
#   passages.db    the search's index of it and of the lessons
#   models/NAME/   bundles (links to the source tree: editing a bundle needs no rebuild)
# With EUPHONE_DATA_FROM, what is compiled here is taken from another build's share/euphone: a sanitized program needs minutes for it.
set(EUPHONE_DATA_FROM "" CACHE PATH "share/euphone of another build of the same tree, to take the compiled data from")
set(EUPHONE_SHARE ${PROJECT_BINARY_DIR}/share/euphone)
file(MAKE_DIRECTORY ${EUPHONE_SHARE}/packs/en-us ${EUPHONE_SHARE}/models)

add_subdirectory(tools/compile_lexicon)
add_subdirectory(tools/compile_passages)
set(lexicon ${EUPHONE_SHARE}/packs/en-us/lexicon.bin)
set(passages ${EUPHONE_SHARE}/passages.db)
set(phones ${PROJECT_SOURCE_DIR}/contract/phones.en-us.json)

file(GLOB pack_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/packs/en-us/*)
file(CREATE_LINK ${phones} ${EUPHONE_SHARE}/packs/en-us/phones.json SYMBOLIC)
foreach(file IN LISTS pack_files)
  get_filename_component(name ${file} NAME)
  file(CREATE_LINK ${file} ${EUPHONE_SHARE}/packs/en-us/${name} SYMBOLIC)
endforeach()
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/data/knowledge ${EUPHONE_SHARE}/knowledge SYMBOLIC)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/docs/eval ${EUPHONE_SHARE}/eval SYMBOLIC)
file(GLOB bundles CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*/manifest.json)
if(NOT EUPHONE_HAS_LITERT)
  list(FILTER bundles EXCLUDE REGEX "-litert/manifest.json$")
endif()
foreach(manifest IN LISTS bundles)
  get_filename_component(bundle ${manifest} DIRECTORY)
  get_filename_component(name ${bundle} NAME)
  file(CREATE_LINK ${bundle} ${EUPHONE_SHARE}/models/${name} SYMBOLIC)
endforeach()

if(EUPHONE_DATA_FROM)
  file(CREATE_LINK ${EUPHONE_DATA_FROM}/packs/en-us/lexicon.bin ${lexicon} SYMBOLIC)
  file(CREATE_LINK ${EUPHONE_DATA_FROM}/passages.db ${passages} SYMBOLIC)
  add_custom_target(euphone_data ALL)
else()
  add_custom_command(OUTPUT ${lexicon}
    COMMAND euphone_compile_lexicon ${phones} ${EUPHONE_CMUDICT} ${lexicon}
    DEPENDS euphone_compile_lexicon ${phones} ${EUPHONE_CMUDICT}
    COMMENT "Compiling the lexicon" VERBATIM)
  set(embedder ${PROJECT_SOURCE_DIR}/models/en-embedder)
  file(GLOB_RECURSE topics CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/knowledge/*.md)
  file(GLOB lessons CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/packs/en-us/lessons/*)
  add_custom_command(OUTPUT ${passages}
    COMMAND euphone_compile_passages ${phones} ${PROJECT_SOURCE_DIR}/data/knowledge ${PROJECT_SOURCE_DIR}/packs/en-us/lessons ${embedder} ${passages}
    DEPENDS ${phones} ${topics} ${lessons} ${embedder}/manifest.json ${PROJECT_SOURCE_DIR}/engine/retrieve/passage.cc ${PROJECT_SOURCE_DIR}/engine/text/word_pieces.cc ${PROJECT_SOURCE_DIR}/engine/store/migrations.cc
    COMMENT "Making the index of what the tutor knows" VERBATIM)
  add_custom_target(euphone_data ALL DEPENDS ${lexicon} ${passages})
endif()

# flite::flite: the synthetic reference voices and what they speak with. flite has no pkg-config file.
# FLITE_LIBRARIES: their names, for euphone.pc and for the installed package.
set(FLITE_LIBRARIES flite_cmu_us_slt flite_cmu_us_rms flite_usenglish flite_cmulex flite)
find_path(FLITE_INCLUDE_DIR flite/flite.h REQUIRED)
add_library(flite::flite INTERFACE IMPORTED)
target_include_directories(flite::flite INTERFACE ${FLITE_INCLUDE_DIR})
foreach(name IN LISTS FLITE_LIBRARIES)
  find_library(FLITE_LIBRARY_${name} ${name} REQUIRED)
  target_link_libraries(flite::flite INTERFACE ${FLITE_LIBRARY_${name}})
  string(APPEND EUPHONE_PC_FLITE " -l${name}")
endforeach()

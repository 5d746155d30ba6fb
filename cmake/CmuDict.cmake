# EUPHONE_CMUDICT: the pronouncing dictionary that the lexicon is compiled from.
include(FetchPackage)
set(EUPHONE_CMUDICT "" CACHE FILEPATH "A copy of cmudict.dict; empty: the pinned one is fetched")
if(NOT EUPHONE_CMUDICT)
  euphone_fetch(cmudict)
  set(EUPHONE_CMUDICT ${EUPHONE_DEPS_DIR}/cmudict/cmudict.dict)
endif()

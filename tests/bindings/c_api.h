/* What the tests of the C API share. */
#ifndef EUPHONE_C_API_TEST_H
#define EUPHONE_C_API_TEST_H

#include <stdio.h>

#include "euphone.h"

extern int failures;

/* Goes on after a failure, and tells all of them. */
#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                             \
    }                                                                         \
  } while (0)

/* The call of operator new in this thread, counted from now, that fails; 0: none. */
void fail_allocation(long number);

#endif

#pragma once

#include <libpq-fe.h>

#include "base/result.h"

namespace euphone::fleet {

// The functions of libpq that are used, by their own names.
#define EUPHONE_EACH_OF_PQ(each)                                                               \
  each(PQconnectdbParams) each(PQpingParams) each(PQstatus) each(PQerrorMessage) each(PQreset) \
      each(PQfinish) each(PQexec) each(PQprepare) each(PQexecPrepared) each(PQresultStatus)    \
          each(PQclear) each(PQntuples) each(PQgetisnull) each(PQgetvalue) each(PQgetlength)   \
              each(PQcmdTuples) each(PQresultErrorField) each(PQsetNoticeProcessor)            \
                  each(PQserverVersion)

/// libpq, found when a PostgreSQL is named: it brings twenty libraries along, which would be loaded
/// whenever the program starts. Only postgres_*.cc include this header.
struct PostgresApi {
#define EUPHONE_HOLD(name) decltype(&::name) name = nullptr;
  EUPHONE_EACH_OF_PQ(EUPHONE_HOLD)
#undef EUPHONE_HOLD
};

/// Loads it; once. Fails: kNotFound (it is not installed), kUnsupported (too old). Thread: any.
Result<const PostgresApi*> LoadPostgres();

}  // namespace euphone::fleet

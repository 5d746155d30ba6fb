#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http.h"

namespace euphone::server {

/// Where a handler runs: at once, in the thread that carries all connections, or among the workers,
/// because it computes.
enum class Where { kHere, kWorkers };

/// Who may ask when the server is open to the network.
enum class Access {
  kAnybody,
  kLearners,  ///< Who is paired, devices of one learner too: the handler heeds Request::only.
  kPaired,    ///< Who is paired and may see everybody's things.
};

struct Route {
  Method method = Method::kGet;
  std::string pattern = {};  ///< "/api/v1/lessons/{name}": a place takes one segment.
  Where where = Where::kHere;
  Access access = Access::kPaired;
  std::size_t most_body = 0;  ///< Bytes that a request may carry.
  std::function<Response(const Request&)> handle = nullptr;
};

/// Finds who answers a request. GET routes answer HEAD, too. Thread: const calls from any.
class Router {
 public:
  void Add(Route route);

  struct Match {
    const Route* route = nullptr;  ///< Null: nobody; `status` says why.
    int status = 404;              ///< 400 (no path of ours), 404 or 405.
    std::string allowed = {};      ///< With 405: "GET, HEAD".
  };
  /// A path that a pattern spells out is not for one with a place there, whatever the method. Fills
  /// in request.places where there is a route.
  Match Find(Request& request) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace euphone::server

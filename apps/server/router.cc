#include "server/router.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "server/url.h"

namespace euphone::server {
namespace {

using Places = std::vector<std::pair<std::string, std::string>>;

bool IsPlace(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }

bool Fits(std::string_view pattern, const std::vector<std::string>& segments, Places& places) {
  places.clear();
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view part = pattern.substr(0, end);
    if (at == segments.size()) return false;
    const std::string& segment = segments[at++];
    if (IsPlace(part)) {
      if (segment.empty()) return false;
      places.emplace_back(part.substr(1, part.size() - 2), segment);
    } else if (segment != part) {
      return false;
    }
    pattern.remove_prefix(end);
  }
  return at == segments.size();
}

std::string_view MethodName(Method method) {
  if (method == Method::kPost) return "POST";
  if (method == Method::kPatch) return "PATCH";
  return method == Method::kDelete ? "DELETE" : "GET, HEAD";
}

}  // namespace

void Router::Add(Route route) { routes_.push_back(std::move(route)); }

Router::Match Router::Find(Request& request) const {
  const auto segments = PathSegments(request.path);
  if (!segments) return {.status = 400, .allowed = ""};
  Match match;
  Places found;
  std::optional<std::size_t> fewest;
  for (const Route& route : routes_) {
    Places places;
    if (!Fits(route.pattern, *segments, places)) continue;
    if (fewest && places.size() > *fewest) continue;
    if (fewest && places.size() < *fewest) match = {};
    fewest = places.size();
    const bool head = request.method == Method::kHead && route.method == Method::kGet;
    if (route.method == request.method || head) {
      match.route = &route;
      found = std::move(places);
    }
    match.allowed += match.allowed.empty() ? "" : ", ";
    match.allowed += MethodName(route.method);
  }
  if (match.route == nullptr) {
    match.status = fewest ? 405 : 404;
    return match;
  }
  request.places = std::move(found);
  return {.route = match.route, .status = 200, .allowed = ""};
}

}  // namespace euphone::server

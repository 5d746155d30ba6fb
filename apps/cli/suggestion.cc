#include "suggestion.h"

#include <algorithm>
#include <cstddef>

#include "exit_code.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kFarthest = 2;

/// Optimal string alignment distance: how many letters to add, leave out, change or swap.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string Nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t least = kFarthest + 1;
  for (const std::string& candidate : known) {
    // Nobody means a long word by a longer one, and the table would be large.
    if (word.size() > candidate.size() + kFarthest) continue;
    const bool begun = word.size() > 2 && candidate.starts_with(word);
    const std::size_t distance = begun ? 1 : Distance(word, candidate);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string UnknownCommand(std::string_view word, const std::vector<std::string>& commands) {
  const std::string what = "no command '" + Shortened(word) + "'";
  if (word == "help") return what + "; did you mean --help?";
  if (const std::string nearest = Nearest(word, commands); !nearest.empty())
    return what + "; did you mean '" + nearest + "'?";
  std::string list;
  for (const std::string& command : commands) list += (list.empty() ? "" : ", ") + command;
  return what + "; there are: " + list;
}

}  // namespace euphone::cli

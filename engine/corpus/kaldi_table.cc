#include "corpus/kaldi_table.h"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "base/file.h"

namespace euphone {

namespace fs = std::filesystem;

Result<KaldiTable> ReadKaldiTable(const fs::path& file, std::size_t max_bytes, bool values) {
  constexpr std::string_view kSpace = " \t\r";
  const auto content = ReadFile(file, max_bytes);
  if (!content) return content.error();
  KaldiTable table;
  std::string_view rest = *content;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    while (!line.empty() && kSpace.find(line.back()) != std::string_view::npos)
      line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t end = line.find_first_of(kSpace);
    const std::size_t value = line.find_first_not_of(kSpace, end);
    if (end == 0 || (values && value == std::string_view::npos))
      return Error{Errc::kCorrupt,
                   file.string() + " line " + std::to_string(number) + ": is no name and value"};
    table.emplace_back(line.substr(0, end),
                       value == std::string_view::npos ? std::string_view() : line.substr(value));
  }
  return table;
}

Result<std::map<std::string, std::string>> ReadKaldiMap(const fs::path& file, std::size_t max_bytes,
                                                        bool optional, bool values) {
  std::error_code ignored;
  if (optional && !fs::exists(file, ignored)) return std::map<std::string, std::string>();
  auto table = ReadKaldiTable(file, max_bytes, values);
  if (!table) return table.error();
  return std::map<std::string, std::string>(table->begin(), table->end());
}

}  // namespace euphone

#pragma once

#include <string>
#include <string_view>

namespace euphone {

/// RFC 4180: fields with a comma, a quote or a line break stand in quotes, quotes are doubled.
std::string CsvField(std::string_view text);

/// Appends the fields as a line.
template <class Fields>
void AddCsvLine(const Fields& fields, std::string& csv) {
  bool first = true;
  for (const auto& field : fields) {
    if (!first) csv += ',';
    csv += CsvField(field);
    first = false;
  }
  csv += "\r\n";
}

}  // namespace euphone

#include "llm/as_data.h"

namespace euphone::llm {

std::string AsData(std::string_view from, std::string_view json) {
  std::string data = "<data from=\"";
  for (const char c : from) data += (c >= 'a' && c <= 'z') || c == '_' ? c : '?';
  data += "\">\n";
  for (const char c : json) {
    if (c == '<')
      data += "\\u003c";  // In JSON the same.
    else
      data += c;
  }
  return data + "\n</data>";
}

}  // namespace euphone::llm

#include "server/multipart.h"

#include <algorithm>

namespace euphone::server {
namespace {

constexpr std::size_t kMostFields = 16;
constexpr std::size_t kMostFieldHead = 4096;
constexpr std::size_t kMostBoundary = 70;

bool SameLetters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [&](char x, char y) { return lower(x) == lower(y); });
}

/// The parameter `name` of a header's value: name="field" or name=field; empty where it has none.
std::string ParameterOf(std::string_view value, std::string_view name) {
  for (std::size_t at = value.find(';'); at != std::string_view::npos; at = value.find(';', at)) {
    at = std::min(value.find_first_not_of(" \t", at + 1), value.size());
    const std::size_t equals = value.find('=', at);
    if (equals == std::string_view::npos) return "";
    const bool wanted = SameLetters(value.substr(at, equals - at), name);
    std::string content;
    at = equals + 1;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        content += value[at];
      }
    } else {
      const std::size_t end = std::min(value.find_first_of("; \t", at), value.size());
      content = value.substr(at, end - at);
      at = end;
    }
    if (wanted) return content;
  }
  return "";
}

/// The name in the lines before a field's content; empty where there is none.
std::string FieldName(std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (SameLetters(line.substr(0, colon), "content-disposition"))
      return ParameterOf(line.substr(colon + 1), "name");
  }
  return "";
}

}  // namespace

std::string BoundaryOf(std::string_view type) {
  constexpr std::string_view kForm = "multipart/form-data";
  if (type.size() < kForm.size() || !SameLetters(type.substr(0, kForm.size()), kForm)) return "";
  std::string boundary = ParameterOf(type, "boundary");
  return boundary.size() <= kMostBoundary ? boundary : "";
}

Result<std::vector<FormField>> ParseForm(std::string_view body, std::string_view boundary) {
  const Error broken{Errc::kCorrupt, "the form in the body breaks off; send it again"};
  const std::string mark = "--" + std::string(boundary);
  if (!body.starts_with(mark)) {
    const std::size_t first = body.find("\r\n" + mark);
    if (first == std::string_view::npos) return broken;
    body.remove_prefix(first + 2);
  }
  body.remove_prefix(mark.size());
  std::vector<FormField> form;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return broken;
    const std::size_t head_end = body.substr(0, kMostFieldHead).find("\r\n\r\n");
    if (head_end == std::string_view::npos || form.size() == kMostFields) return broken;
    const std::string_view head = head_end < 2 ? "" : body.substr(2, head_end - 2);
    body.remove_prefix(head_end + 4);
    const std::size_t end = body.find("\r\n" + mark);
    if (end == std::string_view::npos) return broken;
    form.push_back({FieldName(head), body.substr(0, end)});
    body.remove_prefix(end + 2 + mark.size());
  }
  return form;
}

const FormField* FindField(const std::vector<FormField>& form, std::string_view name) {
  const auto found =
      std::find_if(form.begin(), form.end(), [&](const FormField& f) { return f.name == name; });
  return found == form.end() ? nullptr : &*found;
}

}  // namespace euphone::server

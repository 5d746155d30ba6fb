#pragma once

#include <string>
#include <string_view>

namespace euphone::http {

/// Text of others as a terminal may have it: line feeds and tabs stay; other control characters,
/// among them those that begin an escape sequence (ESC, and C1 in UTF-8), and what turns the
/// direction of writing are left out, and so are bytes that are no UTF-8. `text` is cut between
/// characters. Pure.
std::string Printable(std::string_view text);

/// The same on one line, and no longer than `most` bytes: for messages.
std::string OneLine(std::string_view text, std::size_t most);

}  // namespace euphone::http

#include "lesson/epub.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <vector>

namespace euphone {
namespace {

constexpr std::size_t kMostBookBytes = std::size_t{64} << 20, kMostChapters = 2000;

Error NoBook() {
  return {Errc::kUnsupported, "the book is no EPUB; bring in an .epub file, or its text"};
}

Error Broken(const std::string& what) { return {Errc::kCorrupt, "the book is damaged: " + what}; }

using Parts = std::map<std::string, std::string, std::less<>>;

bool IsRead(const std::string& name) {
  constexpr std::array<std::string_view, 5> kKinds{".xhtml", ".html", ".htm", ".xml", ".opf"};
  return std::ranges::any_of(kKinds, [&](std::string_view kind) { return name.ends_with(kind); });
}

/// Those files of the archive that hold text.
Result<Parts> Unpacked(std::string_view content) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(),
                                                                   archive_read_free);
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), content.data(), content.size()) != ARCHIVE_OK)
    return NoBook();
  Parts parts;
  std::size_t bytes = 0;
  archive_entry* entry = nullptr;
  int code = ARCHIVE_OK;
  while ((code = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK) {
    const char* const path = archive_entry_pathname_utf8(entry);
    const std::string name = path == nullptr ? "" : path;
    if (!IsRead(name)) continue;
    std::string& part = parts[name];
    std::array<char, 65536> block{};
    la_ssize_t got = 0;
    while ((got = archive_read_data(zip.get(), block.data(), block.size())) > 0) {
      part.append(block.data(), static_cast<std::size_t>(got));
      bytes += static_cast<std::size_t>(got);
      if (bytes > kMostBookBytes)
        return Error{Errc::kTooLarge, "the book is too large; 64 MiB of text are read at most"};
    }
    if (got < 0) return Broken(name + " cannot be unpacked");
  }
  if (code != ARCHIVE_EOF) return parts.empty() ? NoBook() : Broken("it ends too early");
  return parts;
}

/// Without a prefix: "dc:title" is a title.
std::string_view NameOf(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node Descendant(const pugi::xml_node& from, std::string_view name) {
  return from.find_node([name](const pugi::xml_node& node) { return NameOf(node) == name; });
}

std::string Unescaped(std::string_view href) {
  std::string path;
  href = href.substr(0, href.find('#'));
  for (std::size_t i = 0; i < href.size(); ++i) {
    const std::string digits(href.substr(i + 1 > href.size() ? href.size() : i + 1, 2));
    if (href[i] == '%' && digits.size() == 2 &&
        digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos) {
      path += static_cast<char>(std::stoi(digits, nullptr, 16));
      i += 2;
    } else {
      path += href[i];
    }
  }
  return path;
}

/// `href` as it is meant in a file of that folder: "text/../a.xhtml" is "a.xhtml".
std::string Resolved(const std::string& folder, std::string_view href) {
  std::vector<std::string> segments;
  std::string path = folder + Unescaped(href) + "/";
  for (std::size_t at = 0, end = 0; (end = path.find('/', at)) != std::string::npos; at = end + 1) {
    const std::string segment = path.substr(at, end - at);
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (segment != ".." && segment != "." && !segment.empty()) segments.push_back(segment);
  }
  std::string resolved;
  for (const std::string& segment : segments) resolved += (resolved.empty() ? "" : "/") + segment;
  return resolved;
}

bool IsBlock(std::string_view name) {
  constexpr std::array<std::string_view, 15> kBlocks{"p",  "h1", "h2",         "h3",  "h4",
                                                     "h5", "h6", "li",         "dd",  "dt",
                                                     "td", "th", "blockquote", "div", "br"};
  return std::ranges::find(kBlocks, name) != kBlocks.end();
}

bool IsPassedOver(std::string_view name) {
  constexpr std::array<std::string_view, 8> kOver{"head", "script", "style", "nav",
                                                  "svg",  "math",   "rt",    "rp"};
  return std::ranges::find(kOver, name) != kOver.end();
}

/// HTML's names of signs, which XML does not know.
std::string WithSigns(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSigns{{{"&nbsp;", " "},
                                                                                 {"&shy;", ""},
                                                                                 {"&ndash;", "–"},
                                                                                 {"&mdash;", "—"},
                                                                                 {"&hellip;", "…"},
                                                                                 {"&lsquo;", "‘"},
                                                                                 {"&rsquo;", "’"},
                                                                                 {"&ldquo;", "“"},
                                                                                 {"&rdquo;", "”"}}};
  std::string with(text);
  for (const auto& [name, sign] : kSigns) {
    for (std::size_t at = 0; (at = with.find(name, at)) != std::string::npos; at += sign.size())
      with.replace(at, name.size(), sign);
  }
  return with;
}

/// Adds what a chapter says; each block is a paragraph.
void AddText(const pugi::xml_node& node, std::string& text, int depth = 0) {
  constexpr int kDeepest = 200;  // No page of a book is nested like that.
  if (depth > kDeepest) return;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      for (const char c : WithSigns(child.value())) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
          text += c;
        else if (!text.empty() && text.back() != ' ' && text.back() != '\n')
          text += ' ';
      }
      continue;
    }
    const std::string_view name = NameOf(child);
    if (IsPassedOver(name)) continue;
    const bool block = IsBlock(name);
    if (block && !text.empty() && !text.ends_with("\n\n")) text += "\n\n";
    AddText(child, text, depth + 1);
    if (block && !text.empty() && !text.ends_with("\n\n")) text += "\n\n";
  }
}

Status Load(const Parts& parts, const std::string& name, pugi::xml_document& document) {
  const auto part = parts.find(name);
  if (part == parts.end()) return Broken(name + " is missing");
  // Entities such as &nbsp; are HTML's; what is unknown stays as it is written.
  const auto parsed = document.load_buffer(part->second.data(), part->second.size(),
                                           pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return Broken(name + " is no XML: " + parsed.description());
  return {};
}

}  // namespace

Result<BookText> TextOfEpub(std::string_view content) {
  const auto parts = Unpacked(content);
  if (!parts) return parts.error();
  if (!parts->contains("META-INF/container.xml")) return NoBook();
  if (parts->contains("META-INF/encryption.xml") && parts->contains("META-INF/rights.xml")) {
    return Error{Errc::kUnsupported, "the book is locked by its seller; it cannot be read here"};
  }
  pugi::xml_document container, package;
  if (auto status = Load(*parts, "META-INF/container.xml", container); !status)
    return status.error();
  const std::string opf =
      Resolved("", Descendant(container, "rootfile").attribute("full-path").value());
  if (auto status = Load(*parts, opf, package); !status) return status.error();
  const std::string folder = opf.substr(0, opf.rfind('/') + 1);

  std::map<std::string, std::string> files;
  for (const pugi::xml_node& item : Descendant(package, "manifest").children())
    files[item.attribute("id").value()] = Resolved(folder, item.attribute("href").value());
  BookText book;
  book.title = Descendant(package, "title").text().get();
  std::size_t chapters = 0;
  for (const pugi::xml_node& chapter : Descendant(package, "spine").children()) {
    if (++chapters > kMostChapters)
      return Error{Errc::kTooLarge, "the book has more than 2000 chapters; bring in a part of it"};
    const auto file = files.find(chapter.attribute("idref").value());
    if (file == files.end() || !IsRead(file->second)) continue;
    pugi::xml_document page;
    if (auto status = Load(*parts, file->second, page); !status) return status.error();
    AddText(page, book.text);
    if (!book.text.empty() && !book.text.ends_with("\n\n")) book.text += "\n\n";
  }
  return book;
}

}  // namespace euphone

#include "lesson/epub.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Files = std::vector<std::pair<std::string, std::string>>;

std::string ZipOf(const Files& files) {
  std::string bytes(1 << 20, '\0');
  std::size_t used = 0;
  const std::unique_ptr<archive, decltype(&archive_write_free)> zip(archive_write_new(),
                                                                    archive_write_free);
  archive_write_set_format_zip(zip.get());
  archive_write_open_memory(zip.get(), bytes.data(), bytes.size(), &used);
  for (const auto& [name, content] : files) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), std::ssize(content));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_write_header(zip.get(), entry.get());
    archive_write_data(zip.get(), content.data(), content.size());
  }
  archive_write_close(zip.get());
  bytes.resize(used);
  return bytes;
}

const char* const kContainer =
    "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";

/// A book with chapters "text/1.xhtml" and so on.
Files BookOf(const std::vector<std::string>& chapters) {
  Files files = {{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", kContainer}};
  std::string manifest, spine;
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    manifest += "<item id='c" + id + "' href='text/" + id + "%2exhtml'/>";
    spine += "<itemref idref='c" + id + "'/>";
    files.emplace_back("OPS/text/" + id + ".xhtml", "<html><head><title>no</title></head><body>" +
                                                        chapters[i] + "</body></html>");
  }
  files.emplace_back(
      "OPS/book.opf",
      "<package><metadata xmlns:dc='d'><dc:title>The Fox</dc:title></metadata><manifest>" +
          manifest + "</manifest><spine>" + spine + "</spine></package>");
  return files;
}

TEST(Epub, ChaptersAreReadInOrderAndBlocksAreParagraphs) {
  const auto book = TextOfEpub(ZipOf(BookOf({"<h1>One</h1><p>A <b>red</b>\n fox&nbsp;ran.</p>",
                                             "<ul><li>It was &#39;quick&#39;.</li></ul>"})));
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_EQ(book->title, "The Fox");
  EXPECT_EQ(book->text, "One\n\nA red fox ran.\n\nIt was 'quick'.\n\n");
}

TEST(Epub, WhatIsForMachinesIsPassedOver) {
  const auto book = TextOfEpub(
      ZipOf(BookOf({"<script>var a;</script><style>p{}</style><nav><p>Contents</p></nav><p>A "
                    "fox.<!-- no --></p>"})));
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_EQ(book->text, "A fox.\n\n");
}

TEST(Epub, WhatIsNoBookIsRefusedInOneLine) {
  for (const std::string& content :
       {std::string(), std::string("PK"), std::string(1000, 'x'), ZipOf({{"a.xhtml", "<p/>"}})}) {
    const auto book = TextOfEpub(content);
    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().code, Errc::kUnsupported);
  }
}

TEST(Epub, ADamagedBookSaysWhere) {
  Files files = BookOf({"<p>A fox."});
  auto book = TextOfEpub(ZipOf(files));
  ASSERT_FALSE(book);
  EXPECT_THAT(book.error().message, HasSubstr("OPS/text/1.xhtml is no XML"));
  files = BookOf({"<p>A fox.</p>"});
  std::erase_if(files, [](const auto& file) { return file.first == "OPS/book.opf"; });
  book = TextOfEpub(ZipOf(files));
  EXPECT_THAT(book.error().message, HasSubstr("OPS/book.opf is missing"));
  const std::string whole = ZipOf(BookOf({"<p>A fox.</p>"}));
  EXPECT_FALSE(TextOfEpub(std::string_view(whole).substr(0, whole.size() / 2)));
}

TEST(Epub, DeepNestingIsNoHarm) {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<div>";
  deep += "hidden";
  for (int i = 0; i < 20000; ++i) deep += "</div>";
  const auto book = TextOfEpub(ZipOf(BookOf({"<p>A fox.</p>" + deep})));
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_EQ(book->text, "A fox.\n\n");
}

}  // namespace
}  // namespace euphone

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lesson/epub.h"
#include "lesson/lesson_pack.h"
#include "lesson/lesson_text.h"

/// Any bytes, as a book, a text and a pack: each is refused, or gives a pack that reads the same
/// once it was written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto book = euphone::TextOfEpub(bytes);
  for (const auto& pack :
       {euphone::LessonOfText(book ? std::string_view(book->text) : bytes, "fuzz", "Fuzz"),
        euphone::LessonPack::Parse(bytes, "fuzz")}) {
    if (!pack) continue;
    const auto again = euphone::LessonPack::Parse(pack->ToText(), "fuzz");
    if (again && again->ToText() == pack->ToText()) continue;
    std::fprintf(stderr, "%s\n", again ? "it reads differently" : again.error().message.c_str());
    std::abort();
  }
  return 0;
}

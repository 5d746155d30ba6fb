// compile_lexicon PHONES_JSON DICTIONARY OUTPUT: packs a CMUdict text file into a lexicon.bin.

#include <cstddef>
#include <filesystem>
#include <iostream>
#include <string>

#include "base/file.h"
#include "lexicon/compiled_lexicon.h"
#include "lexicon/lexicon_compiler.h"

namespace euphone {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{256} << 20;

Status Compile(const std::filesystem::path& phones_path, const std::filesystem::path& dictionary,
               const std::filesystem::path& output) {
  const auto phones_text = ReadFile(phones_path, kMaxBytes);
  if (!phones_text) return phones_text.error();
  const auto phones = PhoneSet::Parse(*phones_text);
  if (!phones) return Prefixed(phones_path.string(), phones.error());
  const auto text = ReadFile(dictionary, kMaxBytes);
  if (!text) return text.error();
  const auto entries = ParseDictionary(*text, *phones);
  if (!entries) return Prefixed(dictionary.string(), entries.error());
  const auto bytes = CompileLexicon(*entries, *phones);
  if (!bytes) return Prefixed(dictionary.string(), bytes.error());
  if (const auto written = WriteFileAtomically(output, *bytes); !written) return written.error();
  const auto lexicon = CompiledLexicon::Open(output, *phones);
  if (!lexicon) return lexicon.error();
  std::cout << output.string() << ": " << lexicon->word_count() << " words, "
            << lexicon->entry_count() << " pronunciations, " << bytes->size() << " bytes\n";
  return {};
}

}  // namespace
}  // namespace euphone

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: compile_lexicon PHONES_JSON DICTIONARY OUTPUT\n";
    return 2;
  }
  if (const auto done = euphone::Compile(argv[1], argv[2], argv[3]); !done) {
    std::cerr << "compile_lexicon: " << done.error().message << '\n';
    return 1;
  }
  return 0;
}

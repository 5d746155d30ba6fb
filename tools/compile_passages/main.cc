// compile_passages PHONES_JSON KNOWLEDGE LESSONS EMBEDDER OUTPUT: the index of what the tutor's
// search finds in what comes with the program, with its vectors, so that no device computes it.

#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "base/file.h"
#include "embed/byte_encoder.h"
#include "lesson/lesson_pack.h"
#include "model/bundle.h"
#include "retrieve/embedder.h"
#include "tutor/knowledge_folder.h"
#include "tutor/search.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

Result<std::shared_ptr<const Knowledge>> ReadKnowledge(const fs::path& phones_path,
                                                       const fs::path& folder) {
  const auto text = ReadFile(phones_path, std::size_t{1} << 20);
  if (!text) return text.error();
  const auto phones = PhoneSet::Parse(*text);
  if (!phones) return Prefixed(phones_path.string(), phones.error());
  auto knowledge = OpenKnowledgeFolder(folder, *phones);
  if (!knowledge) return knowledge.error();
  std::shared_ptr<const Knowledge> shared =
      std::make_shared<const Knowledge>(*std::move(knowledge));
  return shared;
}

Result<std::vector<LessonPack>> ReadLessons(const fs::path& folder) {
  std::vector<LessonPack> packs;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    auto pack = LessonPack::Open(entry.path());
    if (!pack) return pack.error();
    packs.push_back(*std::move(pack));
  }
  return packs;
}

Status Compile(char** paths) {
  auto knowledge = ReadKnowledge(paths[1], paths[2]);
  if (!knowledge) return knowledge.error();
  const auto lessons = ReadLessons(paths[3]);
  if (!lessons) return lessons.error();
  const auto bundle = Bundle::Open(paths[4]);
  if (!bundle) return bundle.error();
  auto encoder = OpenSentenceEncoder(*bundle);
  if (!encoder) return encoder.error();
  SearchParts parts{.lexicon = nullptr, .knowledge = *std::move(knowledge)};
  parts.embedder =
      std::make_shared<const Embedder>(std::shared_ptr<const SentenceEncoder>(*std::move(encoder)));
  auto database = PassagesInMemory();
  if (!database) return database.error();
  if (auto status = UpdateIndex(parts, *lessons, *database); !status) return status;
  const fs::path output = paths[5], unfinished = output.string() + ".part";
  std::error_code failed;
  fs::remove(unfinished, failed);
  if (auto status = database->CopyTo(unfinished); !status) return status;
  fs::rename(unfinished, output, failed);
  if (failed) return Error{Errc::kIo, output.string() + ": " + failed.message()};
  std::cout << output.string() << ": " << fs::file_size(output, failed) << " bytes\n";
  return {};
}

}  // namespace
}  // namespace euphone

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: compile_passages PHONES_JSON KNOWLEDGE LESSONS EMBEDDER OUTPUT\n";
    return 2;
  }
  if (const auto done = euphone::Compile(argv); !done) {
    std::cerr << "compile_passages: " << done.error().message << '\n';
    return 1;
  }
  return 0;
}

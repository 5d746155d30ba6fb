#include "tutor_parts.h"

#include <future>
#include <system_error>
#include <utility>

#include "embed/byte_encoder.h"
#include "lessons.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

Result<std::shared_ptr<const Embedder>> OpenEmbedder(const fs::path& data,
                                                     const InstallationOptions& options) {
  std::shared_ptr<const Embedder> none;
  if (options.embedder == "none") return none;
  const fs::path path = BundlePath(data, options.embedder);
  std::error_code ignored;
  // The one that comes with the program may be left away where there is little room.
  const bool named = options.embedder != InstallationOptions().embedder;
  if (!named && !fs::exists(path, ignored)) return none;
  const auto bundle = Bundle::Open(path);
  if (!bundle) return bundle.error();
  auto encoder = OpenSentenceEncoder(*bundle);
  if (!encoder) return encoder.error();
  std::shared_ptr<const Embedder> embedder = std::make_shared<const Embedder>(*std::move(encoder));
  return embedder;
}

std::shared_ptr<const SearchParts> Together(const fs::path& data,
                                            std::shared_ptr<const Lexicon> lexicon,
                                            std::shared_ptr<const Knowledge> knowledge,
                                            std::shared_ptr<const Embedder> embedder) {
  return std::make_shared<const SearchParts>(SearchParts{.lexicon = std::move(lexicon),
                                                         .knowledge = std::move(knowledge),
                                                         .embedder = std::move(embedder),
                                                         .shipped = data / "passages.db"});
}

}  // namespace

Result<std::shared_ptr<const SearchParts>> OpenSearchParts(
    const InstallationOptions& options, std::shared_ptr<const Lexicon> lexicon,
    std::shared_ptr<const Knowledge> knowledge) {
  const auto data = FindData(options);
  if (!data) return data.error();
  auto embedder = OpenEmbedder(*data, options);
  if (!embedder) return embedder.error();
  return Together(*data, std::move(lexicon), std::move(knowledge), *std::move(embedder));
}

Result<TutorParts> OpenTutorParts(const InstallationOptions& options) {
  const auto data = FindData(options);
  if (!data) return data.error();
  // Takes as long as all the rest.
  auto opening = std::async(std::launch::async, [&] { return OpenEmbedder(*data, options); });
  auto lexicon = OpenLexicon(options);
  if (!lexicon) return lexicon.error();
  auto knowledge = OpenKnowledge(options, (*lexicon)->pack());
  if (!knowledge) return knowledge.error();
  if (*knowledge == nullptr) {
    return Error{Errc::kNotFound, "the tutor knows nothing of '" + options.language +
                                      "': there is no " + (*data / "knowledge").string()};
  }
  TutorParts parts;
  auto lessons = OpenLessons(options);
  if (!lessons) return lessons.error();
  parts.lessons = *std::move(lessons);
  auto embedder = opening.get();
  if (!embedder) return embedder.error();
  parts.search = Together(*data, *std::move(lexicon), *std::move(knowledge), *std::move(embedder));
  return parts;
}

}  // namespace euphone::cli

#include <optional>
#include <string>

#include "server/store_api.h"
#include "server/url.h"
#include "server/wav.h"
#include "store/clock.h"
#include "store/learners.h"
#include "store/portable.h"
#include "store/takes.h"
#include "store/zip_writer.h"

namespace euphone::server {
namespace {

/// It is made in memory, so that nothing of it is on the disk unencrypted; what is larger is for
/// `euphone store export`.
constexpr std::size_t kMostArchive = std::size_t{256} << 20;

Response Download(const char* type, const std::string& name, Result<std::string> content) {
  if (!content) return FailureOf(content.error());
  return {.type = type,
          .body = *std::move(content),
          .headers = {{"Content-Disposition", "attachment; filename=\"" + name + "\""}}};
}

Result<std::string> Archive(Store& store, const TakeSelection& selection) {
  ZipWriter zip(kMostArchive);
  const auto exported = ExportTo(
      [&zip](const std::string& name, std::string_view content) { return zip.Add(name, content); },
      store, {.learner = selection.learner, .takes = selection.takes});
  if (!exported) return exported.error();
  return zip.Finish();
}

Result<std::string> Deck(const Context& context, Store& store, const TakeSelection& selection) {
  if (!selection.learner)
    return Error{Errc::kInvalidArgument, "a deck is one learner's; say whose with `learner`"};
  const auto say = [&](const std::string& word) -> Result<std::string> {
    const auto said = context.parts.voice->Say(word, Pace::kNormal);
    if (!said) return said.error();
    return WavOf(said->samples, said->rate);
  };
  auto deck = MakeAnkiDeck(store, *selection.learner, say, NowMs());
  if (!deck) return deck.error();
  return std::move(deck->content);
}

Result<TakeSelection> SelectionOf(Store& store, const Query& query) {
  TakeSelection selection;
  if (const std::string* uuid = query.Find("learner"); uuid != nullptr && !uuid->empty()) {
    const auto learner = GetLearner(store, std::string_view(*uuid));
    if (!learner) return learner.error();
    selection.learner = learner->id;
  }
  for (const std::string& uuid : query.FindAll("take")) {
    const auto take = GetTake(store, std::string_view(uuid));
    if (!take) return take.error();
    selection.takes.push_back(take->id);
  }
  return selection;
}

Response Export(Context& context, Store& store, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  auto selection = SelectionOf(store, *query);
  if (!selection) return FailureOf(selection.error());
  const auto only = OnlyLearner(store, request);
  if (!only) return FailureOf(only.error());
  if (*only) selection->learner = *only;
  const std::string* const format = query->Find("format");
  const std::string name = format == nullptr ? "" : *format;
  if (name == "takes.csv")
    return Download("text/csv; charset=utf-8", name, TakesCsv(store, *selection));
  if (name == "sounds.csv")
    return Download("text/csv; charset=utf-8", name, SoundsCsv(store, *selection));
  if (name == "deck.apkg")
    return Download("application/octet-stream", name, Deck(context, store, *selection));
  if (name == "archive.zip")
    return Download("application/zip", "euphone.zip", Archive(store, *selection));
  return Failure(400, "invalid_argument",
                 "`format` must be takes.csv, sounds.csv, deck.apkg or archive.zip");
}

}  // namespace

void AddExportRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/export",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) {
                return WithStore(context,
                                 [&](Store& store) { return Export(context, store, request); });
              }});
}

}  // namespace euphone::server

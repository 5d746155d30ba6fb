#include <string>
#include <utility>
#include <vector>

#include "server/store_api.h"
#include "server/url.h"
#include "server/wav.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/learners.h"
#include "store/portable.h"
#include "store/takes.h"
#include "store/zip_writer.h"

namespace euphone::server {
namespace {

/// It is made in memory, so that nothing of it is on the disk unencrypted; what is larger is for
/// `euphone store export`.
constexpr std::size_t kMostArchive = std::size_t{256} << 20;

/// Without it spreadsheets take names in UTF-8 for something else.
constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";

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

/// What is asked for, by query or by body.
struct ExportRequest {
  std::string format;
  std::string learner;             ///< UUID; empty: all.
  std::vector<std::string> takes;  ///< UUIDs; empty: all.
};

Result<ExportRequest> ExportRequestIn(const Request& request) {
  ExportRequest wanted;
  if (request.method != Method::kPost) {
    const auto query = Query::Parse(request.query);
    if (!query) return Error{Errc::kInvalidArgument, "the query cannot be read"};
    if (const std::string* format = query->Find("format")) wanted.format = *format;
    if (const std::string* learner = query->Find("learner")) wanted.learner = *learner;
    wanted.takes = query->FindAll("take");
    return wanted;
  }
  const auto json = ObjectIn(request);
  if (!json) return json.error();
  for (const auto& [name, to] :
       {std::pair{"format", &wanted.format}, {"learner", &wanted.learner}}) {
    auto text = TextIn(*json, name);
    if (!text) return text.error();
    if (!text->empty()) *to = *std::move(text);
  }
  auto takes = TextsIn(*json, "takes");
  if (!takes) return takes.error();
  wanted.takes = *std::move(takes);
  return wanted;
}

Result<TakeSelection> SelectionOf(Store& store, const ExportRequest& wanted) {
  TakeSelection selection;
  if (!wanted.learner.empty()) {
    const auto learner = GetLearner(store, std::string_view(wanted.learner));
    if (!learner) return learner.error();
    selection.learner = learner->id;
  }
  for (const std::string& uuid : wanted.takes) {
    const auto take = GetTake(store, std::string_view(uuid));
    if (!take) return take.error();
    selection.takes.push_back(take->id);
  }
  return selection;
}

Result<std::string> Class(Store& store, const TakeSelection& selection) {
  if (selection.learner || !selection.takes.empty())
    return Error{Errc::kInvalidArgument, "class.csv is of all learners and all of their takes"};
  auto csv = ClassCsv(store, DayOf(NowMs() + UtcOffsetMs()));
  if (!csv) return csv.error();
  return kByteOrderMark + *csv;
}

Response Export(Context& context, Store& store, const Request& request) {
  const auto wanted = ExportRequestIn(request);
  if (!wanted) return FailureOf(wanted.error());
  auto selection = SelectionOf(store, *wanted);
  if (!selection) return FailureOf(selection.error());
  const auto only = OnlyLearner(store, request);
  if (!only) return FailureOf(only.error());
  if (*only) selection->learner = *only;
  const std::string& name = wanted->format;
  constexpr const char* kCsv = "text/csv; charset=utf-8";
  if (name == "takes.csv") return Download(kCsv, name, TakesCsv(store, *selection));
  if (name == "sounds.csv") return Download(kCsv, name, SoundsCsv(store, *selection));
  if (name == "class.csv") return Download(kCsv, name, Class(store, *selection));
  if (name == "deck.apkg")
    return Download("application/octet-stream", name, Deck(context, store, *selection));
  if (name == "archive.zip")
    return Download("application/zip", "euphone.zip", Archive(store, *selection));
  return Failure(400, "invalid_argument",
                 "`format` must be takes.csv, sounds.csv, class.csv, deck.apkg or archive.zip");
}

}  // namespace

void AddExportRoutes(Router& router, Context& context) {
  for (const Method method : {Method::kGet, Method::kPost}) {
    router.Add({.method = method,
                .pattern = "/api/v1/export",
                .where = Where::kWorkers,
                .access = Access::kLearners,
                .most_body = method == Method::kPost ? kMostListBody : 0,
                .handle = [&context](const Request& request) {
                  return WithStore(context,
                                   [&](Store& store) { return Export(context, store, request); });
                }});
  }
}

}  // namespace euphone::server

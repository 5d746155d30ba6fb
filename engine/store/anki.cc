#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "report/format.h"
#include "store/database.h"
#include "store/portable.h"
#include "store/progress.h"
#include "store/takes.h"
#include "store/zip_writer.h"

namespace euphone {

namespace {

using Json = nlohmann::ordered_json;

// Anki's own numbers for what we make: they must stay, so that a later deck updates the same cards.
constexpr std::int64_t kModel = 1764201600001;
constexpr std::int64_t kDeck = 1764201600002;
/// A hundred words of a second each have a tenth of it.
constexpr std::size_t kMostDeckBytes = std::size_t{64} << 20;

// The collection as Anki 2.1 imports it: version 11 of its tables, the last that all versions read.
constexpr const char* kTables = R"sql(
CREATE TABLE col(id INTEGER PRIMARY KEY, crt INTEGER NOT NULL, mod INTEGER NOT NULL, scm INTEGER NOT NULL, ver INTEGER NOT NULL,
  dty INTEGER NOT NULL, usn INTEGER NOT NULL, ls INTEGER NOT NULL, conf TEXT NOT NULL, models TEXT NOT NULL, decks TEXT NOT NULL,
  dconf TEXT NOT NULL, tags TEXT NOT NULL);
CREATE TABLE notes(id INTEGER PRIMARY KEY, guid TEXT NOT NULL, mid INTEGER NOT NULL, mod INTEGER NOT NULL, usn INTEGER NOT NULL,
  tags TEXT NOT NULL, flds TEXT NOT NULL, sfld TEXT NOT NULL, csum INTEGER NOT NULL, flags INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE cards(id INTEGER PRIMARY KEY, nid INTEGER NOT NULL, did INTEGER NOT NULL, ord INTEGER NOT NULL, mod INTEGER NOT NULL,
  usn INTEGER NOT NULL, type INTEGER NOT NULL, queue INTEGER NOT NULL, due INTEGER NOT NULL, ivl INTEGER NOT NULL,
  factor INTEGER NOT NULL, reps INTEGER NOT NULL, lapses INTEGER NOT NULL, left INTEGER NOT NULL, odue INTEGER NOT NULL,
  odid INTEGER NOT NULL, flags INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE revlog(id INTEGER PRIMARY KEY, cid INTEGER NOT NULL, usn INTEGER NOT NULL, ease INTEGER NOT NULL, ivl INTEGER NOT NULL,
  lastIvl INTEGER NOT NULL, factor INTEGER NOT NULL, time INTEGER NOT NULL, type INTEGER NOT NULL);
CREATE TABLE graves(usn INTEGER NOT NULL, oid INTEGER NOT NULL, type INTEGER NOT NULL);
CREATE INDEX ix_notes_usn ON notes(usn);
CREATE INDEX ix_cards_usn ON cards(usn);
CREATE INDEX ix_revlog_usn ON revlog(usn);
CREATE INDEX ix_cards_nid ON cards(nid);
CREATE INDEX ix_cards_sched ON cards(did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog(cid);
CREATE INDEX ix_notes_csum ON notes(csum);
)sql";

struct Card {
  std::string word, sentence, result, sound;  ///< `sound`: the name of its file; may be empty.
};

std::string Html(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '<') {
      html += "&lt;";
    } else if (c == '&') {
      html += "&amp;";
    } else if (c != '\x1f') {
      html += c;
    }
  }
  return html;
}

Json Field(const char* name, int place) {
  return {{"name", name},    {"ord", place}, {"sticky", false},       {"rtl", false},
          {"font", "Arial"}, {"size", 20},   {"media", Json::array()}};
}

Json Models(std::int64_t seconds) {
  Json model = {{"id", kModel},
                {"name", "Euphone word"},
                {"type", 0},
                {"mod", seconds},
                {"usn", -1},
                {"sortf", 0},
                {"did", kDeck},
                {"tags", Json::array()},
                {"vers", Json::array()},
                {"latexPre", ""},
                {"latexPost", ""},
                {"req", {{0, "all", {0}}}},
                {"css", ".card { font-family: sans-serif; font-size: 26px; text-align: center; }"}};
  model["flds"] = {Field("Word", 0), Field("Sentence", 1), Field("Result", 2), Field("Sound", 3)};
  model["tmpls"] = {{{"name", "Say it"},
                     {"ord", 0},
                     {"qfmt", "<b>{{Word}}</b><br><small>{{Sentence}}</small>"},
                     {"afmt", "{{FrontSide}}<hr id=answer>{{Sound}}<br><small>{{Result}}</small>"},
                     {"did", nullptr},
                     {"bqfmt", ""},
                     {"bafmt", ""}}};
  return {{std::to_string(kModel), model}};
}

Json Decks(std::int64_t seconds, const std::string& learner) {
  const auto deck = [&](std::int64_t id, const std::string& name) {
    return Json{{"id", id},
                {"name", name},
                {"desc", "Words that went wrong, written by Euphone."},
                {"mod", seconds},
                {"usn", -1},
                {"collapsed", false},
                {"browserCollapsed", false},
                {"dyn", 0},
                {"conf", 1},
                {"extendNew", 10},
                {"extendRev", 50},
                {"newToday", {0, 0}},
                {"revToday", {0, 0}},
                {"lrnToday", {0, 0}},
                {"timeToday", {0, 0}}};
  };
  return {{"1", deck(1, "Default")}, {std::to_string(kDeck), deck(kDeck, "Euphone: " + learner)}};
}

Json DeckOptions() {
  return {
      {"1",
       {{"id", 1},
        {"name", "Default"},
        {"mod", 0},
        {"usn", 0},
        {"maxTaken", 60},
        {"autoplay", true},
        {"timer", 0},
        {"replayq", true},
        {"new",
         {{"delays", {1, 10}},
          {"ints", {1, 4, 7}},
          {"initialFactor", 2500},
          {"separate", true},
          {"order", 1},
          {"perDay", 20},
          {"bury", false}}},
        {"rev",
         {{"perDay", 200},
          {"ease4", 1.3},
          {"fuzz", 0.05},
          {"ivlFct", 1},
          {"maxIvl", 36500},
          {"minSpace", 1},
          {"bury", false}}},
        {"lapse",
         {{"delays", {10}}, {"mult", 0}, {"minInt", 1}, {"leechFails", 8}, {"leechAction", 0}}}}}};
}

/// The same for a word of a learner every time: Anki knows a note by it.
std::string GuidOf(const std::string& learner_uuid, const std::string& word) {
  return KeyedName(learner_uuid + " " + word, SecretKey()).substr(0, 20);
}

Status Fill(Database& database, const Learner& learner, const std::vector<Card>& cards,
            std::int64_t now_ms) {
  if (auto status = database.Execute(kTables); !status) return status;
  const std::int64_t seconds = now_ms / 1000;
  const std::string models = Models(seconds).dump(), decks = Decks(seconds, learner.name).dump(),
                    options = DeckOptions().dump();
  const std::string config = Json{
      {"curDeck", kDeck},
      {"activeDecks", {kDeck}},
      {"newSpread", 0},
      {"collapseTime", 1200},
      {"timeLim", 0},
      {"estTimes", true},
      {"dueCounts", true},
      {"curModel", std::to_string(kModel)},
      {"nextPos", std::ssize(cards) + 1},
      {"sortType", "noteFld"},
      {"sortBackwards", false},
      {"addToCur", true}}.dump();
  if (auto status =
          database.Run("INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
                       {seconds, now_ms, std::string_view(config), std::string_view(models),
                        std::string_view(decks), std::string_view(options)});
      !status) {
    return status;
  }
  std::int64_t id = now_ms;
  for (const Card& card : cards) {
    const std::string sound = card.sound.empty() ? "" : "[sound:" + card.sound + "]";
    const std::string fields = Html(card.word) + "\x1f" + Html(card.sentence) + "\x1f" +
                               Html(card.result) + "\x1f" + sound;
    const std::string guid = GuidOf(learner.uuid, card.word);
    if (auto status = database.Run(
            "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ' euphone ', ?5, ?6, 0, 0, '')",
            {++id, std::string_view(guid), kModel, seconds, std::string_view(fields),
             std::string_view(card.word)});
        !status) {
      return status;
    }
    if (auto status = database.Run("INSERT INTO cards VALUES (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, "
                                   "0, 0, 0, 0, 0, 0, 0, '')",
                                   {id, kDeck, seconds, id - now_ms});
        !status) {
      return status;
    }
  }
  return {};
}

/// The text of the last take that has the word as it is written; empty where none has.
Result<std::string> SentenceWith(Store& store, LearnerId learner, const std::string& word) {
  // A blank ends the word: no longer one is meant.
  const auto takes = FindTakes(store, {.learner = learner, .search = word + " ", .limit = 1});
  if (!takes) return takes.error();
  return takes->empty() ? std::string() : takes->front().text;
}

Result<std::string> Collection(const Learner& learner, const std::vector<Card>& cards,
                               std::int64_t now_ms) {
  auto database = Database::InMemory();
  if (!database) return database.error();
  if (auto status = Fill(*database, learner, cards, now_ms); !status) return status.error();
  return database->Content();
}

std::string ResultOf(const WordProgress& word) {
  const auto wrong = std::llround(word.wrong * static_cast<double>(word.count));
  const std::string often = word.count == 1 ? "the one time it was read"
                                            : std::to_string(wrong) + " of " +
                                                  std::to_string(word.count) + " times it was read";
  return "went wrong " + often + "; mean score " + Decimal(word.mean, 0);
}

}  // namespace

Result<AnkiDeck> MakeAnkiDeck(Store& store, LearnerId id, const WordVoice& voice,
                              std::int64_t now_ms) {
  const auto learner = GetLearner(store, id);
  if (!learner) return learner.error();
  const auto progress = ProgressOf(store, id);
  if (!progress) return progress.error();
  std::vector<Card> cards;
  ZipWriter zip(kMostDeckBytes);
  Json media = Json::object();
  for (const WordProgress& word : progress->words) {
    if (word.wrong == 0.0) continue;
    const auto sentence = SentenceWith(store, id, word.word);
    if (!sentence) return sentence.error();
    Card card{word.word, *sentence, ResultOf(word), ""};
    if (const auto sound = voice ? voice(word.word) : Result<std::string>(Error{})) {
      const std::string number = std::to_string(media.size());
      card.sound = "euphone-" + GuidOf(learner->uuid, word.word) + ".wav";
      media[number] = card.sound;
      if (auto status = zip.Add(number, *sound); !status) return status.error();
    }
    cards.push_back(std::move(card));
  }
  if (cards.empty())
    return Error{Errc::kNotFound, "no word went wrong yet; there is nothing to learn"};
  const auto collection = Collection(*learner, cards, now_ms);
  if (!collection) return collection.error();
  if (auto status = zip.Add("collection.anki2", *collection); !status) return status.error();
  if (auto status = zip.Add("media", media.dump()); !status) return status.error();
  auto content = zip.Finish();
  if (!content) return content.error();
  return AnkiDeck{*std::move(content), std::ssize(cards)};
}

}  // namespace euphone

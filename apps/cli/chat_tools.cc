#include "chat_tools.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "conversation.h"
#include "exit_code.h"
#include "http/printable.h"
#include "lexicon/ipa.h"
#include "llm/as_data.h"
#include "practice_run.h"
#include "pronunciations.h"
#include "store/days.h"
#include "tutor/answer.h"
#include "tutor/own_record.h"
#include "tutor/search.h"
#include "tutor_parts.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPassages = 3, kMostPassages = 6, kLongestPassage = 1500;
constexpr std::size_t kMostWords = 8, kMostItems = 20, kLongestArgument = 1000;

const llm::ToolOffer kSearch{
    "search_knowledge",
    "Finds what the tutor's own articles say about a sound, a pair of sounds, stress, rhythm, "
    "melody, spelling, or the accent of a first language.",
    R"({"type": "object", "required": ["question"], "properties": {
        "question": {"type": "string", "description": "A question in English: how do I make the th sound"},
        "passages": {"type": "integer", "minimum": 1, "maximum": 6}}})"};
const llm::ToolOffer kLookUp{
    "look_up_word", "How a word or a short phrase is said, in ARPAbet and IPA.",
    R"({"type": "object", "required": ["word"], "properties": {"word": {"type": "string"}}})"};
const llm::ToolOffer kDrill{
    "make_drill",
    "Words, pairs and sentences to practise: for a sound, or for what is due if none is named.",
    R"({"type": "object", "properties": {
        "sound": {"type": "string", "description": "In ARPAbet: TH, IH"},
        "against": {"type": "string", "description": "The sound that it is mixed up with"},
        "count": {"type": "integer", "minimum": 1, "maximum": 20}}})"};
const llm::ToolOffer kRecord{"own_record",
                             "What this learner's own readings of the last weeks say of the sounds "
                             "that a question is about.",
                             R"({"type": "object", "required": ["question"], "properties": {
        "question": {"type": "string", "description": "It names sounds: how is my th"}}})"};

Error Missing(const char* name) {
  return {Errc::kInvalidArgument, std::string("the argument '") + name + "' is missing"};
}

std::string TextOf(const Json& arguments, const char* name) {
  const auto found = arguments.find(name);
  if (found == arguments.end() || !found->is_string()) return "";
  return found->get<std::string>().substr(0, kLongestArgument);
}

std::size_t CountOf(const Json& arguments, const char* name, std::size_t otherwise,
                    std::size_t most) {
  const auto found = arguments.find(name);
  if (found == arguments.end() || !found->is_number_integer() || *found < 1) return otherwise;
  return std::min(found->get<std::size_t>(), most);
}

std::string Dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What is said of a drill: its items, without the figures by which they were chosen.
Json Short(const Json& document) {
  const Json& drill = document.at("drill");
  Json items = Json::array();
  for (const Json& item : drill.at("items")) {
    if (item.at("kind") != "pair") {
      items.push_back(item.at("text"));
      continue;
    }
    Json pair = Json::array();
    for (const Json& word : item.at("words")) pair.push_back(word.at("text"));
    items.push_back(std::move(pair));
  }
  Json json = {{"sound", drill.at("sound").at("arpabet")}, {"items", std::move(items)}};
  if (!drill.at("against").is_null()) json["against"] = drill.at("against").at("arpabet");
  if (!drill.at("tip").is_null()) json["tip"] = drill.at("tip").at("text");
  return json;
}

}  // namespace

struct ChatTools::Impl {
  InstallationOptions installation;
  std::string learner;
  std::optional<Store> store;
  LearnerId id;
  std::vector<std::string> names;
  std::vector<llm::ToolOffer> offers;
  std::optional<TutorParts> parts;
  std::optional<Database> database;  ///< Where there is no store.
  std::optional<Search> search;
  std::optional<PracticeMaterial> material;  ///< Opened for the first drill.

  /// Opens the search when it is wanted first.
  Result<const Search*> OpenSearch() {
    if (search) return &*search;
    auto opened = OpenTutorParts(installation);
    if (!opened) return opened.error();
    parts = *std::move(opened);
    if (store) {
      if (auto status = UpdateIndex(*parts->search, parts->lessons, *store); !status)
        return status.error();
    } else {
      auto shared = OpenSharedIndex(*parts->search, parts->lessons);
      if (!shared) return shared.error();
      database = *std::move(shared);
    }
    auto made = Search::Open(parts->search, store ? store->database() : *database,
                             store ? std::optional(id) : std::nullopt);
    if (!made) return made.error();
    search = *std::move(made);
    return &*search;
  }

  Result<SearchResult> Find(const Json& arguments, std::size_t most) {
    const std::string question = TextOf(arguments, "question");
    if (question.empty()) return Missing("question");
    const auto open = OpenSearch();
    if (!open) return open.error();
    return (*open)->Find(question, most);
  }

  Result<Json> SearchKnowledge(const Json& arguments) {
    const auto found = Find(arguments, CountOf(arguments, "passages", kPassages, kMostPassages));
    if (!found) return found.error();
    Json list = Json::array();
    for (const SearchHit& hit : found->hits) {
      list.push_back({{"passage", hit.passage.id},
                      {"title", hit.passage.title},
                      {"heading", hit.passage.heading},
                      {"text", hit.passage.text.substr(0, kLongestPassage)}});
    }
    return Json{{"passages", std::move(list)}};
  }

  Result<Json> OwnRecord(const Json& arguments) {
    const auto found = Find(arguments, 1);
    if (!found) return found.error();
    auto lines =
        RecordFor(found->reading, *store, id, search->phones(), DayOf(NowMs() + UtcOffsetMs()));
    if (!lines) return lines.error();
    if (lines->empty()) return Json{{"record", "nothing was read with these sounds"}};
    return Json{{"record", *std::move(lines)}};
  }

  Result<Json> LookUpWord(const Json& arguments) {
    const std::string word = TextOf(arguments, "word");
    if (word.empty()) return Missing("word");
    if (const auto open = OpenSearch(); !open) return open.error();
    const Lexicon& lexicon = *parts->search->lexicon;
    const LanguagePack& pack = lexicon.pack();
    const auto script = NormalizeText(word, {});
    if (!script) return script.error();
    Json words = Json::array();
    for (const SpokenWord& spoken : script->words) {
      if (words.size() == kMostWords) break;
      const auto variants = lexicon.Lookup(spoken);
      if (!variants) return variants.error();
      Json ways = Json::array();
      for (const Pronunciation& way : *variants) {
        ways.push_back({{"arpabet", Arpabet(way, pack.phones)},
                        {"ipa", Ipa(way.phones, pack.phones, pack.syllabifier)}});
      }
      words.push_back({{"word", spoken.text}, {"said", std::move(ways)}});
    }
    return Json{{"words", std::move(words)}};
  }

  Result<Json> MakeDrill(const Json& arguments) {
    PracticeOptions options;
    options.learner = learner;
    options.sound = TextOf(arguments, "sound");
    if (!options.sound.empty()) options.against = TextOf(arguments, "against");
    options.count = CountOf(arguments, "count", options.count, kMostItems);
    if (!material) {
      auto opened = OpenPracticeMaterial(installation);
      if (!opened) return opened.error();
      material = *std::move(opened);
    }
    const auto told = TellPractice(options, *material, store ? &*store : nullptr);
    if (!told) return told.error();
    return Short(told->document);
  }

  Result<Json> Run(const llm::ToolCall& call) {
    const Json arguments =
        Json::parse(call.arguments.empty() ? "{}" : call.arguments, nullptr, false);
    if (!arguments.is_object())
      return Error{Errc::kInvalidArgument, "the arguments are no JSON object"};
    if (call.name == kSearch.name) return SearchKnowledge(arguments);
    if (call.name == kLookUp.name) return LookUpWord(arguments);
    if (call.name == kDrill.name) return MakeDrill(arguments);
    if (call.name == kRecord.name && store) return OwnRecord(arguments);
    return Error{Errc::kNotFound, "there is no such tool"};
  }
};

ChatTools::ChatTools(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChatTools::~ChatTools() = default;
ChatTools::ChatTools(ChatTools&&) noexcept = default;
ChatTools& ChatTools::operator=(ChatTools&&) noexcept = default;

Result<ChatTools> ChatTools::Open(const InstallationOptions& installation,
                                  const StoreOptions& store, const std::string& learner) {
  auto impl = std::make_unique<Impl>();
  impl->installation = installation;
  impl->learner = learner;
  impl->offers = {kSearch, kLookUp, kDrill};
  if (learner.empty()) return ChatTools(std::move(impl));
  auto opened = OpenStore(store);
  if (!opened) return opened.error();
  impl->store = *std::move(opened);
  const auto known = FindLearner(*impl->store, learner);
  if (!known) return known.error();
  impl->id = known->id;
  auto names = LearnerNames(*impl->store);
  if (!names) return names.error();
  impl->names = *std::move(names);
  impl->offers.push_back(kRecord);
  return ChatTools(std::move(impl));
}

std::vector<std::string> ChatTools::names() const { return impl_->names; }

const std::vector<llm::ToolOffer>& ChatTools::offers() const { return impl_->offers; }

std::string ChatTools::Run(const llm::ToolCall& call) {
  const auto given = impl_->Run(call);
  const std::string name = http::OneLine(call.name, 40);
  if (given) return llm::AsData(name, Dumped(*given));
  // What is wrong with the installation is told to the user, and not to a server.
  const bool asked = given.error().code == Errc::kInvalidArgument;
  if (!asked) ReportLine(name + ": " + given.error().message);
  return llm::AsData(name,
                     Dumped({{"error", asked ? given.error().message : "it cannot be looked up"}}));
}

}  // namespace euphone::cli

#include <array>
#include <string>
#include <string_view>

#include "retrieve/passage.h"
#include "server/assets.h"
#include "server/secrets.h"
#include "server/store_api.h"

namespace euphone::server {
namespace {

constexpr std::array<const char*, 4> kKinds = {"sound", "contrast", "language", "prosody"};
constexpr std::array<const char*, 3> kLoads = {"low", "medium", "high"};

StoreJson Brief(const Article& article, const PhoneSet& phones) {
  StoreJson sounds = StoreJson::array();
  for (const PhoneId phone : article.phones) {
    sounds.push_back({{"arpabet", phones.info(phone).arpabet}, {"ipa", phones.info(phone).ipa}});
  }
  return {{"id", article.id},
          {"kind", kKinds[static_cast<std::size_t>(article.topic)]},
          {"title", article.title},
          {"sounds", std::move(sounds)},
          {"languages", article.languages}};
}

StoreJson Paragraphs(std::string_view text) {
  StoreJson all = StoreJson::array();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    all.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return all;
}

StoreJson Whole(const Article& article, const Knowledge& knowledge, const PhoneSet& phones) {
  StoreJson json = Brief(article, phones);
  const bool contrast = article.topic == Topic::kContrast;
  json["load"] = contrast ? StoreJson(kLoads[static_cast<std::size_t>(article.load)]) : StoreJson();
  json["passage"] = SectionId(article.id, "about");
  json["paragraphs"] = Paragraphs(article.text);
  json["sections"] = StoreJson::array();
  for (const ArticleSection& section : article.sections) {
    json["sections"].push_back({{"passage", SectionId(article.id, section.heading)},
                                {"heading", section.heading},
                                {"items", section.items}});
  }
  json["pairs"] = StoreJson::array();
  for (const auto& [one, other] : article.pairs)
    json["pairs"].push_back(StoreJson::array({one, other}));
  json["words"] = article.words;
  json["sources"] = StoreJson::array();
  for (const std::string& key : article.sources)
    json["sources"].push_back({{"key", key}, {"text", knowledge.Reference(key)}});
  return json;
}

/// What stays as it is until another edition of the program: a browser may keep it, and asks.
Response Lasting(const StoreJson& json, const Request& request) {
  const std::string body = StoreAnswer(json).body;
  const auto digest = Sha256Of(body);
  if (!digest) return FailureOf(digest.error());
  const std::string etag = '"' + digest->substr(0, 32) + '"';
  return AnswerWith(
      {.path = {}, .type = "application/json", .etag = etag, .content = body, .gzip = {}}, request);
}

Response NoKnowledge() {
  return Failure(404, "no_knowledge", "no knowledge base is installed for this language");
}

Response Topics(const Context& context, const Request& request) {
  const Knowledge* const knowledge = context.parts.knowledge.get();
  if (knowledge == nullptr) return NoKnowledge();
  StoreJson articles = StoreJson::array();
  for (const Article& article : knowledge->articles())
    articles.push_back(Brief(article, context.parts.phones()));
  return Lasting({{"articles", std::move(articles)}}, request);
}

Response OneTopic(const Context& context, const Request& request) {
  const Knowledge* const knowledge = context.parts.knowledge.get();
  if (knowledge == nullptr) return NoKnowledge();
  const std::string id = request.place("kind") + "/" + request.place("name");
  const Article* const article = knowledge->Find(id);
  if (article == nullptr)
    return Failure(404, "not_found", "there is no article '" + id + "': see /api/v1/knowledge");
  return Lasting(Whole(*article, *knowledge, context.parts.phones()), request);
}

}  // namespace

void AddKnowledgeRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/knowledge",
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return Topics(context, request); }});
  router.Add({.pattern = "/api/v1/knowledge/{kind}/{name}",
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return OneTopic(context, request); }});
}

}  // namespace euphone::server

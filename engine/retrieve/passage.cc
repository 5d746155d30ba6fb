#include "retrieve/passage.h"

#include <utility>

namespace euphone {
namespace {

std::string Joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += between;
    all += part;
  }
  return all;
}

std::string WordsOf(const Article& article) {
  std::vector<std::string> words = article.words;
  for (const auto& [one, other] : article.pairs) {
    words.push_back(one);
    words.push_back(other);
  }
  words.insert(words.end(), article.names.begin(), article.names.end());
  return Joined(words, " ");
}

}  // namespace

std::string SectionId(std::string_view article, std::string_view heading) {
  std::string id(article);
  id += '#';
  bool gap = false;
  for (const char c : heading) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9')) {
      if (gap && !id.ends_with('#')) id += '-';
      id += small;
      gap = false;
    } else {
      gap = true;
    }
  }
  return id;
}

std::vector<Passage> PassagesOf(const Knowledge& knowledge) {
  std::vector<Passage> passages;
  for (const Article& article : knowledge.articles()) {
    const std::string words = WordsOf(article);
    passages.push_back({.id = SectionId(article.id, "about"),
                        .title = article.title,
                        .heading = {},
                        .text = article.text,
                        .words = words,
                        .asked = article.asked});
    for (const ArticleSection& section : article.sections) {
      passages.push_back({.id = SectionId(article.id, section.heading),
                          .title = article.title,
                          .heading = section.heading,
                          .text = Joined(section.items, "\n"),
                          .words = words,
                          .asked = section.asked});
    }
  }
  return passages;
}

std::vector<Passage> PassagesOf(const LessonPack& pack) {
  std::vector<Passage> passages;
  for (const LessonItem& item : pack.items) {
    if (item.note.empty()) continue;
    passages.push_back({.id = "lesson/" + pack.name + "#" + item.id,
                        .title = pack.title,
                        .heading = item.text,
                        .text = item.note,
                        .words = {},
                        .asked = {}});
  }
  return passages;
}

std::vector<std::string> TextsToEmbed(const Passage& passage) {
  std::string text;
  for (const std::string* part : {&passage.title, &passage.heading, &passage.text}) {
    if (!text.empty() && !part->empty()) text += ". ";
    text += *part;
  }
  std::vector<std::string> texts = {std::move(text)};
  texts.insert(texts.end(), passage.asked.begin(), passage.asked.end());
  return texts;
}

std::uint64_t Fingerprint(const Passage& passage) {
  std::uint64_t hash = 14695981039346656037U;
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    hash *= 1099511628211U;  // As of a byte 0: where a field ends counts, too.
  };
  for (const auto* part :
       {&passage.id, &passage.title, &passage.heading, &passage.text, &passage.words})
    add(*part);
  for (const std::string& question : passage.asked) add(question);
  return hash;
}

}  // namespace euphone

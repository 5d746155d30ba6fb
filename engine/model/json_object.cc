#include "model/json_object.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace euphone {
namespace {

const nlohmann::json& EmptyObject() {
  static const nlohmann::json empty = nlohmann::json::object();
  return empty;
}

std::string Range(const std::string& least, const std::string& most) {
  return least + " to " + most;
}

}  // namespace

JsonObject::JsonObject(const nlohmann::json& value, std::string where, Status& status)
    : value_(value.is_object() ? value : EmptyObject()), where_(std::move(where)), status_(status) {
  if (!value.is_object()) Refuse("", "must be an object");
}

std::string JsonObject::Name(std::string_view key) const {
  if (key.empty()) return where_.empty() ? "document" : where_;
  return where_.empty() ? std::string(key) : where_ + "." + std::string(key);
}

void JsonObject::Refuse(std::string_view key, const std::string& complaint) {
  if (!failed()) status_ = Error{Errc::kCorrupt, Name(key) + ": " + complaint};
}

const nlohmann::json* JsonObject::Field(std::string_view key) {
  asked_.emplace_back(key);
  if (failed()) return nullptr;
  const auto found = value_.find(key);
  if (found == value_.end()) {
    Refuse(key, "is missing");
    return nullptr;
  }
  return &*found;
}

const nlohmann::json* JsonObject::Array(std::string_view key, std::size_t least, std::size_t most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return nullptr;
  if (!field->is_array() || field->size() < least || field->size() > most) {
    Refuse(key, "must be a list of " + Range(std::to_string(least), std::to_string(most)));
    return nullptr;
  }
  return field;
}

bool JsonObject::Has(std::string_view key) const { return value_.find(key) != value_.end(); }

std::string JsonObject::Text(std::string_view key, const TextRule& rule) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return {};
  const auto* text = field->get_ptr<const std::string*>();
  if (text == nullptr || !rule.accepts(*text)) {
    Refuse(key, std::string("must be ") + rule.wanted);
    return {};
  }
  return *text;
}

std::string JsonObject::OptionalText(std::string_view key, const TextRule& rule) {
  return Has(key) ? Text(key, rule) : std::string();
}

std::int64_t JsonObject::Integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return 0;
  // A number over 2^63 comes out negative here; `least` is never below zero.
  const auto* number = field->get_ptr<const std::int64_t*>();
  if (number == nullptr || *number < least || *number > most) {
    Refuse(key, "must be a whole number, " + Range(std::to_string(least), std::to_string(most)));
    return 0;
  }
  return *number;
}

std::vector<std::int64_t> JsonObject::Integers(std::string_view key, std::size_t fewest,
                                               std::size_t count, std::int64_t least,
                                               std::int64_t most) {
  std::vector<std::int64_t> numbers;
  const nlohmann::json* array = Array(key, fewest, count);
  if (array == nullptr) return numbers;
  for (const auto& element : *array) {
    const auto* number = element.get_ptr<const std::int64_t*>();
    if (number == nullptr || *number < least || *number > most) {
      Refuse(std::string(key) + "[" + std::to_string(numbers.size()) + "]",
             "must be a whole number, " + Range(std::to_string(least), std::to_string(most)));
      return {};
    }
    numbers.push_back(*number);
  }
  return numbers;
}

double JsonObject::Number(std::string_view key, double least, double most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return 0.0;
  const double number = field->is_number() ? field->get<double>() : std::nan("");
  if (!(number >= least && number <= most)) {
    Refuse(key,
           "must be a number, " + Range(nlohmann::json(least).dump(), nlohmann::json(most).dump()));
    return 0.0;
  }
  return number;
}

JsonObject JsonObject::Object(std::string_view key) {
  const nlohmann::json* field = Field(key);
  return {field == nullptr ? EmptyObject() : *field, Name(key), status_};
}

std::vector<std::string> JsonObject::Texts(std::string_view key, std::size_t least,
                                           std::size_t most, const TextRule& rule) {
  std::vector<std::string> texts;
  const nlohmann::json* array = Array(key, least, most);
  if (array == nullptr) return texts;
  for (const auto& element : *array) {
    const auto* text = element.get_ptr<const std::string*>();
    const std::string place = std::string(key) + "[" + std::to_string(texts.size()) + "]";
    if (text == nullptr || !rule.accepts(*text)) {
      Refuse(place, std::string("must be ") + rule.wanted);
      return {};
    }
    if (std::ranges::find(texts, *text) != texts.end()) {
      Refuse(place, "is there twice");
      return {};
    }
    texts.push_back(*text);
  }
  return texts;
}

void JsonObject::Objects(std::string_view key, std::size_t least, std::size_t most,
                         const std::function<void(JsonObject&)>& read) {
  const nlohmann::json* array = Array(key, least, most);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->size() && !failed(); ++i) {
    JsonObject element((*array)[i], Name(key) + "[" + std::to_string(i) + "]", status_);
    read(element);
    element.RefuseOthers();
  }
}

void JsonObject::RefuseOthers() {
  for (const auto& [key, value] : value_.items()) {
    if (std::ranges::find(asked_, key) == asked_.end()) {
      Refuse(key.substr(0, 40), "is not a field of this format");
    }
  }
}

}  // namespace euphone

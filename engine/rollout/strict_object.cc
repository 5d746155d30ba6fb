#include "rollout/strict_object.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rollout/rollout_plan.h"

namespace euphone {

namespace {

constexpr int kDeepestJson = 32;

/// Numbers without a needless tail: 0.5, 100.
std::string PlainNumber(double value) { return nlohmann::json(value).dump(); }

std::string PlainNumber(std::int64_t value) { return std::to_string(value); }

template <class T>
std::string Between(T least, T most) {
  return "must be between " + PlainNumber(least) + " and " + PlainNumber(most);
}

}  // namespace

StrictObject::StrictObject(const nlohmann::json& value, std::string where, Status& status)
    : value_(value), where_(std::move(where)), status_(status) {
  if (!value_.is_object() && status_)
    status_ =
        Error{Errc::kInvalidArgument, (where_.empty() ? "it" : where_) + " must be an object"};
}

std::string StrictObject::Name(std::string_view key) const {
  if (where_.empty() || key.empty()) return where_ + std::string(key);
  return where_ + "." + std::string(key);
}

bool StrictObject::Has(std::string_view key) const {
  return value_.is_object() && value_.contains(key);
}

const nlohmann::json* StrictObject::Field(std::string_view key) {
  asked_.emplace_back(key);
  if (failed() || !Has(key)) return nullptr;
  return &*value_.find(key);
}

void StrictObject::Text(std::string_view key, std::string& text, std::size_t most,
                        bool may_be_empty) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  if (!field->is_string()) return Refuse(key, "must be a text");
  const auto& read = field->get_ref<const std::string&>();
  if (read.size() > most || (read.empty() && !may_be_empty))
    return Refuse(key, "must have between " + std::string(may_be_empty ? "0" : "1") + " and " +
                           std::to_string(most) + " bytes");
  if (std::ranges::any_of(read, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return Refuse(key, "must have no control characters");
  text = read;
}

void StrictObject::Flag(std::string_view key, bool& flag) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  if (!field->is_boolean()) return Refuse(key, "must be true or false");
  flag = field->get<bool>();
}

void StrictObject::Integer(std::string_view key, std::int64_t& number, std::int64_t least,
                           std::int64_t most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  if (!field->is_number_integer()) return Refuse(key, "must be a whole number");
  if (field->is_number_unsigned() &&
      field->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
    return Refuse(key, Between(least, most));
  const auto read = field->get<std::int64_t>();
  if (read < least || read > most) return Refuse(key, Between(least, most));
  number = read;
}

void StrictObject::Number(std::string_view key, double& number, double least, double most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  if (!field->is_number()) return Refuse(key, "must be a number");
  const auto read = field->get<double>();
  if (!(read >= least && read <= most)) return Refuse(key, Between(least, most));
  number = read;
}

void StrictObject::Duration(std::string_view key, std::int64_t& seconds, std::int64_t least) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  const auto read =
      field->is_string() ? ReadDuration(field->get_ref<const std::string&>()) : std::nullopt;
  if (!read) return Refuse(key, "must be a time such as 90s, 15m, 12h or 3d, at most ten years");
  if (*read < least) return Refuse(key, "must be at least " + std::to_string(least) + "s");
  seconds = *read;
}

void StrictObject::Version(std::string_view key, SemVer& version) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  const auto read =
      field->is_string() ? ReadSemVer(field->get_ref<const std::string&>()) : std::nullopt;
  if (!read) return Refuse(key, "must be a version such as 1.3.0");
  version = *read;
}

void StrictObject::Object(std::string_view key, const std::function<void(StrictObject&)>& read) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return;
  StrictObject object(*field, Name(key), status_);
  if (failed()) return;
  read(object);
  object.RefuseOthers();
}

const nlohmann::json* StrictObject::Array(std::string_view key, std::size_t least,
                                          std::size_t most) {
  const nlohmann::json* field = Field(key);
  if (field == nullptr) return nullptr;
  if (field->is_array() && field->size() >= least && field->size() <= most) return field;
  Refuse(key, "must be a list of " + std::to_string(least) + " to " + std::to_string(most));
  return nullptr;
}

void StrictObject::Objects(std::string_view key, std::size_t least, std::size_t most,
                           const std::function<void(StrictObject&)>& read) {
  const nlohmann::json* array = Array(key, least, most);
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    StrictObject object((*array)[i], Name(key) + "[" + std::to_string(i) + "]", status_);
    if (failed()) return;
    read(object);
    object.RefuseOthers();
  }
}

void StrictObject::Texts(std::string_view key, std::vector<std::string>& texts,
                         std::size_t most_texts, std::size_t most_bytes) {
  const nlohmann::json* array = Array(key, 0, most_texts);
  if (array == nullptr) return;
  std::vector<std::string> read;
  for (const nlohmann::json& one : *array) {
    if (!one.is_string() || one.get_ref<const std::string&>().empty() ||
        one.get_ref<const std::string&>().size() > most_bytes)
      return Refuse(key, "must hold texts of 1 to " + std::to_string(most_bytes) + " bytes");
    read.push_back(one.get<std::string>());
  }
  texts = std::move(read);
}

void StrictObject::Integers(std::string_view key, const std::function<void(std::int64_t)>& read,
                            std::size_t most, std::int64_t least, std::int64_t greatest) {
  const nlohmann::json* array = Array(key, 0, most);
  if (array == nullptr) return;
  for (const nlohmann::json& one : *array) {
    if (!one.is_number_integer() || one.get<std::int64_t>() < least ||
        one.get<std::int64_t>() > greatest)
      return Refuse(key, "must hold whole numbers, each of which " + Between(least, greatest));
    read(one.get<std::int64_t>());
  }
}

void StrictObject::Require(std::string_view key) {
  if (!failed() && !Has(key)) Refuse(key, "is missing");
}

void StrictObject::Refuse(std::string_view key, const std::string& complaint) {
  if (!failed()) status_ = Error{Errc::kInvalidArgument, Name(key) + ": " + complaint};
}

void StrictObject::RefuseOthers() {
  if (failed()) return;
  for (const auto& [key, value] : value_.items())
    if (std::ranges::find(asked_, key) == asked_.end())
      return Refuse(key.substr(0, 60), "there is no such field");
}

Result<nlohmann::json> ParseObject(std::string_view text) {
  bool deep = false;
  auto document = nlohmann::json::parse(
      text,
      [&deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        deep = deep || depth > kDeepestJson;
        return !deep;
      },
      false);
  if (document.is_discarded()) return Error{Errc::kCorrupt, "it is no JSON"};
  if (!document.is_object()) return Error{Errc::kInvalidArgument, "it must be an object"};
  return document;
}

Result<nlohmann::json> OpenDocument(std::string_view text, std::string_view schema,
                                    std::size_t most_bytes) {
  if (text.size() > most_bytes)
    return Error{Errc::kTooLarge, "it is over " + std::to_string(most_bytes) + " bytes"};
  auto document = ParseObject(text);
  if (!document) return document;
  const auto found = document->find("schema");
  if (found == document->end() || *found != schema)
    return Error{Errc::kUnsupported, "it is no " + std::string(schema)};
  return document;
}

}  // namespace euphone

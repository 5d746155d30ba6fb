#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Which texts a field takes, and how to say so: "must be a date such as 2026-05-31".
struct TextRule {
  bool (*accepts)(std::string_view);
  const char* wanted;
};

/// Reads one JSON object field by field. The first fault is kept in the Status that all readers of
/// a document share; after it, getters give empty values and nothing more is reported, so that a
/// parser may read straight on and look at the Status once. The JSON value must outlive the reader.
class JsonObject {
 public:
  /// `where` names the object in messages: "files[2]"; empty for the document itself.
  JsonObject(const nlohmann::json& value, std::string where, Status& status);

  bool Has(std::string_view key) const;

  std::string Text(std::string_view key, const TextRule& rule);
  std::string OptionalText(std::string_view key, const TextRule& rule);  ///< Empty if absent.
  /// REQUIRES: least >= 0.
  std::int64_t Integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::vector<std::int64_t> Integers(std::string_view key, std::size_t fewest, std::size_t count,
                                     std::int64_t least, std::int64_t most);
  double Number(std::string_view key, double least, double most);
  JsonObject Object(std::string_view key);
  std::vector<std::string> Texts(std::string_view key, std::size_t least, std::size_t most,
                                 const TextRule& rule);
  void Objects(std::string_view key, std::size_t least, std::size_t most,
               const std::function<void(JsonObject&)>& read);

  /// Refuses the field: "where.key: complaint".
  void Refuse(std::string_view key, const std::string& complaint);
  /// Refuses any field that none of the getters asked for. Call last.
  void RefuseOthers();
  bool failed() const { return !status_.has_value(); }

 private:
  const nlohmann::json* Field(std::string_view key);
  const nlohmann::json* Array(std::string_view key, std::size_t least, std::size_t most);
  std::string Name(std::string_view key) const;

  const nlohmann::json& value_;
  std::string where_;
  Status& status_;
  std::vector<std::string> asked_;
};

}  // namespace euphone

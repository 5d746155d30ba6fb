#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Reads an object whose fields are mostly optional: what is absent leaves the value as it was. The
/// first fault is kept in `status`, shared by all readers of a document; a field that nobody asked
/// for is one. `value` must outlive it.
class StrictObject {
 public:
  /// `where`: "waves[1]"; empty for the document.
  StrictObject(const nlohmann::json& value, std::string where, Status& status);

  bool Has(std::string_view key) const;
  /// 1 to `most` bytes of UTF-8 without control characters; 0 too where `may_be_empty`.
  void Text(std::string_view key, std::string& text, std::size_t most, bool may_be_empty = false);
  void Flag(std::string_view key, bool& flag);
  void Integer(std::string_view key, std::int64_t& number, std::int64_t least, std::int64_t most);
  void Number(std::string_view key, double& number, double least, double most);
  void Duration(std::string_view key, std::int64_t& seconds, std::int64_t least);
  void Version(std::string_view key, struct SemVer& version);
  void Object(std::string_view key, const std::function<void(StrictObject&)>& read);
  void Objects(std::string_view key, std::size_t least, std::size_t most,
               const std::function<void(StrictObject&)>& read);
  void Texts(std::string_view key, std::vector<std::string>& texts, std::size_t most_texts,
             std::size_t most_bytes);
  void Integers(std::string_view key, const std::function<void(std::int64_t)>& read,
                std::size_t most, std::int64_t least, std::int64_t greatest);

  void Require(std::string_view key);
  void Refuse(std::string_view key, const std::string& complaint);
  /// Call last.
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

/// The document's object, or why there is none: kCorrupt, kInvalidArgument.
Result<nlohmann::json> ParseObject(std::string_view text);

/// The same of a document that says its schema, and may not be longer than that.
/// Fails: as ParseObject; kTooLarge, kUnsupported (another schema).
Result<nlohmann::json> OpenDocument(std::string_view text, std::string_view schema,
                                    std::size_t most_bytes);

}  // namespace euphone

#include "sync/kinds.h"

#include <algorithm>
#include <array>

namespace euphone {
namespace {

enum class Type { kText, kUuid, kInteger, kFlag };

struct Field {
  std::string_view kind;
  std::string_view name;
  Type type;
  bool student;  ///< May be written by one, where it is their own.
};

constexpr std::array kFields = {
    Field{"lesson", "name", Type::kText, false},
    Field{"lesson", "title", Type::kText, false},
    Field{"lesson", "language", Type::kText, false},
    Field{"lesson", "made_ms", Type::kInteger, false},
    Field{"sentence", "lesson", Type::kUuid, false},
    Field{"sentence", "place", Type::kInteger, false},
    Field{"sentence", "item", Type::kText, false},
    Field{"sentence", "text", Type::kText, false},
    Field{"sentence", "note", Type::kText, false},
    Field{"assignment", "learner", Type::kUuid, false},
    Field{"assignment", "lesson", Type::kUuid, false},
    Field{"assignment", "lesson_name", Type::kText, false},
    Field{"assignment", "made_ms", Type::kInteger, false},
    Field{"assignment", "due_day", Type::kInteger, false},
    Field{"assignment", "note", Type::kText, false},
    Field{"assignment", "handed_in_ms", Type::kInteger, true},
    Field{"comment", "take", Type::kUuid, true},
    Field{"comment", "learner", Type::kUuid, true},
    Field{"comment", "author", Type::kUuid, true},
    Field{"comment", "author_name", Type::kText, true},
    Field{"comment", "made_ms", Type::kInteger, true},
    Field{"comment", "text", Type::kText, true},
    Field{"comment", "seen", Type::kFlag, true},
};

const Field* Find(std::string_view kind, std::string_view name) {
  const auto* found = std::find_if(kFields.begin(), kFields.end(), [&](const Field& field) {
    return field.kind == kind && field.name == name;
  });
  return found == kFields.end() ? nullptr : found;
}

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

bool Fits(Type type, const nlohmann::json& value) {
  if (value.is_null()) return true;
  switch (type) {
    case Type::kText:
      return value.is_string();
    case Type::kUuid:
      return value.is_string() && IsUuid(value.get_ref<const std::string&>());
    case Type::kInteger:
      return value.is_number_integer();
    case Type::kFlag:
      return value.is_boolean();
  }
  return false;
}

bool IsScalar(const nlohmann::json& value) {
  return value.is_null() || value.is_boolean() || value.is_number_integer() || value.is_string();
}

// Whether a field is the user's where it is kept, and where the change would set it; one of the two
// must be there.
bool IsOwn(const ClassState& state, const Change& change, const std::string& field,
           const std::string& user) {
  const nlohmann::json* kept = state.Value(change.object, field);
  const auto set = change.fields.find(field);
  if (kept == nullptr && set == change.fields.end()) return false;
  return (kept == nullptr || *kept == user) && (set == change.fields.end() || set->second == user);
}

}  // namespace

bool KnownKind(std::string_view kind) {
  return std::any_of(kFields.begin(), kFields.end(),
                     [&](const Field& field) { return field.kind == kind; });
}

bool MayWrite(ClassRole role, std::string_view kind, std::string_view field) {
  if (role == ClassRole::kTeacher) return true;
  if (field == "deleted") return kind == "comment";
  const Field* const known = Find(kind, field);
  return known != nullptr && known->student;
}

Status CheckChange(const Change& change) {
  const std::string what = "change of " + change.object.kind.substr(0, 32);
  if (!IsName(change.object.kind)) {
    return Error{Errc::kInvalidArgument, what + ": a kind is at most 32 letters a-z and '_'"};
  }
  if (!IsUuid(change.object.uuid)) {
    return Error{Errc::kInvalidArgument, what + ": its id is no UUID in lower-case letters"};
  }
  if (change.deletes != change.fields.empty()) {
    return Error{Errc::kInvalidArgument, what + ": either fields or a deletion is needed"};
  }
  if (change.fields.size() > kMaxFields) {
    return Error{Errc::kTooLarge, what + ": more than 32 fields"};
  }
  std::size_t bytes = 0;
  for (const auto& [name, value] : change.fields) {
    const Field* const known = Find(change.object.kind, name);
    if (!IsName(name) || name == "deleted" || !IsScalar(value) ||
        (known != nullptr && !Fits(known->type, value))) {
      return Error{Errc::kInvalidArgument,
                   what + ": field '" + name.substr(0, 32) + "' does not hold what it should"};
    }
    if (value.is_string()) bytes += value.get_ref<const std::string&>().size();
  }
  if (bytes > kMaxTextBytes) return Error{Errc::kTooLarge, what + ": more than 16 KiB of text"};
  return {};
}

std::string Refusal(const ClassState& state, const Author& author, const Change& change) {
  if (!CheckChange(change)) return "malformed";
  const std::string& kind = change.object.kind;
  if (change.deletes && !MayWrite(author.role, kind, "deleted")) return "not allowed";
  for (const auto& [name, value] : change.fields) {
    if (!MayWrite(author.role, kind, name)) return "not allowed";
  }
  if (author.role == ClassRole::kStudent) {
    if (!IsOwn(state, change, "learner", author.user)) return "not their own";
    const bool only_seen = change.fields.size() == 1 && change.fields.count("seen") == 1;
    if (kind == "comment" && !only_seen && !IsOwn(state, change, "author", author.user)) {
      return "not their own";
    }
  }
  if (!state.Has(change.object) && state.size() >= kMaxObjects) return "class is full";
  return "";
}

}  // namespace euphone

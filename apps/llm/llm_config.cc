#include "llm/llm_config.h"

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "http/printable.h"

namespace euphone::llm {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

/// Takes a member; false: it is none.
using Take = std::function<bool(const Json&)>;
using Members = std::map<std::string, Take>;

Take Words(std::string& text) {
  return [&text](const Json& json) {
    if (!json.is_string()) return false;
    text = json.get<std::string>();
    return true;
  };
}

Take Flag(bool& flag) {
  return [&flag](const Json& json) {
    if (!json.is_boolean()) return false;
    flag = json.get<bool>();
    return true;
  };
}

template <class Number>
Take Whole(Number& number, std::int64_t least, std::int64_t most) {
  return [&number, least, most](const Json& json) {
    if (!json.is_number_integer() || json < least || json > most) return false;
    number = json.get<Number>();
    return true;
  };
}

Take Duration(milliseconds& time) {
  return [&time](const Json& json) {
    if (!json.is_number() || json <= 0 || json > 86400) return false;
    time = milliseconds(static_cast<std::int64_t>(json.get<double>() * 1000.0 + 0.5));
    return time.count() > 0;
  };
}

Status TakeMembers(const Json& json, const Members& members, const std::string& of) {
  if (!json.is_object()) return Error{Errc::kInvalidArgument, of + "is no JSON object"};
  for (const auto& [name, value] : json.items()) {
    const auto known = members.find(name);
    if (known == members.end()) {
      const char* const hint =
          name == "key" ? "; a key belongs into a file, which 'key_file' names" : "";
      return Error{Errc::kInvalidArgument,
                   of + "has '" + http::OneLine(name, 40) + "', which nobody knows" + hint};
    }
    if (!known->second(value)) {
      return Error{Errc::kInvalidArgument, of + "has '" + name +
                                               "': " + http::OneLine(value.dump(), 40) +
                                               ", which is of another kind, or out of range"};
    }
  }
  return {};
}

}  // namespace

Result<LlmSettings> ParseLlmSettings(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  LlmSettings settings{.config = {.base_url = "", .model = ""}};
  LlmConfig& config = settings.config;
  Status inner;
  const Members times = {{"connect", Duration(config.connect_timeout)},
                         {"first_token", Duration(config.first_token_timeout)},
                         {"between_tokens", Duration(config.between_tokens_timeout)},
                         {"reply", Duration(config.reply_timeout)},
                         {"longest_pause", Duration(config.longest_pause)}};
  const Members members = {
      {"url", Words(config.base_url)},
      {"model", Words(config.model)},
      {"key_file", Words(settings.key_file)},
      {"redact", Flag(settings.redact)},
      {"plain_http_anywhere", Flag(config.plain_http_anywhere)},
      {"retries", Whole(config.retries, 0, 20)},
      {"max_reply_bytes", Whole(config.max_reply_bytes, 1024, std::int64_t{64} << 20)},
      {"token_budget", Whole(config.token_budget, 0, std::int64_t{1} << 40)},
      {"seconds", [&](const Json& value) {
         inner = TakeMembers(value, times, "'seconds' ");
         return true;
       }}};
  if (auto status = TakeMembers(json, members, "it "); !status) return status.error();
  if (!inner) return inner.error();
  return settings;
}

}  // namespace euphone::llm

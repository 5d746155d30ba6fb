#include "llm_options.h"

#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "assembly/user_folder.h"
#include "base/file.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestSettings = std::size_t{64} << 10;

/// What llm.json says; nothing where there is none.
Result<llm::LlmSettings> FromFile() {
  const auto folder = UserConfigFolder();
  if (!folder) return llm::LlmSettings();
  const fs::path path = *folder / "llm.json";
  const auto text = ReadFile(path, kLongestSettings);
  if (!text && text.error().code == Errc::kNotFound) return llm::LlmSettings();
  if (!text) return text.error();
  auto settings = llm::ParseLlmSettings(*text);
  if (!settings) return Prefixed(path.string(), settings.error());
  if (!settings->key_file.empty()) settings->key_file = *folder / settings->key_file;
  return settings;
}

Result<std::string> ReadKey(const fs::path& path) {
  auto text = ReadFile(path, kLongestSettings);
  if (!text) return text.error();
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Errc::kIo,
                 path.string() + ": others can read this key; chmod 600 keeps it to yourself"};
  }
  const std::string key = text->substr(0, text->find_first_of("\r\n"));
  if (key.empty())
    return Error{Errc::kInvalidArgument, path.string() + ": its first line is no key"};
  return key;
}

}  // namespace

void AddLlmOptions(CLI::App& command, LlmOptions& options) {
  command
      .add_option("--llm", options.url,
                  "A language model's server that speaks OpenAI's chat completions, such as "
                  "http://127.0.0.1:8000/v1 (docs/howto/llm.md)")
      ->envname("EUPHONE_LLM_URL")
      ->type_name("URL");
  command.add_option("--llm-model", options.model, "The model, by the name that the server lists")
      ->envname("EUPHONE_LLM_MODEL")
      ->type_name("NAME");
  command
      .add_option("--llm-key-file", options.key_file,
                  "A file with the server's key on its first line (default: the variable "
                  "EUPHONE_LLM_KEY)")
      ->type_name("FILE");
}

Result<std::optional<llm::LlmSettings>> OpenLlmSettings(const LlmOptions& options) {
  auto settings = FromFile();
  if (!settings) return settings.error();
  llm::LlmConfig& config = settings->config;
  if (!options.url.empty() && options.url != config.base_url) {
    config.base_url = options.url;
    settings->key_file.clear();
  }
  if (!options.model.empty()) config.model = options.model;
  if (config.base_url.empty()) return std::optional<llm::LlmSettings>();
  const char* const variable = std::getenv("EUPHONE_LLM_KEY");
  const bool in_variable = variable != nullptr && *variable != '\0';
  if (!options.key_file.empty()) settings->key_file = options.key_file;
  if (in_variable && options.key_file.empty()) {
    config.key = variable;
  } else if (!settings->key_file.empty()) {
    auto key = ReadKey(settings->key_file);
    if (!key) return key.error();
    config.key = *std::move(key);
  }
  return std::optional(*std::move(settings));
}

}  // namespace euphone::cli

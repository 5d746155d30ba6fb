#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.h"
#include "installation.h"

namespace euphone::cli {

/// Names that --language takes: the language packs that are installed, in alphabetical order.
std::vector<std::string> InstalledLanguages(const std::filesystem::path& data);
/// Names that --model takes: the installed bundles that hold an acoustic model.
std::vector<std::string> InstalledModels(const std::filesystem::path& data);
/// Names that --recogniser takes, likewise.
std::vector<std::string> InstalledRecognisers(const std::filesystem::path& data);
/// Names that --embedder takes, likewise.
std::vector<std::string> InstalledEmbedders(const std::filesystem::path& data);

/// Why a command cannot begin, and the code to end with.
struct Problem {
  ExitCode code;
  std::string message;
};

/// What is wrong with the user's choice of language, model or scorer; nothing where they are there,
/// or where the installation itself is at fault, which opening it will tell.
std::optional<Problem> WrongChoice(const InstallationOptions& options);

/// What is wrong with the user's own words. Says how many there are in `words` where they are good.
std::optional<Problem> WrongLexicon(const InstallationOptions& options,
                                    std::size_t* words = nullptr);

}  // namespace euphone::cli

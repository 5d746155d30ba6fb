#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace euphone::cli {

/// Asks on the terminal; what is typed is not shown. `whose`: "the store", for the message where
/// there is no terminal. Fails: kInvalidArgument where there is none, or nothing was typed.
Result<std::string> TypedPassphrase(const std::string& prompt, const std::string& whose);

/// The first line of a file that holds a passphrase. Fails: as ReadFile; kInvalidArgument for an
/// empty one.
Result<std::string> PassphraseIn(const std::filesystem::path& file);

}  // namespace euphone::cli

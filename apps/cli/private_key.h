#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "update/signing.h"

namespace euphone::cli {

/// A file that only its owner may read, and which was not there before. Fails: kIo.
Status WritePrivateFile(const std::filesystem::path& file, const std::string& content);

/// Opens a key; its passphrase comes from a file, or is asked for where none is named. Fails: as
/// SigningKey::FromFile and TypedPassphrase.
Result<SigningKey> OpenPrivateKey(const std::string& file, const std::string& passphrase_file);

/// By this device's clock: seconds since 1970.
std::int64_t SecondsNow();

}  // namespace euphone::cli

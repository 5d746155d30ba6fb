#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace euphone::server {

/// This device's own certificate and its key.
struct Certificate {
  std::string pem;          ///< Key and certificate.
  std::string fingerprint;  ///< SHA-256 of the certificate: "AB:CD:…".
};

/// What `file` holds, or a new one that is kept there for the next time, readable by its user only:
/// ECDSA on P-256, signed by itself, for `hostname`, "hostname.local" and "localhost", ten years
/// long. Fails: kIo, kCorrupt, kInternal.
Result<Certificate> OpenCertificate(const std::filesystem::path& file, const std::string& hostname);

}  // namespace euphone::server

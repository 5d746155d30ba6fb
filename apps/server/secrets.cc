#include "server/secrets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <span>
#include <vector>

#include "model/digest.h"

namespace euphone::server {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string HexOf(const unsigned char* bytes, std::size_t size) {
  std::string hex;
  for (std::size_t i = 0; i < size; ++i) {
    hex += kHexDigits[bytes[i] >> 4];
    hex += kHexDigits[bytes[i] & 15];
  }
  return hex;
}

const Error kNoChance{Errc::kInternal, "the system gives no random numbers"};

}  // namespace

Result<std::string> RandomHex(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  if (RAND_bytes(random.data(), static_cast<int>(bytes)) != 1) return kNoChance;
  return HexOf(random.data(), bytes);
}

Result<std::string> RandomDigits(std::size_t digits) {
  std::string code;
  while (code.size() < digits) {
    unsigned char random = 0;
    if (RAND_bytes(&random, 1) != 1) return kNoChance;
    // 250 and above would make some digits likelier than others.
    if (random < 250) code += static_cast<char>('0' + random % 10);
  }
  return code;
}

Result<std::string> Sha256Of(std::string_view bytes) {
  std::string digest = Sha256Hex(std::as_bytes(std::span(bytes)));
  if (digest.empty()) return Error{Errc::kInternal, "SHA-256 cannot be computed"};
  return digest;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::optional<std::string> Base64Decoded(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::vector<unsigned char> decoded(text.size() / 4 * 3 + 1);
  const int size =
      EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // What the padding stands for is decoded, too.
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  return std::string(decoded.begin(),
                     decoded.begin() + size - static_cast<std::ptrdiff_t>(padding));
}

}  // namespace euphone::server

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone {

/// 32 secret bytes; wiped when they go away.
class SecretKey {
 public:
  static constexpr std::size_t kSize = 32;

  SecretKey() = default;
  /// `bytes`: kSize of them.
  explicit SecretKey(std::span<const std::byte, kSize> bytes);
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  std::span<const std::byte, kSize> bytes() const { return bytes_; }
  const unsigned char* data() const {
    return reinterpret_cast<const unsigned char*>(bytes_.data());  // NOLINT: what libsodium takes
  }

  friend bool operator==(const SecretKey&, const SecretKey&) = default;

 private:
  std::array<std::byte, kSize> bytes_{};
};

/// What the store needs of cryptography, all of it libsodium's. Any thread.

SecretKey RandomKey();
/// "0e37df36-f698-4b4c-8dd4-9f5bb5b7d2c1": random, version 4 (RFC 9562).
std::string RandomUuid();

/// A key of its own for each purpose (BLAKE2b, crypto_kdf). `purpose`: 8 characters.
SecretKey DerivedKey(const SecretKey& master, std::string_view purpose);

/// How hard a passphrase is to try out (Argon2id, RFC 9106).
struct PassphraseCost {
  std::uint64_t passes = 3;
  std::uint64_t bytes = 64 << 20;
};
/// `salt`: 16 bytes. Fails: kInternal where there is not enough memory.
Result<SecretKey> PassphraseKey(std::string_view passphrase, std::string_view salt,
                                const PassphraseCost& cost);
std::string RandomSalt();

/// A key in hexadecimal, 64 digits. Fails: kCorrupt.
std::string ToHex(const SecretKey& key);
Result<SecretKey> KeyFromHex(std::string_view digits);
std::string ToHex(std::string_view bytes);
Result<std::string> FromHex(std::string_view digits);

/// RFC 4648, with padding.
std::string ToBase64(std::string_view bytes);
/// Nothing where it is none.
std::optional<std::string> FromBase64(std::string_view text);

/// A short message under a key, with all that is needed to tell whether it was changed
/// (XSalsa20-Poly1305, crypto_secretbox). Fails: kCorrupt for another key or changed bytes.
std::string Boxed(std::string_view message, const SecretKey& key);
Result<std::string> Unboxed(std::string_view box, const SecretKey& key);

/// A file's content in pieces of 64 KiB, none of which can be changed, moved or left out unnoticed
/// (XChaCha20-Poly1305, crypto_secretstream); docs/formats/store.md. Fails as Unboxed.
std::string Sealed(std::string_view content, const SecretKey& key);
Result<std::string> Unsealed(std::string_view sealed, const SecretKey& key);

/// 64 hexadecimal digits that only who has the key can tell for given bytes (BLAKE2b-256, keyed).
std::string KeyedName(std::string_view content, const SecretKey& key);

}  // namespace euphone

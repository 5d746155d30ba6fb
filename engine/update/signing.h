#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Whose signatures count; an Ed25519 key (RFC 8032).
struct PublicKey {
  std::array<unsigned char, 32> bytes{};

  /// As metadata name it (TUF 1.0, 4.2): SHA-256 of the canonical form of its JSON object.
  std::string id() const;
  std::string hex() const;
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};
Result<PublicKey> PublicKeyFromHex(std::string_view hex);

/// The secret half; wiped when it goes away.
class SigningKey {
 public:
  static SigningKey Random();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  /// 128 hexadecimal digits.
  std::string Sign(std::string_view message) const;

  /// As a file's content, under a passphrase (Argon2id, XSalsa20-Poly1305); an empty one leaves the
  /// key readable to whoever has the file. docs/formats/release.md.
  std::string ToFile(std::string_view passphrase) const;
  /// Fails: kCorrupt for what is no key file, and for a wrong passphrase; kInvalidArgument where
  /// there is none and one is needed.
  static Result<SigningKey> FromFile(std::string_view content, std::string_view passphrase);
  /// Whether FromFile needs a passphrase for it.
  static bool NeedsPassphrase(std::string_view content);

 private:
  SigningKey() = default;
  PublicKey public_;
  std::array<unsigned char, 32> seed_{};
};

/// Whether `signature` (hexadecimal) is the key's for this message.
bool Verifies(const PublicKey& key, std::string_view message, std::string_view signature);

/// A JSON value's one form, over which signatures are made: the canonical JSON of OLPC, as TUF uses
/// it. Fails: kCorrupt for numbers that are not whole, and for control characters, which tools
/// write in different ways.
Result<std::string> Canonical(const nlohmann::json& value);

struct Signature {
  std::string key_id;
  std::string hex;
};

/// {"signatures": [{"keyid": …, "sig": …}], "signed": …}: a body and who stands for it.
struct SignedDocument {
  std::string body;  ///< Canonical.
  std::vector<Signature> signatures;

  static Result<SignedDocument> Make(const nlohmann::json& body);
  /// Fails: kTooLarge over 4 MiB; kCorrupt.
  static Result<SignedDocument> Parse(std::string_view text);
  std::string ToText() const;

  /// Adds the key's signature, or renews it.
  void Add(const SigningKey& key);
};

}  // namespace euphone

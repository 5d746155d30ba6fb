#include "update/signing.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>
#include <span>

#include "model/digest.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::size_t kMaxDocumentBytes = 4 << 20;
constexpr std::string_view kKeyFormat = "euphone-signing-key";

void SodiumReady() {
  static const int ready = sodium_init();
  static_cast<void>(ready);  // Fails only where the system has no randomness; sodium aborts then.
}

const unsigned char* Raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string HexOf(std::span<const unsigned char> bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();
  return hex;
}

/// Lower-case digits of exactly `bytes.size()` bytes: a signature has one way to be written.
bool FromHexInto(std::string_view hex, std::span<unsigned char> bytes) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (hex.size() != bytes.size() * 2 || !std::ranges::all_of(hex, is_digit)) return false;
  std::size_t length = 0;
  return sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length,
                        nullptr) == 0 &&
         length == bytes.size();
}

/// `depth`: how many levels more there may be; hostile nesting must not reach the end of the stack.
Status CheckCanonical(const nlohmann::json& value, int depth) {
  if (depth == 0) return Error{Errc::kCorrupt, "is nested too deeply to be signed"};
  if (value.is_number_float() || value.is_binary() || value.is_discarded())
    return Error{Errc::kCorrupt, "a number that is not whole cannot be signed"};
  if (const auto* text = value.get_ptr<const std::string*>(); text != nullptr) {
    const bool control = std::ranges::any_of(
        *text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (control) return Error{Errc::kCorrupt, "a text with control characters cannot be signed"};
  }
  if (!value.is_structured()) return {};
  for (const auto& [key, element] : value.items()) {
    if (auto status = value.is_object() ? CheckCanonical(nlohmann::json(key), depth - 1) : Status();
        !status)
      return status;
    if (auto status = CheckCanonical(element, depth - 1); !status) return status;
  }
  return {};
}

using DerivedKeyBytes = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

bool DeriveKey(std::string_view passphrase, std::span<const unsigned char> salt,
               DerivedKeyBytes& key) {
  return crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(),
                       crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                       crypto_pwhash_ALG_ARGON2ID13) == 0;
}

}  // namespace

std::string PublicKey::hex() const { return HexOf(bytes); }

std::string PublicKey::id() const {
  const nlohmann::json object = {
      {"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", hex()}}}};
  const std::string canonical = object.dump();
  return Sha256Hex(std::as_bytes(std::span(canonical)));
}

Result<PublicKey> PublicKeyFromHex(std::string_view hex) {
  PublicKey key;
  if (!FromHexInto(hex, key.bytes))
    return Error{Errc::kCorrupt, "an Ed25519 public key has 64 lower-case hexadecimal digits"};
  return key;
}

SigningKey SigningKey::Random() {
  SodiumReady();
  SigningKey key;
  randombytes_buf(key.seed_.data(), key.seed_.size());
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(key.public_.bytes.data(), secret.data(), key.seed_.data());
  sodium_memzero(secret.data(), secret.size());
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(seed_.data(), seed_.size()); }

std::string SigningKey::Sign(std::string_view message) const {
  PublicKey unused;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(unused.bytes.data(), secret.data(), seed_.data());
  std::array<unsigned char, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, Raw(message), message.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  return HexOf(signature);
}

std::string SigningKey::ToFile(std::string_view passphrase) const {
  nlohmann::json file = {{"format", kKeyFormat}, {"version", 1}, {"public", public_.hex()}};
  if (passphrase.empty()) {
    file["secret"] = HexOf(seed_);
    return file.dump(2) + "\n";
  }
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt;
  std::array<unsigned char, crypto_secretbox_NONCEBYTES> nonce;
  randombytes_buf(salt.data(), salt.size());
  randombytes_buf(nonce.data(), nonce.size());
  DerivedKeyBytes key;
  const bool derived = DeriveKey(passphrase, salt, key);
  assert(derived);  // 64 MiB are there on any machine that signs.
  static_cast<void>(derived);
  std::array<unsigned char, crypto_secretbox_MACBYTES + 32> box;
  crypto_secretbox_easy(box.data(), seed_.data(), seed_.size(), nonce.data(), key.data());
  sodium_memzero(key.data(), key.size());
  file["sealed"] = {{"salt", HexOf(salt)}, {"nonce", HexOf(nonce)}, {"box", HexOf(box)}};
  return file.dump(2) + "\n";
}

bool SigningKey::NeedsPassphrase(std::string_view content) {
  const auto file = nlohmann::json::parse(content, nullptr, false);
  return file.is_object() && file.contains("sealed");
}

Result<SigningKey> SigningKey::FromFile(std::string_view content, std::string_view passphrase) {
  SodiumReady();
  const auto no_key = [] {
    return Error{Errc::kCorrupt, "is not a signing key; `euphone bundle keygen` makes one"};
  };
  const auto file = nlohmann::json::parse(content, nullptr, false);
  if (!file.is_object() || file.value("format", nlohmann::json()) != kKeyFormat ||
      file.value("version", nlohmann::json()) != 1)
    return no_key();
  const auto text = [](const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  SigningKey key;
  if (const auto sealed = file.find("sealed"); sealed != file.end() && sealed->is_object()) {
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt;
    std::array<unsigned char, crypto_secretbox_NONCEBYTES> nonce;
    std::array<unsigned char, crypto_secretbox_MACBYTES + 32> box;
    if (!FromHexInto(text(*sealed, "salt"), salt) || !FromHexInto(text(*sealed, "nonce"), nonce) ||
        !FromHexInto(text(*sealed, "box"), box))
      return no_key();
    if (passphrase.empty()) return Error{Errc::kInvalidArgument, "needs its passphrase"};
    DerivedKeyBytes derived;
    if (!DeriveKey(passphrase, salt, derived))
      return Error{Errc::kInternal, "64 MiB of memory are needed to open a key, and not to be had"};
    const bool opened = crypto_secretbox_open_easy(key.seed_.data(), box.data(), box.size(),
                                                   nonce.data(), derived.data()) == 0;
    sodium_memzero(derived.data(), derived.size());
    if (!opened) return Error{Errc::kCorrupt, "the passphrase is another one"};
  } else if (!FromHexInto(text(file, "secret"), key.seed_)) {
    return no_key();
  }
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(key.public_.bytes.data(), secret.data(), key.seed_.data());
  sodium_memzero(secret.data(), secret.size());
  if (key.public_.hex() != text(file, "public")) return no_key();
  return key;
}

bool Verifies(const PublicKey& key, std::string_view message, std::string_view signature) {
  SodiumReady();
  std::array<unsigned char, crypto_sign_BYTES> bytes;
  return FromHexInto(signature, bytes) &&
         crypto_sign_verify_detached(bytes.data(), Raw(message), message.size(),
                                     key.bytes.data()) == 0;
}

Result<std::string> Canonical(const nlohmann::json& value) {
  if (auto status = CheckCanonical(value, 16); !status) return status.error();
  // Without control characters and fractions, compact JSON with sorted keys is the canonical form.
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<SignedDocument> SignedDocument::Make(const nlohmann::json& body) {
  auto canonical = Canonical(body);
  if (!canonical) return canonical.error();
  return SignedDocument{.body = std::move(*canonical), .signatures = {}};
}

Result<SignedDocument> SignedDocument::Parse(std::string_view text) {
  if (text.size() > kMaxDocumentBytes)
    return Error{Errc::kTooLarge, "larger than the 4 MiB that signed metadata may have"};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  Status status;
  if (!json.is_object() || !json.contains("signed") || !json["signed"].is_object())
    return Error{Errc::kCorrupt, "is not a signed document"};
  auto document = Make(json["signed"]);
  if (!document) return document.error();
  JsonObject reader(json, "", status);
  static constexpr TextRule kSignatureHex = {[](std::string_view hex) { return hex.size() == 128; },
                                             "128 hexadecimal digits"};
  reader.Objects("signatures", 0, 64, [&](JsonObject& entry) {
    document->signatures.push_back(
        {.key_id = entry.Text("keyid", kSha256), .hex = entry.Text("sig", kSignatureHex)});
  });
  if (!status) return status.error();
  return document;
}

std::string SignedDocument::ToText() const {
  std::string text = R"({"signatures":[)";
  for (const Signature& signature : signatures) {
    if (text.back() == '}') text += ',';
    text += R"({"keyid":")" + signature.key_id + R"(","sig":")" + signature.hex + R"("})";
  }
  return text + R"(],"signed":)" + body + "}\n";
}

void SignedDocument::Add(const SigningKey& key) {
  const std::string id = key.public_key().id();
  std::erase_if(signatures, [&](const Signature& other) { return other.key_id == id; });
  signatures.push_back({.key_id = id, .hex = key.Sign(body)});
}

}  // namespace euphone

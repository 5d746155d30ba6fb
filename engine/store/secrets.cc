#include "store/secrets.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

namespace euphone {
namespace {

// "EUPHSEAL" and a version; what follows is a crypto_secretstream.
constexpr std::string_view kMagic{"EUPHSEA\x01", 8};
constexpr std::size_t kPiece = 64 << 10;

void Ready() {
  static const int ready = sodium_init();
  static_cast<void>(ready);  // Fails only where the system has no randomness; sodium aborts then.
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
unsigned char* Bytes(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

SecretKey KeyOf(std::string_view bytes) {
  return SecretKey(std::as_bytes(std::span(bytes)).first<SecretKey::kSize>());
}

Error Forged() { return {Errc::kCorrupt, "it was changed, or encrypted with another key"}; }

}  // namespace

SecretKey::SecretKey(std::span<const std::byte, kSize> bytes) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}
SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey RandomKey() {
  Ready();
  std::array<std::byte, SecretKey::kSize> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return SecretKey(bytes);
}

std::string RandomUuid() {
  Ready();
  std::array<unsigned char, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  std::string uuid = ToHex(std::string_view(reinterpret_cast<const char*>(bytes.data()), 16));
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) uuid.insert(dash, 1, '-');
  return uuid;
}

SecretKey DerivedKey(const SecretKey& master, std::string_view purpose) {
  std::array<std::byte, SecretKey::kSize> bytes;
  std::array<char, crypto_kdf_CONTEXTBYTES> context{};
  std::copy_n(purpose.begin(), std::min(purpose.size(), context.size()), context.begin());
  crypto_kdf_derive_from_key(Bytes(std::span(bytes)), bytes.size(), 1, context.data(),
                             master.data());
  return SecretKey(bytes);
}

Result<SecretKey> PassphraseKey(std::string_view passphrase, std::string_view salt,
                                const PassphraseCost& cost) {
  Ready();
  if (salt.size() != crypto_pwhash_SALTBYTES) return Forged();
  std::array<std::byte, SecretKey::kSize> bytes;
  if (crypto_pwhash(Bytes(std::span(bytes)), bytes.size(), passphrase.data(), passphrase.size(),
                    Bytes(salt), cost.passes, cost.bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Error{Errc::kInternal,
                 "there is not enough memory to try the passphrase; close other "
                 "programs and try again"};
  }
  return SecretKey(bytes);
}

std::string RandomSalt() {
  Ready();
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

std::string ToHex(std::string_view bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), Bytes(bytes), bytes.size());
  hex.pop_back();
  return hex;
}

std::string ToHex(const SecretKey& key) {
  return ToHex(std::string_view(reinterpret_cast<const char*>(key.data()), SecretKey::kSize));
}

Result<std::string> FromHex(std::string_view digits) {
  std::string bytes(digits.size() / 2, '\0');
  std::size_t size = 0;
  if (digits.size() % 2 != 0 ||
      sodium_hex2bin(Bytes(bytes), bytes.size(), digits.data(), digits.size(), nullptr, &size,
                     nullptr) != 0 ||
      size != bytes.size()) {
    return Error{Errc::kCorrupt, "it is not in hexadecimal digits"};
  }
  return bytes;
}

std::string ToBase64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), Bytes(bytes), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // The zero at its end.
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(Bytes(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

Result<SecretKey> KeyFromHex(std::string_view digits) {
  auto bytes = FromHex(digits);
  if (!bytes || bytes->size() != SecretKey::kSize)
    return Error{Errc::kCorrupt, "a key has 64 hexadecimal digits"};
  const SecretKey key = KeyOf(*bytes);
  sodium_memzero(bytes->data(), bytes->size());
  return key;
}

std::string Boxed(std::string_view message, const SecretKey& key) {
  Ready();
  constexpr std::size_t kHead = crypto_secretbox_NONCEBYTES;
  std::string box(kHead + crypto_secretbox_MACBYTES + message.size(), '\0');
  randombytes_buf(box.data(), kHead);
  crypto_secretbox_easy(Bytes(box) + kHead, Bytes(message), message.size(), Bytes(box), key.data());
  return box;
}

Result<std::string> Unboxed(std::string_view box, const SecretKey& key) {
  constexpr std::size_t kHead = crypto_secretbox_NONCEBYTES;
  if (box.size() < kHead + crypto_secretbox_MACBYTES) return Forged();
  std::string message(box.size() - kHead - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(Bytes(message), Bytes(box) + kHead, box.size() - kHead, Bytes(box),
                                 key.data()) != 0) {
    return Forged();
  }
  return message;
}

std::string Sealed(std::string_view content, const SecretKey& key) {
  Ready();
  constexpr std::size_t kMore = crypto_secretstream_xchacha20poly1305_ABYTES;
  crypto_secretstream_xchacha20poly1305_state state;
  std::string sealed(kMagic);
  sealed.resize(kMagic.size() + crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  crypto_secretstream_xchacha20poly1305_init_push(&state, Bytes(sealed) + kMagic.size(),
                                                  key.data());
  do {
    const std::string_view piece = content.substr(0, kPiece);
    content.remove_prefix(piece.size());
    const auto tag = content.empty() ? crypto_secretstream_xchacha20poly1305_tag_final()
                                     : crypto_secretstream_xchacha20poly1305_tag_message();
    const std::size_t at = sealed.size();
    sealed.resize(at + piece.size() + kMore);
    crypto_secretstream_xchacha20poly1305_push(&state, Bytes(sealed) + at, nullptr, Bytes(piece),
                                               piece.size(), nullptr, 0, tag);
  } while (!content.empty());
  sodium_memzero(&state, sizeof state);
  return sealed;
}

Result<std::string> Unsealed(std::string_view sealed, const SecretKey& key) {
  constexpr std::size_t kHead = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
  constexpr std::size_t kMore = crypto_secretstream_xchacha20poly1305_ABYTES;
  if (!sealed.starts_with(kMagic) || sealed.size() < kMagic.size() + kHead + kMore) return Forged();
  sealed.remove_prefix(kMagic.size());
  crypto_secretstream_xchacha20poly1305_state state;
  crypto_secretstream_xchacha20poly1305_init_pull(&state, Bytes(sealed), key.data());
  sealed.remove_prefix(kHead);
  std::string content;
  unsigned char tag = 0;
  while (!sealed.empty()) {
    const std::string_view piece = sealed.substr(0, kPiece + kMore);
    sealed.remove_prefix(piece.size());
    const std::size_t at = content.size();
    if (piece.size() < kMore) return Forged();
    content.resize(at + piece.size() - kMore);
    if (crypto_secretstream_xchacha20poly1305_pull(&state, Bytes(content) + at, nullptr, &tag,
                                                   Bytes(piece), piece.size(), nullptr, 0) != 0) {
      return Forged();
    }
  }
  sodium_memzero(&state, sizeof state);
  if (tag != crypto_secretstream_xchacha20poly1305_tag_final()) return Forged();
  return content;
}

std::string KeyedName(std::string_view content, const SecretKey& key) {
  std::string digest(32, '\0');
  crypto_generichash(Bytes(digest), digest.size(), Bytes(content), content.size(), key.data(),
                     SecretKey::kSize);
  return ToHex(digest);
}

}  // namespace euphone

#include "hub/bcrypt.h"

#include <dlfcn.h>

#include <cstdlib>
#include <memory>

#include "store/secrets.h"

namespace euphone::hub {
namespace {

constexpr unsigned long kCost = 4;  // 2 to the power of it rounds; NATS servers take no less.
constexpr int kSaltBytes = 16;

/// The functions of libxcrypt that are used.
struct Crypt {
  char* (*salt)(const char* prefix, unsigned long count, const char* bytes, int size) = nullptr;
  char* (*hash)(const char* phrase, const char* setting, void** data, int* size) = nullptr;
};

Result<Crypt> Load() {
  void* library = nullptr;
  for (const char* name : {"libcrypt.so.1", "libcrypt.so.2"})
    if (library == nullptr) library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return Error{Errc::kNotFound,
                 "libcrypt.so.1, which makes hashes of secrets, cannot be loaded; install it "
                 "(Debian: libcrypt1)"};
  Crypt crypt;
  crypt.salt = reinterpret_cast<decltype(crypt.salt)>(::dlsym(library, "crypt_gensalt_ra"));
  crypt.hash = reinterpret_cast<decltype(crypt.hash)>(::dlsym(library, "crypt_ra"));
  if (crypt.salt == nullptr || crypt.hash == nullptr)
    return Error{Errc::kUnsupported, "libcrypt.so.1 is not libxcrypt's"};
  return crypt;
}

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

}  // namespace

Result<std::string> Bcrypt(const std::string& secret) {
  static const Result<Crypt> crypt = Load();
  if (!crypt) return crypt.error();
  const auto random = RandomKey();
  const std::unique_ptr<char, Free> setting(
      crypt->salt("$2b$", kCost, reinterpret_cast<const char*>(random.data()), kSaltBytes));
  void* data = nullptr;
  int size = 0;
  const char* const hash =
      setting == nullptr ? nullptr : crypt->hash(secret.c_str(), setting.get(), &data, &size);
  const std::unique_ptr<void, Free> owned(data);
  if (hash == nullptr || !IsBcrypt(hash))
    return Error{Errc::kUnsupported, "libcrypt.so.1 does not know bcrypt"};
  return std::string(hash);
}

bool IsBcrypt(const std::string& text) { return text.starts_with("$2b$"); }

}  // namespace euphone::hub

#include "private_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/file.h"
#include "passphrase.h"
#include "store/clock.h"

namespace euphone::cli {

Status WritePrivateFile(const std::filesystem::path& file, const std::string& content) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, content.data(), content.size()) == std::ssize(content) &&
                       ::fsync(descriptor) == 0;
  const int why = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (written) return {};
  return Error{Errc::kIo, file.string() + ": " + std::generic_category().message(why)};
}

Result<SigningKey> OpenPrivateKey(const std::string& file, const std::string& passphrase_file) {
  const auto content = ReadFile(file, 1 << 16);
  if (!content) return content.error();
  std::string passphrase;
  if (SigningKey::NeedsPassphrase(*content)) {
    auto given = passphrase_file.empty() ? TypedPassphrase("Passphrase of " + file + ": ", file)
                                         : PassphraseIn(passphrase_file);
    if (!given) return given.error();
    passphrase = *std::move(given);
  }
  auto key = SigningKey::FromFile(*content, passphrase);
  if (!key) return Prefixed(file, key.error());
  return key;
}

std::int64_t SecondsNow() { return NowMs() / 1000; }

}  // namespace euphone::cli

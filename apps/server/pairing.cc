#include "server/pairing.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/file.h"
#include "server/private_file.h"
#include "server/secrets.h"

namespace euphone::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kMostKept = 1 << 20;  // Bytes.

}  // namespace

Result<std::unique_ptr<Pairing>> Pairing::Open(const std::filesystem::path& file,
                                               std::function<void(const std::string&)> show) {
  std::unique_ptr<Pairing> pairing(new Pairing(file, std::move(show)));
  std::error_code ignored;
  if (file.empty() || !std::filesystem::exists(file, ignored)) return pairing;
  const auto kept = ReadFile(file, kMostKept);
  if (!kept) return kept.error();
  std::istringstream lines(*kept);
  for (std::string line; std::getline(lines, line);) {
    const bool digest = line.size() == kDigestDigits &&
                        line.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!digest) {
      return Error{Errc::kCorrupt,
                   file.string() + ": is damaged; remove it, and pair all devices again"};
    }
    pairing->digests_.push_back(line);
  }
  return pairing;
}

bool Pairing::CodeWorks(Time now) const {
  return !code_.empty() && tries_ < kMostTries && now < made_ + kLifetime;
}

Status Pairing::Renew(Time now) {
  auto code = RandomDigits(kDigits);
  if (!code) return code.error();
  code_ = *std::move(code);
  made_ = now;
  tries_ = 0;
  show_(code_.substr(0, kDigits / 2) + " " + code_.substr(kDigits / 2));
  return {};
}

Status Pairing::NewCode(Time now) {
  const std::lock_guard lock(mutex_);
  return Renew(now);
}

Result<bool> Pairing::AskForCode(Time now) {
  const std::lock_guard lock(mutex_);
  if (CodeWorks(now)) return true;
  if (now < made_ + kBetweenCodes || now < next_try_) return false;
  if (auto status = Renew(now); !status) return status.error();
  return true;
}

Result<Pairing::Attempt> Pairing::Try(std::string_view code, Time now) {
  const std::lock_guard lock(mutex_);
  if (now < next_try_) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(next_try_ - now);
    return Attempt{.outcome = Outcome::kWait, .token = "", .wait = wait};
  }
  if (!CodeWorks(now)) return Attempt{.outcome = Outcome::kNoCode, .token = ""};
  std::string typed(code);
  std::erase_if(typed, [](char c) { return c == ' ' || c == '-'; });
  if (!SameSecret(typed, code_)) {
    ++tries_;
    next_try_ = now + delay_;
    delay_ = std::min<std::chrono::seconds>(2 * delay_, kLongestDelay);
    return Attempt{};
  }
  auto token = RandomHex(kTokenBytes);
  if (!token) return token.error();
  auto digest = Sha256Of(*token);
  if (!digest) return digest.error();
  digests_.push_back(*std::move(digest));
  if (digests_.size() > kMostTokens) digests_.erase(digests_.begin());
  delay_ = kFirstDelay;
  code_.clear();
  if (auto status = Keep(); !status) return status.error();
  if (auto status = Renew(now); !status) return status.error();
  return Attempt{.outcome = Outcome::kPaired, .token = *std::move(token)};
}

Status Pairing::Keep() const {
  if (file_.empty()) return {};
  std::string lines;
  for (const std::string& digest : digests_) lines += digest + "\n";
  return WritePrivateFile(file_, lines);
}

bool Pairing::Knows(std::string_view token) const {
  const auto digest = Sha256Of(token);
  if (!digest) return false;
  const std::lock_guard lock(mutex_);
  return std::any_of(digests_.begin(), digests_.end(),
                     [&](const std::string& known) { return SameSecret(known, *digest); });
}

}  // namespace euphone::server

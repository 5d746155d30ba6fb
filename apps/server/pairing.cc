#include "server/pairing.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/file.h"
#include "base/private_file.h"
#include "server/secrets.h"

namespace euphone::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kMostPairedBytes = 1 << 20;  // Bytes.

/// "1234 5678".
std::string Readable(const std::string& digits) {
  return digits.substr(0, digits.size() / 2) + " " + digits.substr(digits.size() / 2);
}

}  // namespace

Result<std::unique_ptr<Pairing>> Pairing::Open(const std::filesystem::path& file,
                                               std::function<void(const std::string&)> show) {
  std::unique_ptr<Pairing> pairing(new Pairing(file, std::move(show)));
  std::error_code ignored;
  if (file.empty() || !std::filesystem::exists(file, ignored)) return pairing;
  const auto kept = ReadFile(file, kMostPairedBytes);
  if (!kept) return kept.error();
  std::istringstream lines(*kept);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = std::min(line.find(' '), line.size());
    Token token{.digest = line.substr(0, end),
                .learner = line.substr(std::min(end + 1, line.size()))};
    if (token.digest.size() != kDigestDigits ||
        token.digest.find_first_not_of("0123456789abcdef") != std::string::npos ||
        token.learner.find_first_not_of("0123456789abcdef-") != std::string::npos) {
      return Error{Errc::kCorrupt,
                   file.string() + ": is damaged; remove it, and pair all devices again"};
    }
    pairing->tokens_.push_back(std::move(token));
  }
  return pairing;
}

bool Pairing::Works(const Code& code, Time now) const {
  return !code.digits.empty() && tries_ < kMostTries && now < code.made + kLifetime;
}

Status Pairing::Renew(Time now) {
  auto digits = RandomDigits(kDigits);
  if (!digits) return digits.error();
  if (tries_ >= kMostTries) invitations_.clear();
  shown_ = Code{.digits = *std::move(digits), .made = now};
  tries_ = 0;
  show_(Readable(shown_.digits));
  return {};
}

Status Pairing::NewCode(Time now) {
  const std::lock_guard lock(mutex_);
  return Renew(now);
}

Result<bool> Pairing::AskForCode(Time now) {
  const std::lock_guard lock(mutex_);
  if (Works(shown_, now)) return true;
  if (now < shown_.made + kBetweenCodes || now < next_try_) return false;
  if (auto status = Renew(now); !status) return status.error();
  return true;
}

Result<std::string> Pairing::Invite(std::string learner, Time now) {
  auto digits = RandomDigits(kDigits);
  if (!digits) return digits.error();
  const std::lock_guard lock(mutex_);
  if (tries_ >= kMostTries) {
    if (auto status = Renew(now); !status) return status.error();
  }
  std::erase_if(invitations_, [&](const Code& code) { return !Works(code, now); });
  if (invitations_.size() >= kMostInvitations) invitations_.erase(invitations_.begin());
  invitations_.push_back({.digits = *digits, .made = now, .learner = std::move(learner)});
  return Readable(*digits);
}

Pairing::Code* Pairing::FindCode(std::string_view typed, Time now) {
  Code* found = nullptr;
  const auto look = [&](Code& code) {
    // All are compared, so that the time does not tell which one it was.
    if (Works(code, now) && SameSecret(typed, code.digits)) found = &code;
  };
  look(shown_);
  for (Code& code : invitations_) look(code);
  return found;
}

Result<Pairing::Attempt> Pairing::Try(std::string_view code, Time now) {
  const std::lock_guard lock(mutex_);
  if (now < next_try_) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(next_try_ - now);
    return Attempt{.outcome = Outcome::kWait, .token = "", .wait = wait};
  }
  const bool any = Works(shown_, now) || std::any_of(invitations_.begin(), invitations_.end(),
                                                     [&](const Code& c) { return Works(c, now); });
  if (!any) return Attempt{.outcome = Outcome::kNoCode, .token = ""};
  std::string typed(code);
  std::erase_if(typed, [](char c) { return c == ' ' || c == '-'; });
  Code* const used = FindCode(typed, now);
  if (used == nullptr) {
    ++tries_;
    next_try_ = now + delay_;
    delay_ = std::min<std::chrono::seconds>(2 * delay_, kLongestDelay);
    return Attempt{};
  }
  auto token = RandomHex(kTokenBytes);
  if (!token) return token.error();
  auto digest = Sha256Of(*token);
  if (!digest) return digest.error();
  tokens_.push_back({.digest = *std::move(digest), .learner = used->learner});
  if (tokens_.size() > kMostTokens) tokens_.erase(tokens_.begin());
  delay_ = kFirstDelay;
  const bool was_shown = used == &shown_;
  used->digits.clear();
  if (auto status = Keep(); !status) return status.error();
  if (was_shown) {
    if (auto status = Renew(now); !status) return status.error();
  }
  return Attempt{.outcome = Outcome::kPaired, .token = *std::move(token)};
}

Status Pairing::Keep() const {
  if (file_.empty()) return {};
  std::string lines;
  for (const Token& token : tokens_)
    lines += token.digest + (token.learner.empty() ? "" : " " + token.learner) + "\n";
  return WritePrivateFile(file_, lines);
}

std::optional<PairedDevice> Pairing::Find(std::string_view token) const {
  const auto digest = Sha256Of(token);
  if (!digest) return std::nullopt;
  const std::lock_guard lock(mutex_);
  for (const Token& known : tokens_)
    if (SameSecret(known.digest, *digest)) return PairedDevice{.learner = known.learner};
  return std::nullopt;
}

}  // namespace euphone::server

#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::server {

/// Whom a token lets in.
struct PairedDevice {
  std::string learner = {};  ///< The one learner it may see, by UUID; empty: it may do everything.
};

/// Who may use a server that is open to the network: whoever has typed the code that its own
/// terminal shows, and whoever has typed an invitation, a code for one learner's own things that
/// such a device has asked for. A code works once, for ten minutes, and all die of five wrong
/// tries; after each wrong try the next one has to wait, twice as long each time, whoever makes it.
/// What is kept are digests of the tokens, in a file that only the user can read.
/// Time is the caller's, so that it can be tested. Thread: any.
class Pairing {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kDigits = 8;
  static constexpr int kMostTries = 5;
  static constexpr std::size_t kMostTokens = 256;      ///< The oldest one goes when there are more.
  static constexpr std::size_t kMostInvitations = 64;  ///< Likewise.
  static constexpr std::chrono::minutes kLifetime{10};
  static constexpr std::chrono::seconds kFirstDelay{1};
  static constexpr std::chrono::seconds kLongestDelay{300};
  static constexpr std::chrono::seconds kBetweenCodes{10};

  /// `show` shows a new code to whoever sits before the device. `file`: where digests are kept;
  /// empty: nowhere. Fails: kIo, kCorrupt.
  static Result<std::unique_ptr<Pairing>> Open(const std::filesystem::path& file,
                                               std::function<void(const std::string&)> show);

  /// Shows a new code; the one before is void. Fails: kInternal.
  Status NewCode(Time now);

  /// A code for a device that is to see this learner alone; like NewCode(), but it is shown by
  /// whoever asked for it, and others stay good. Fails: kInternal.
  Result<std::string> Invite(std::string learner, Time now);

  enum class Outcome { kPaired, kWrong, kNoCode, kWait };
  struct Attempt {
    Outcome outcome = Outcome::kWrong;
    std::string token = {};        ///< With kPaired: 64 hexadecimal digits.
    std::chrono::seconds wait{0};  ///< With kWait: ask again then.
  };
  /// A try to pair; spaces and hyphens in `code` are of no matter. Fails: kIo (the token cannot be
  /// kept), kInternal.
  Result<Attempt> Try(std::string_view code, Time now);

  /// Somebody asks for a code to be shown: a new one, unless one is shown that still works. False:
  /// too soon after the last.
  Result<bool> AskForCode(Time now);

  /// Nothing: nobody's token.
  std::optional<PairedDevice> Find(std::string_view token) const;

 private:
  Pairing(std::filesystem::path file, std::function<void(const std::string&)> show)
      : file_(std::move(file)), show_(std::move(show)) {}
  struct Code {
    std::string digits = {};  ///< Empty: none.
    Time made{};
    std::string learner = {};
  };
  struct Token {
    std::string digest, learner;
  };
  Status Renew(Time now);
  Status Keep() const;
  bool Works(const Code& code, Time now) const;
  Code* FindCode(std::string_view typed, Time now);

  const std::filesystem::path file_;
  const std::function<void(const std::string&)> show_;
  mutable std::mutex mutex_;  ///< Guards the rest.
  Code shown_;
  std::vector<Code> invitations_;
  Time next_try_{};
  int tries_ = 0;  ///< Wrong ones, since the last code was shown.
  std::chrono::seconds delay_ = kFirstDelay;
  std::vector<Token> tokens_;
};

}  // namespace euphone::server

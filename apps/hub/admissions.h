#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone::hub {

/// A user's password at the NATS server, which is not the token: whoever reads the server's
/// configuration cannot speak for the user. SHA-256, half of it.
std::string NatsPassword(const std::string& token);
/// As the server knows users: not like any device, whose names have no dots.
std::string NatsUser(const std::string& user);
/// Where answers to a user of the server go, so that no other one can listen.
std::string InboxOf(const std::string& nats_user);

/// Who may connect to the hub's own NATS server, and what each may do there: a device speaks on its
/// own subjects, reads its own orders and the repository, and nothing else. Kept in one file that
/// only the hub's owner can read, and which holds hashes alone, but for the hub's own password; the
/// server's configuration follows from it.
/// Thread: one at a time. Fails: kIo, kCorrupt, and as Bcrypt.
class Admissions {
 public:
  /// FOLDER/admissions.json, made where there is none.
  static Result<Admissions> Open(const std::filesystem::path& folder);

  /// The hub's own password.
  const std::string& hub_secret() const { return hub_; }

  /// A new secret of a device; one that it had no longer counts.
  Result<std::string> Invite(const std::string& device);
  /// Fails: kNotFound.
  Status Revoke(const std::string& device);
  Status SetUser(const std::string& user, const std::string& password);
  Status RemoveUser(const std::string& user);

  /// "authorization { … }", written beside, where the server includes it.
  Status WriteConfig() const;
  std::filesystem::path config() const { return folder_ / "nats-users.conf"; }

 private:
  explicit Admissions(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Status Save() const;

  std::filesystem::path folder_;
  std::string hub_;
  std::map<std::string, std::string> devices_, users_;  ///< Hashes of their passwords.
};

/// 32 hexadecimal digits by chance.
std::string RandomSecret();

}  // namespace euphone::hub

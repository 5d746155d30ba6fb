#include "hub/desk_records.h"

#include <array>
#include <nlohmann/json.hpp>

#include "model/digest.h"

namespace euphone::hub {
namespace {

constexpr std::array<std::string_view, 4> kRoleNames = {"viewer", "operator", "signer", "admin"};
constexpr int kPage = 1000;

std::string DigestOf(const AuditLine& line, const std::string& before) {
  const std::string text =
      nlohmann::json({before, line.number, line.at, line.who, line.verb, line.what, line.outcome})
          .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return Sha256Hex(std::as_bytes(std::span(text.data(), text.size())));
}

User UserOf(const std::vector<std::optional<std::string>>& row) {
  return {.name = *row[0],
          .role = RoleNamed(*row[1]).value_or(Role::kViewer),
          .token_digest = *row[2],
          .at = NumberIn(row[3])};
}

}  // namespace

std::string_view NameOf(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<Role> RoleNamed(std::string_view name) {
  for (std::size_t i = 0; i < kRoleNames.size(); ++i)
    if (kRoleNames[i] == name) return static_cast<Role>(i);
  return std::nullopt;
}

Result<std::vector<KeptRollout>> DeskRecords::Rollouts() {
  const auto rows = database_->Run(
      "SELECT rollout, plan, submitted_by, at_s FROM hub_rollouts ORDER BY at_s, rollout", {}, 4);
  if (!rows) return rows.error();
  std::vector<KeptRollout> rollouts;
  for (const auto& row : rows->rows)
    rollouts.push_back(
        {.id = *row[0], .plan = *row[1], .submitted_by = *row[2], .at = NumberIn(row[3])});
  return rollouts;
}

Status DeskRecords::AddRollout(const KeptRollout& rollout) {
  const std::vector<HubDatabase::Row> row{
      {rollout.id, rollout.plan, rollout.submitted_by, std::to_string(rollout.at)}};
  const auto kept = database_->Insert("hub_rollouts", row, "");
  return kept ? Status() : kept.error();
}

Status DeskRecords::EachLine(const std::string& rollout,
                             const std::function<Status(std::int64_t, const std::string&)>& take) {
  for (std::int64_t after = 0;;) {
    const auto rows = database_->Run(
        "SELECT number, line FROM hub_rollout_log WHERE rollout = $1 AND number > $2 "
        "ORDER BY number LIMIT " +
            std::to_string(kPage),
        {rollout, std::to_string(after)}, 2);
    if (!rows) return rows.error();
    if (rows->rows.empty()) return {};
    for (const auto& row : rows->rows) {
      after = NumberIn(row[0]);
      if (Status taken = take(after, *row[1]); !taken) return taken;
    }
  }
}

Status DeskRecords::AddLines(const std::vector<RolloutLine>& lines) {
  std::vector<HubDatabase::Row> rows;
  for (const RolloutLine& line : lines)
    rows.push_back({line.rollout, std::to_string(line.number), line.line});
  const auto kept = database_->Insert("hub_rollout_log", rows, "");
  return kept ? Status() : kept.error();
}

Result<std::vector<User>> DeskRecords::Users() {
  const auto rows =
      database_->Run("SELECT name, role, token_digest, at_s FROM hub_users ORDER BY name", {}, 4);
  if (!rows) return rows.error();
  std::vector<User> users;
  for (const auto& row : rows->rows) users.push_back(UserOf(row));
  return users;
}

Result<std::optional<User>> DeskRecords::Find(const std::string& name) {
  const auto rows = database_->Run(
      "SELECT name, role, token_digest, at_s FROM hub_users WHERE name = $1", {name}, 4);
  if (!rows) return rows.error();
  if (rows->rows.empty()) return std::optional<User>();
  return std::optional(UserOf(rows->rows.front()));
}

Status DeskRecords::SetUser(const User& user) {
  const std::vector<HubDatabase::Row> row{
      {user.name, std::string(NameOf(user.role)), user.token_digest, std::to_string(user.at)}};
  const auto kept = database_->Insert("hub_users", row,
                                      "ON CONFLICT (name) DO UPDATE SET role = excluded.role, "
                                      "token_digest = excluded.token_digest, at_s = excluded.at_s");
  return kept ? Status() : kept.error();
}

Status DeskRecords::RemoveUser(const std::string& name) {
  const auto gone = database_->Run("DELETE FROM hub_users WHERE name = $1", {name});
  if (!gone) return gone.error();
  if (gone->changed == 0) return Error{Errc::kNotFound, "there is no user " + name};
  return {};
}

Status DeskRecords::AddAudit(AuditLine line) {
  const auto last =
      database_->Run("SELECT number, digest FROM hub_audit ORDER BY number DESC LIMIT 1", {}, 2);
  if (!last) return last.error();
  const bool first = last->rows.empty();
  line.number = first ? 1 : NumberIn(last->rows.front()[0]) + 1;
  line.digest = DigestOf(line, first ? std::string() : *last->rows.front()[1]);
  const std::vector<HubDatabase::Row> row{{std::to_string(line.number), std::to_string(line.at),
                                           line.who, line.verb, line.what, line.outcome,
                                           line.digest}};
  const auto kept = database_->Insert("hub_audit", row, "");
  return kept ? Status() : kept.error();
}

Result<std::vector<AuditLine>> DeskRecords::Audit(std::int64_t after, int most) {
  const auto rows = database_->Run(
      "SELECT number, at_s, who, verb, what, outcome, digest FROM hub_audit WHERE number > $1 "
      "ORDER BY number LIMIT " +
          std::to_string(most),
      {std::to_string(after)}, 7);
  if (!rows) return rows.error();
  std::vector<AuditLine> lines;
  for (const auto& row : rows->rows)
    lines.push_back({.number = NumberIn(row[0]),
                     .at = NumberIn(row[1]),
                     .who = *row[2],
                     .verb = *row[3],
                     .what = *row[4],
                     .outcome = *row[5],
                     .digest = *row[6]});
  return lines;
}

Result<std::int64_t> DeskRecords::FirstChanged(std::int64_t& count) {
  count = 0;
  for (std::string before;;) {
    const auto lines = Audit(count, kPage);
    if (!lines) return lines.error();
    if (lines->empty()) return 0;
    for (const AuditLine& line : *lines) {
      if (line.number != count + 1 || line.digest != DigestOf(line, before)) return count + 1;
      before = line.digest;
      ++count;
    }
  }
}

}  // namespace euphone::hub

#include "store/llm_runs.h"

#include "store/secrets.h"

namespace euphone {
namespace {

constexpr const char* kRunColumns = "SELECT id, uuid, name, made_ms, model FROM llm_runs";

LlmRun RunOf(const SqlRow& row) {
  return {.id = {row.Integer(0)},
          .uuid = row.Text(1),
          .name = row.Text(2),
          .made_ms = row.Integer(3),
          .model = row.Text(4)};
}

Result<std::vector<LlmRun>> RunsWhere(Store& store, const std::string& condition,
                                      std::initializer_list<SqlValue> values) {
  std::vector<LlmRun> runs;
  Database& database = store.database();
  if (auto status = database.Each(std::string(kRunColumns) + condition + " ORDER BY made_ms, id",
                                  values, [&](const SqlRow& row) { runs.push_back(RunOf(row)); });
      !status) {
    return status.error();
  }
  for (LlmRun& run : runs) {
    if (auto status =
            database.Each("SELECT name, value FROM llm_settings WHERE run = ?1", {run.id.value},
                          [&](const SqlRow& row) { run.settings[row.Text(0)] = row.Text(1); });
        !status) {
      return status.error();
    }
  }
  return runs;
}

}  // namespace

Result<LlmRun> AddLlmRun(Store& store, LlmRun run) {
  if (GetLlmRun(store, run.name))
    return Error{Errc::kInvalidArgument, "there is a run called '" + run.name + "' already"};
  if (run.uuid.empty()) run.uuid = RandomUuid();
  Database& database = store.database();
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  if (auto status =
          database.Run("INSERT INTO llm_runs(uuid, name, made_ms, model) VALUES (?1, ?2, ?3, ?4)",
                       {std::string_view(run.uuid), std::string_view(run.name), run.made_ms,
                        std::string_view(run.model)});
      !status) {
    return status.error();
  }
  run.id = {database.last_id()};
  for (const auto& [name, value] : run.settings) {
    if (auto status = database.Run("INSERT INTO llm_settings(run, name, value) VALUES (?1, ?2, ?3)",
                                   {run.id.value, std::string_view(name), std::string_view(value)});
        !status) {
      return status.error();
    }
  }
  if (auto status = transaction->Commit(); !status) return status.error();
  return run;
}

Result<std::vector<LlmRun>> AllLlmRuns(Store& store) { return RunsWhere(store, "", {}); }

Result<LlmRun> GetLlmRun(Store& store, std::string_view name) {
  auto runs = RunsWhere(store, " WHERE name = ?1", {name});
  if (!runs) return runs.error();
  if (runs->empty())
    return Error{Errc::kNotFound, "there is no run called '" + std::string(name) +
                                      "'; `euphone llm runs` lists those that are there"};
  return std::move(runs->front());
}

Status KeepLlmAnswer(Store& store, LlmRunId run, const LlmAnswer& answer) {
  return store.database().Run(
      "INSERT OR REPLACE INTO llm_answers(run, question, repeat, answerable, text, objection,"
      " error, cites, grounded, covers, fair, refuses, correct, first_token_ms, total_ms, "
      "prompt_tokens,"
      " completion_tokens)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
      {run.value, std::string_view(answer.question), answer.repeat, std::int64_t{answer.answerable},
       std::string_view(answer.text), std::string_view(answer.objection),
       std::string_view(answer.error), answer.cites, answer.grounded, answer.covers, answer.fair,
       answer.refuses, answer.right, answer.first_token_ms, answer.total_ms,
       OrNull(answer.prompt_tokens), OrNull(answer.completion_tokens)});
}

Result<std::vector<LlmAnswer>> LlmAnswers(Store& store, LlmRunId run) {
  std::vector<LlmAnswer> answers;
  if (auto status = store.database().Each(
          "SELECT question, repeat, answerable, text, objection, error, cites, grounded, covers,"
          " fair, refuses, correct, first_token_ms, total_ms, prompt_tokens, completion_tokens"
          " FROM llm_answers WHERE run = ?1 ORDER BY question, repeat",
          {run.value},
          [&](const SqlRow& row) {
            answers.push_back({.question = row.Text(0),
                               .repeat = row.Integer(1),
                               .answerable = row.Flag(2),
                               .text = row.Text(3),
                               .objection = row.Text(4),
                               .error = row.Text(5),
                               .cites = row.Real(6),
                               .grounded = row.Real(7),
                               .covers = row.Real(8),
                               .fair = row.Real(9),
                               .refuses = row.Real(10),
                               .right = row.Real(11),
                               .first_token_ms = row.Real(12),
                               .total_ms = row.Real(13),
                               .prompt_tokens = row.MaybeInteger(14),
                               .completion_tokens = row.MaybeInteger(15)});
          });
      !status) {
    return status.error();
  }
  return answers;
}

Status ForgetLlmRun(Store& store, LlmRunId run) {
  return store.database().Run("DELETE FROM llm_runs WHERE id = ?1", {run.value});
}

}  // namespace euphone

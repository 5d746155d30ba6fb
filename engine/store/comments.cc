#include "store/comments.h"

#include <algorithm>

#include "audio/audio_encoder.h"

namespace euphone {
namespace {

constexpr std::size_t kMostComments = 1000;
constexpr const char* kCommentColumns =
    "SELECT comments.id, comments.uuid, comments.take, comments.made_ms, comments.author,"
    " comments.text, comments.recording IS NOT NULL, comments.seen";
constexpr std::string_view kCommentRecording =
    "SELECT recording FROM comments WHERE id = ?1 AND recording IS NOT NULL";

Comment CommentOf(const SqlRow& row) {
  return {.id = {row.Integer(0)},
          .uuid = row.Text(1),
          .take = {row.Integer(2)},
          .made_ms = row.Integer(3),
          .author = row.Text(4),
          .text = row.Text(5),
          .has_recording = row.Flag(6),
          .seen = row.Flag(7)};
}

Error NoComment() { return {Errc::kNotFound, "there is no such comment"}; }

Result<Comment> OnlyComment(Store& store, const char* condition, SqlValue value) {
  std::optional<Comment> comment;
  if (auto status =
          store.database().Each(std::string(kCommentColumns) + " FROM comments WHERE " + condition,
                                {value}, [&](const SqlRow& row) { comment = CommentOf(row); });
      !status) {
    return status.error();
  }
  if (!comment) return NoComment();
  return *std::move(comment);
}

}  // namespace

Result<CommentId> AddComment(Store& store, const NewComment& comment, PcmView pcm,
                             SampleRate rate) {
  if (pcm.empty()) return AddComment(store, comment, std::nullopt);
  const auto content = EncodeAudio(pcm, rate, ".flac");
  if (!content) return content.error();
  return AddComment(store, comment, EncodedRecording{*content, ".flac", std::ssize(pcm), rate});
}

Result<CommentId> AddComment(Store& store, const NewComment& comment,
                             const std::optional<EncodedRecording>& recording) {
  if (comment.text.empty() && !recording)
    return Error{Errc::kInvalidArgument, "a comment needs a text or a recording"};
  const auto take = GetTake(store, comment.take);
  if (!take) return take.error();
  const std::string uuid = comment.uuid.empty() ? RandomUuid() : comment.uuid;
  const auto id = KeepWithRecording(
      store, take->learner, recording,
      [&](std::optional<std::int64_t> row) -> Result<std::int64_t> {
        if (auto status = store.database().Run(
                "INSERT INTO comments(uuid, take, made_ms, author, text, recording, seen)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                {std::string_view(uuid), comment.take.value, comment.made_ms,
                 std::string_view(comment.author), std::string_view(comment.text), OrNull(row),
                 std::int64_t{comment.seen}});
            !status) {
          return status.error();
        }
        return store.database().last_id();
      });
  if (!id) return id.error();
  return CommentId{*id};
}

Result<std::vector<Comment>> CommentsOf(Store& store, TakeId take) {
  static const std::string statement =
      std::string(kCommentColumns) + " FROM comments WHERE take = ?1 ORDER BY made_ms, id";
  std::vector<Comment> comments;
  if (auto status = store.database().Each(
          statement, {take.value}, [&](const SqlRow& row) { comments.push_back(CommentOf(row)); });
      !status) {
    return status.error();
  }
  return comments;
}

Result<std::vector<CommentOnTake>> FindComments(Store& store, const CommentQuery& query) {
  std::string statement = std::string(kCommentColumns) +
                          ", takes.uuid, takes.text, takes.recording IS NOT NULL FROM comments"
                          " JOIN takes ON takes.id = comments.take";
  statement += query.learner ? " WHERE takes.learner = ?1" : " WHERE ?1 IS NULL";
  if (query.unseen) statement += " AND seen = 0";
  statement += " ORDER BY made_ms DESC, comments.id DESC LIMIT ?2";
  const SqlValue learner = query.learner ? SqlValue(query.learner->value) : SqlValue(nullptr);
  const auto limit =
      static_cast<std::int64_t>(std::clamp<std::size_t>(query.limit, 1, kMostComments));
  std::vector<CommentOnTake> comments;
  if (auto status = store.database().Each(
          statement, {learner, limit},
          [&](const SqlRow& row) {
            comments.push_back({CommentOf(row), row.Text(8), row.Text(9), row.Flag(10)});
          });
      !status) {
    return status.error();
  }
  return comments;
}

Result<Comment> GetComment(Store& store, CommentId id) {
  return OnlyComment(store, "id = ?1", id.value);
}

Result<Comment> GetComment(Store& store, std::string_view uuid) {
  return OnlyComment(store, "uuid = ?1", uuid);
}

Result<KeptRecording> RecordingOf(Store& store, CommentId id) {
  return OpenRecording(store, id.value, kCommentRecording, "comment");
}

Status MarkSeen(Store& store, CommentId id, bool seen) {
  if (auto status = store.database().Run("UPDATE comments SET seen = ?2 WHERE id = ?1",
                                         {id.value, std::int64_t{seen}});
      !status) {
    return status;
  }
  return store.database().changes() > 0 ? Status() : Status(NoComment());
}

Status DeleteComment(Store& store, CommentId id) {
  return ReleaseRecordings(store, id.value, kCommentRecording, "DELETE FROM comments WHERE id = ?1",
                           "comment");
}

}  // namespace euphone

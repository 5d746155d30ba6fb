#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "store/recordings.h"
#include "store/store.h"
#include "store/takes.h"

namespace euphone {

struct CommentId {
  std::int64_t value = 0;
  friend bool operator==(CommentId, CommentId) = default;
};

/// What a human says of a take, a teacher as a rule; with a recording where it says how it should
/// sound.
struct Comment {
  CommentId id;
  std::string uuid;
  TakeId take;
  std::int64_t made_ms = 0;  ///< Milliseconds since 1970, UTC.
  std::string author;        ///< As they are called; may be empty.
  std::string text;          ///< May be empty where there is a recording.
  bool has_recording = false;
  bool seen = false;  ///< By the learner.
};

struct NewComment {
  TakeId take;
  std::int64_t made_ms = 0;
  std::string author = {};
  std::string text = {};
  std::string uuid = {};  ///< Empty: a new one.
  bool seen = false;
};

/// Keeps a comment. Its recording is sealed under the key of the take's learner, as takes are, and
/// is there before the comment; `pcm` may be empty.
/// Fails: kInvalidArgument (it says nothing), kNotFound (no such take), kIo, as EncodeAudio.
Result<CommentId> AddComment(Store& store, const NewComment& comment, PcmView pcm = {},
                             SampleRate rate = {});
/// Likewise with a recording that is encoded already.
Result<CommentId> AddComment(Store& store, const NewComment& comment,
                             const std::optional<EncodedRecording>& recording);

/// Oldest first.
Result<std::vector<Comment>> CommentsOf(Store& store, TakeId take);

struct CommentQuery {
  std::optional<LearnerId> learner = std::nullopt;  ///< Absent: on takes of all.
  bool unseen = false;                              ///< Only those.
  std::size_t limit = 50;                           ///< At most 1000.
};
/// A comment with what it is on.
struct CommentOnTake {
  Comment comment;
  std::string take;  ///< UUID.
  std::string take_text;
  bool take_has_recording = false;
};
/// Newest first.
Result<std::vector<CommentOnTake>> FindComments(Store& store, const CommentQuery& query);

/// Fails: kNotFound.
Result<Comment> GetComment(Store& store, CommentId id);
Result<Comment> GetComment(Store& store, std::string_view uuid);

/// Fails: kNotFound where none is kept.
Result<KeptRecording> RecordingOf(Store& store, CommentId id);

/// Fails: kNotFound.
Status MarkSeen(Store& store, CommentId id, bool seen);

/// Its row first, then its recording where nothing else has it. Fails: kNotFound.
Status DeleteComment(Store& store, CommentId id);

}  // namespace euphone

#include "session/live_hearing.h"

#include <algorithm>

namespace euphone {
namespace {

/// Half a second: less is copied than where all is pushed at once.
constexpr Millis kPiece{500.0};

void Append(const Matrix& from, Matrix& to) {
  to.columns = from.columns;
  to.rows += from.rows;
  to.values.insert(to.values.end(), from.values.begin(), from.values.end());
}

void Append(const Posteriors& from, Posteriors& to) {
  Append(from.ctc, to.ctc);
  Append(from.frames, to.frames);
  Append(from.features, to.features);
}

}  // namespace

Result<Posteriors> LiveHearing::Run(PcmView pcm) const {
  const auto stream = model_->Start();
  const auto piece = static_cast<std::size_t>(SamplesIn(kPiece, spec().grid.rate));
  Posteriors whole;
  for (; !pcm.empty(); pcm = pcm.subspan(std::min(piece, pcm.size()))) {
    const auto heard = stream->Push(pcm.first(std::min(piece, pcm.size())));
    if (!heard) return heard.error();
    Append(*heard, whole);
  }
  const auto rest = stream->Finish();
  if (!rest) return rest.error();
  Append(*rest, whole);
  if (whole.ctc.rows == 0)
    return Error{Errc::kInvalidArgument, "the recording is too short to hear anything in it"};
  return whole;
}

}  // namespace euphone

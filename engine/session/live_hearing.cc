#include "session/live_hearing.h"

namespace euphone {

Result<Posteriors> LiveHearing::Run(PcmView pcm) const {
  const auto stream = model_->Start();
  auto heard = stream->Push(pcm);
  if (!heard) return heard.error();
  const auto rest = stream->Finish();
  if (!rest) return rest.error();
  Append(*rest, *heard);
  if (heard->ctc.rows == 0)
    return Error{Errc::kInvalidArgument, "the recording is too short to hear anything in it"};
  return heard;
}

}  // namespace euphone

#include "model_ort/ort_streaming_model.h"

#include "model/input_checks.h"
#include "model_ort/acoustic_session.h"

namespace euphone {

Result<std::unique_ptr<StreamingModel>> OpenStreamingModel(const Bundle& bundle,
                                                           const ModelOptions& options) {
  const auto entry = AcousticEntryOf(bundle);
  if (!entry) return entry.error();
  if (auto streams = CheckStreams(bundle, **entry); !streams) return streams.error();
  auto session = OpenAcousticSession(bundle, options);
  if (!session) return session.error();
  return AsStreamingModel(*std::move(session));
}

}  // namespace euphone

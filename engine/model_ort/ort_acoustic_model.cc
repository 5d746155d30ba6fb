#include "model_ort/ort_acoustic_model.h"

#include "model_ort/acoustic_session.h"

namespace euphone {

Result<std::unique_ptr<AcousticModel>> OpenAcousticModel(const Bundle& bundle,
                                                         const ModelOptions& options) {
  auto session = OpenAcousticSession(bundle, options);
  if (!session) return session.error();
  return AsAcousticModel(*std::move(session));
}

}  // namespace euphone

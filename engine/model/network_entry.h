#pragma once

#include "model/json_object.h"
#include "model/manifest.h"

namespace euphone {

/// The sections of a manifest that describe networks. Faults go to the reader's Status. Internal to
/// this module.
AcousticEntry ReadAcoustic(JsonObject object, const Manifest& manifest);
ScorerEntry ReadScorer(JsonObject object, const Manifest& manifest, const AcousticEntry& acoustic);
GraphemeEntry ReadGrapheme(JsonObject object, const Manifest& manifest);
RecogniserEntry ReadRecogniser(JsonObject object, const Manifest& manifest);
EmbeddingEntry ReadEmbedding(JsonObject object, const Manifest& manifest);

}  // namespace euphone

#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/sentence_encoder.h"

namespace euphone {

/// Makes the model of an embedding bundle ready to run, in a few milliseconds and without a
/// runtime; it keeps the bundle's files open. Its Run() also fails with kInvalidArgument on a token
/// outside the bundle's list. The digest of the tokens is checked, that of the weights is not: a
/// damaged weight only makes vectors worse, and RunSelfTest() finds it.
/// Fails: kInvalidArgument for a bundle of another kind; kCorrupt for damaged files.
Result<std::unique_ptr<SentenceEncoder>> OpenSentenceEncoder(const Bundle& bundle);

}  // namespace euphone

#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "model/bundle.h"
#include "model/hearing_network.h"
#include "model/model_options.h"
#include "model_ort/ort_session.h"

namespace euphone {

/// An acoustic network as its manifest describes it. Internal to this module.
/// Thread: const members may be called from several threads at once.
class AcousticSession final : public HearingNetwork {
 public:
  /// `entry` is that of the bundle; where it is `profiled`, TakeNodeMap() can tell what ran where.
  /// Fails as InferenceSession::Open.
  static Result<AcousticSession> Open(const Bundle& bundle, const AcousticEntry& entry,
                                      const ModelOptions& options, bool profiled = false);

  const AcousticEntry& entry() const override { return entry_; }

  Result<Posteriors> Hear(PcmView pcm, States& states) const override;

  /// As InferenceSession::TakeNodeMap.
  Result<NodeMap> TakeNodeMap() { return session_.TakeNodeMap(); }

 private:
  AcousticSession(AcousticEntry entry, InferenceSession session)
      : entry_(std::move(entry)), session_(std::move(session)) {}

  AcousticEntry entry_;
  InferenceSession session_;
};

/// A session, and how it did on the reference input of its bundle.
struct TriedSession {
  std::shared_ptr<const AcousticSession> session;
  NodeMap nodes;          ///< What ran where.
  double difference = 0;  ///< As SelfTestReport.
};

/// Opens the acoustic network of a bundle on `options.device` and tries it there. Fails:
/// kInvalidArgument for a bundle of another kind; kUnsupported, naming the device, where it cannot
/// be had, runs none of the network, or computes something else than the bundle expects.
Result<TriedSession> TrySession(const Bundle& bundle, const ModelOptions& options);

/// The same, where another device than the processor is asked for; else only opens it, as the
/// processor needs no trial: `euphone models` and updates make it.
Result<std::shared_ptr<const AcousticSession>> OpenAcousticSession(const Bundle& bundle,
                                                                   const ModelOptions& options);

}  // namespace euphone

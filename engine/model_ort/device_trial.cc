#include "model_ort/device_trial.h"

#include <string>
#include <utility>

#include "model/input_checks.h"
#include "model/self_test.h"
#include "model_ort/acoustic_session.h"
#include "model_ort/execution_provider.h"

namespace euphone {
Result<TriedSession> TrySession(const Bundle& bundle, const ModelOptions& options) {
  const auto entry = AcousticEntryOf(bundle);
  if (!entry) return entry.error();
  auto opened = AcousticSession::Open(bundle, **entry, options, true);
  if (!opened) return opened.error();
  const auto session = std::make_shared<AcousticSession>(*std::move(opened));
  const std::string name(NameOf(options.device));
  const auto report = RunSelfTest(bundle, *AsAcousticModel(session));
  if (!report) return Error{Errc::kUnsupported, name + ": " + report.error().message};
  auto nodes = session->TakeNodeMap();
  if (!nodes) return nodes.error();
  if (nodes->CountOn(ProviderOf(options.device)) == 0) {
    return Error{Errc::kUnsupported, bundle.name() + ": " + name + " takes none of its " +
                                         std::to_string(nodes->nodes.size()) +
                                         " operations; name another device"};
  }
  return TriedSession{session, *std::move(nodes), report->difference};
}

Result<std::shared_ptr<const AcousticSession>> OpenAcousticSession(const Bundle& bundle,
                                                                   const ModelOptions& options) {
  std::shared_ptr<const AcousticSession> session;
  if (options.device != ComputeDevice::kCpu) {
    auto tried = TrySession(bundle, options);
    if (!tried) return tried.error();
    session = std::move(tried->session);
    return session;
  }
  const auto entry = AcousticEntryOf(bundle);
  if (!entry) return entry.error();
  auto opened = AcousticSession::Open(bundle, **entry, options);
  if (!opened) return opened.error();
  session = std::make_shared<const AcousticSession>(*std::move(opened));
  return session;
}

Result<DeviceTrial> TryDevice(const Bundle& bundle, const ModelOptions& options) {
  auto tried = TrySession(bundle, options);
  if (!tried) return tried.error();
  const std::size_t on_device = tried->nodes.CountOn(ProviderOf(options.device));
  return DeviceTrial{.model = AsAcousticModel(std::move(tried->session)),
                     .nodes = std::move(tried->nodes),
                     .on_device = on_device,
                     .difference = tried->difference};
}

}  // namespace euphone

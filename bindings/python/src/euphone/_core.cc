// The part of the Python package that is compiled: the engine's C++ API, as thinly as it goes. What
// people see is in __init__.py.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "assembly/fed_session.h"
#include "assembly/installation.h"
#include "assembly/sample_recording.h"
#include "report/report.h"

namespace nb = nanobind;

namespace {

using Samples = nb::ndarray<const float, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

/// What Python knows as euphone.Error.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
T OrRaise(euphone::Result<T> result) {
  if (result) return *std::move(result);
  throw Failure(result.error().message);
}

/// Whether Ctrl-C was pressed, or another handler of a signal raised. Thread: one without the GIL.
bool SignalRaised() {
  const nb::gil_scoped_acquire gil;
  return PyErr_CheckSignals() != 0;
}

class Analysis {
 public:
  Analysis(euphone::Analysis analysis, std::shared_ptr<const euphone::Lexicon> lexicon)
      : analysis_(std::move(analysis)), lexicon_(std::move(lexicon)) {}

  std::string Write(const std::string& format) const {
    for (const euphone::ReportFormat& known : euphone::kReportFormats) {
      if (known.name == format)
        return known.write(analysis_, lexicon_->pack().phones, {.pretty = false, .colour = false});
    }
    throw Failure("no format '" + format +
                  "'; there are json, textgrid, ctm, csv, srt, azure and terminal");
  }

 private:
  euphone::Analysis analysis_;
  std::shared_ptr<const euphone::Lexicon> lexicon_;
};

class Engine {
 public:
  explicit Engine(euphone::InstallationOptions options)
      : options_(std::move(options)), engine_(OrRaise(euphone::OpenEngine(options_, {}))) {
    analyzer_ = std::make_shared<const euphone::Analyzer>(engine_.analyzer);
  }

  const std::string& model() const { return engine_.model_name; }

  Analysis Analyze(Samples samples, int rate, const std::string& text, std::string id) const {
    const euphone::PcmView pcm(samples.data(), samples.size());
    const nb::gil_scoped_release released;
    return Judge(OrRaise(euphone::RecordingOf(pcm, euphone::SampleRate{rate})), text,
                 std::move(id));
  }

  Analysis AnalyzeFile(const std::string& path, const std::string& text,
                       const std::optional<std::string>& id) const {
    const nb::gil_scoped_release released;
    const std::filesystem::path file(path);
    return Judge(OrRaise(euphone::ReadRecording(file)), text, id ? *id : file.stem().string());
  }

  std::unique_ptr<euphone::FedSession> Listen(const std::string& text, int rate,
                                              bool reproducible) {
    const nb::gil_scoped_release released;
    const std::lock_guard lock(opening_);
    if (!live_) live_ = OrRaise(euphone::OpenLiveParts(options_, engine_.lexicon));
    return OrRaise(euphone::FedSession::Start(
        *live_, euphone::LiveConfigFor(*live_, engine_.model_name), analyzer_, text,
        {.rate = euphone::SampleRate{rate}, .reproducible = reproducible}));
  }

 private:
  Analysis Judge(const euphone::Recording& recording, const std::string& text,
                 std::string id) const {
    bool raised = false;
    euphone::AnalyzerConfig config = analyzer_->config();
    config.windows.stopped = [&raised] { return raised = SignalRaised(); };
    auto done = analyzer_->With(config).Analyze(recording, text, std::move(id));
    if (raised) {
      const nb::gil_scoped_acquire gil;
      throw nb::python_error();
    }
    return {OrRaise(std::move(done)), engine_.lexicon};
  }

  const euphone::InstallationOptions options_;
  const euphone::Engine engine_;
  std::shared_ptr<const euphone::Analyzer> analyzer_;
  std::mutex opening_;  ///< Guards the next one.
  std::optional<euphone::LiveParts> live_;
};

/// Waits in steps, so that Ctrl-C is heard.
std::optional<std::string> Next(euphone::FedSession& session, double seconds) {
  constexpr std::chrono::duration<double> kStep{0.05};
  const nb::gil_scoped_release released;
  for (std::chrono::duration<double> left(seconds);; left -= kStep) {
    const auto wait = std::max(std::min(left, kStep), std::chrono::duration<double>{});
    auto line = session.Next(std::chrono::duration_cast<std::chrono::milliseconds>(wait));
    if (line || left <= kStep) return line;
    if (SignalRaised()) {
      const nb::gil_scoped_acquire gil;
      throw nb::python_error();
    }
  }
}

}  // namespace

NB_MODULE(_core, module) {
  nb::exception<Failure>(module, "Error");
  nb::class_<Analysis>(module, "Analysis").def("write", &Analysis::Write, nb::arg("format"));
  nb::class_<euphone::FedSession>(module, "Session")
      .def(
          "push",
          [](euphone::FedSession& session, Samples samples) {
            const auto status = session.Push({samples.data(), samples.size()});
            if (!status) throw Failure(status.error().message);
          },
          nb::arg("samples"))
      .def("next", &Next, nb::arg("seconds"))
      .def("finish", &euphone::FedSession::Finish, nb::call_guard<nb::gil_scoped_release>());
  nb::class_<Engine>(module, "Engine")
      .def(
          "__init__",
          [](Engine* self, const std::string& data, const std::string& language,
             const std::string& model, const std::string& scorer, const std::string& lexicon,
             const std::string& runtime, int threads) {
            const nb::gil_scoped_release released;
            euphone::InstallationOptions options;
            options.data = data;
            options.language = language;
            options.model = model;
            options.scorer = scorer;
            options.lexicon = lexicon;
            options.runtime = runtime;
            options.threads = threads;
            new (self) Engine(std::move(options));
          },
          nb::arg("data"), nb::arg("language"), nb::arg("model"), nb::arg("scorer"),
          nb::arg("lexicon"), nb::arg("runtime"), nb::arg("threads"))
      .def_prop_ro("model", &Engine::model)
      .def("analyze", &Engine::Analyze, nb::arg("samples"), nb::arg("rate"), nb::arg("text"),
           nb::arg("id"))
      .def("analyze_file", &Engine::AnalyzeFile, nb::arg("path"), nb::arg("text"),
           nb::arg("id").none())
      .def("listen", &Engine::Listen, nb::arg("text"), nb::arg("rate"), nb::arg("reproducible"));
}

#include "model_litert/litert_session.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "model/manifest.h"

namespace euphone {
namespace {

using litert::Api;
using litert::kOk;
using litert::Layout;
using litert::TensorBuffer;
using litert::TensorType;

std::size_t CountOf(const Layout& layout) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < layout.rank(); ++i) {
    count *= static_cast<std::size_t>(std::max(layout.extents[i], 0));
  }
  return count;
}

/// Numbers of a tensor of the library while they are looked at or written.
class Locked {
 public:
  Locked(const Api& api, TensorBuffer* buffer, litert::LockMode mode) : api_(api), buffer_(buffer) {
    void* numbers = nullptr;
    if (api_.lock(buffer_, &numbers, mode) == kOk) numbers_ = static_cast<float*>(numbers);
  }
  ~Locked() {
    if (numbers_ != nullptr) api_.unlock(buffer_);
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

  float* numbers() const { return numbers_; }  ///< Null if the library refuses.

 private:
  const Api& api_;
  TensorBuffer* buffer_;
  float* numbers_ = nullptr;
};

/// How the C API lists the inputs of a signature, or the outputs.
struct Listing {
  litert::Code (*count)(litert::Signature*, std::size_t*);
  litert::Code (*name)(litert::Signature*, std::size_t, const char**);
  litert::Code (*tensor)(litert::Signature*, std::size_t, litert::Tensor**);
};

/// A list of tensors as the model has it, in its own order.
struct Tensors {
  std::vector<std::string> names;
  std::vector<TensorType> types;

  std::size_t Find(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  }
};

bool List(const Api& api, litert::Signature* signature, const Listing& listing, Tensors& tensors) {
  std::size_t count = 0;
  if (listing.count(signature, &count) != kOk) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const char* name = nullptr;
    litert::Tensor* tensor = nullptr;
    TensorType type;
    if (listing.name(signature, i, &name) != kOk || listing.tensor(signature, i, &tensor) != kOk ||
        api.tensor_type(tensor, &type) != kOk) {
      return false;
    }
    tensors.names.emplace_back(name);
    tensors.types.push_back(type);
  }
  return true;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void ForgetOption(void* /*text*/) {}

/// Compiles models one after the other. The library says on stderr, once a process and whatever its
/// environment was told, that it uses XNNPACK
/// (https://github.com/google-ai-edge/LiteRT/issues/7420); so the first time its stderr leads
/// nowhere.
litert::Code Compile(const LiteRtRuntime& runtime, litert::Model* model, litert::Options* options,
                     litert::CompiledModel*& compiled) {
  static std::mutex mutex;
  static bool said = false;
  const std::lock_guard lock(mutex);
  std::FILE* const ours = stderr;
  std::FILE* const nowhere = said ? nullptr : std::fopen("/dev/null", "w");
  if (nowhere != nullptr) stderr = nowhere;
  const litert::Code code = runtime.api().compile(runtime.environment(), model, options, &compiled);
  stderr = ours;
  if (nowhere != nullptr) std::fclose(nowhere);
  said = true;
  return code;
}

bool AddOption(const Api& api, litert::Options* options, const char* kind, std::string& text) {
  litert::OpaqueOptions* opaque = nullptr;
  return api.create_opaque(kind, text.data(), ForgetOption, &opaque) == kOk &&
         api.add_opaque(options, opaque) == kOk;
}

}  // namespace

struct LiteRtSession::Ends {
  Tensors inputs, outputs;           ///< In the model's order.
  std::vector<std::size_t> in, out;  ///< Where the spec's are among them.
};

/// One run at a time, with the memory that it takes.
class LiteRtSession::Interpreter {
 public:
  Interpreter(const LiteRtRuntime& runtime, const Ends& ends, litert::CompiledModel* compiled)
      : api_(runtime.api()),
        environment_(runtime.environment()),
        ends_(ends),
        compiled_(compiled),
        inputs_(ends.inputs.names.size()),
        outputs_(ends.outputs.names.size()),
        layouts_(ends.outputs.names.size()) {}
  ~Interpreter() {
    for (TensorBuffer*& buffer : inputs_) Drop(buffer);
    for (TensorBuffer*& buffer : outputs_) Drop(buffer);
    api_.destroy_compiled(compiled_);
  }
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// Null if everything went well, else what did not.
  const char* Run(std::span<const std::span<const float>> inputs, std::vector<LiteRtTensor>& out) {
    if (inputs.front().size() != length_) {
      length_ = 0;
      if (!Resize(inputs.front().size())) return "does not take an input of this length";
      length_ = inputs.front().size();
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!Put(ends_.in[i], inputs[i])) return "does not take an input of this size";
    }
    if (api_.run(compiled_, 0, inputs_.size(), inputs_.data(), outputs_.size(), outputs_.data()) !=
        kOk) {
      return "could not be run by LiteRT";
    }
    for (const std::size_t index : ends_.out) {
      const Locked locked(api_, outputs_[index], litert::kRead);
      if (locked.numbers() == nullptr) return "gave nothing";
      const Layout& layout = layouts_[index];
      LiteRtTensor& tensor = out.emplace_back();
      tensor.shape.assign(layout.extents, layout.extents + layout.rank());
      tensor.numbers.assign(locked.numbers(), locked.numbers() + CountOf(layout));
    }
    return nullptr;
  }

 private:
  void Drop(TensorBuffer*& buffer) const {
    if (buffer != nullptr) api_.destroy_buffer(buffer);
    buffer = nullptr;
  }

  bool Renew(TensorBuffer*& buffer, const Layout& layout) const {
    Drop(buffer);
    const TensorType type{TensorType::kFloat32, layout};
    return api_.create_buffer(environment_, litert::kHostMemory, &type,
                              CountOf(layout) * sizeof(float), &buffer) == kOk;
  }

  /// The first input of the spec gets another length, and with it what comes out.
  bool Resize(std::size_t length) {
    const std::size_t first = ends_.in.front();
    const int extents[] = {1, static_cast<int>(length)};
    if (api_.resize_input(compiled_, 0, first, extents, 2) != kOk) return false;
    if (api_.output_layouts(compiled_, 0, layouts_.size(), layouts_.data(), true) != kOk) {
      return false;
    }
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      Layout layout = ends_.inputs.types[i].layout;
      if (i == first) layout.extents[1] = extents[1];
      if ((i == first || inputs_[i] == nullptr) && !Renew(inputs_[i], layout)) return false;
    }
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (!Renew(outputs_[i], layouts_[i])) return false;
    }
    return true;
  }

  bool Put(std::size_t index, std::span<const float> numbers) {
    const bool is_first = index == ends_.in.front();
    if (!is_first && numbers.size() != CountOf(ends_.inputs.types[index].layout)) return false;
    const Locked locked(api_, inputs_[index], litert::kWrite);
    if (locked.numbers() == nullptr) return false;
    std::memcpy(locked.numbers(), numbers.data(), numbers.size_bytes());
    return true;
  }

  const Api& api_;
  litert::Environment* environment_;
  const Ends& ends_;
  litert::CompiledModel* compiled_;
  std::vector<TensorBuffer*> inputs_, outputs_;  ///< In the model's order; null before the first.
  std::vector<Layout> layouts_;                  ///< Of the outputs, for an input of `length_`.
  std::size_t length_ = 0;
};

LiteRtSession::LiteRtSession(const LiteRtRuntime& runtime, Bundle bundle, std::string context,
                             int threads)
    : runtime_(&runtime),
      bundle_(std::move(bundle)),
      context_(std::move(context)),
      threads_(std::clamp(threads, 1, 64)),
      model_(nullptr, Release{&runtime.api()}),
      ends_(std::make_shared<Ends>()),
      pool_(std::make_shared<Pool>()) {}

Result<LiteRtSession> LiteRtSession::Open(const Bundle& bundle, LiteRtSpec spec,
                                          const ModelOptions& options) {
  assert(!spec.inputs.empty());
  const BundleFile& file = *bundle.manifest().Find(FileRole::kModel);
  const std::string context = bundle.name() + ": " + file.path;
  if (auto sound = bundle.Verify(file.path); !sound) return sound.error();
  const auto runtime = LiteRtRuntime::Get();
  if (!runtime) return runtime.error();
  LiteRtSession session(**runtime, bundle, context, options.threads);
  const auto bytes = session.bundle_.bytes(file.path);
  litert::Model* model = nullptr;
  if ((*runtime)->api().create_model((*runtime)->environment(), bytes.data(), bytes.size(),
                                     &model) != kOk) {
    return Error{Errc::kCorrupt,
                 context + ": not a model that LiteRT reads; fetch the bundle again"};
  }
  session.model_.reset(model);
  if (auto fits = session.ReadSignature(spec); !fits) {
    return Error{Errc::kCorrupt, context + ": " + fits.error().message};
  }
  auto interpreter = session.Make();
  if (!interpreter) return interpreter.error();
  session.pool_->idle.push_back(std::move(*interpreter));
  return session;
}

Status LiteRtSession::ReadSignature(const LiteRtSpec& spec) {
  const Api& api = runtime_->api();
  std::size_t count = 0;
  litert::Signature* signature = nullptr;
  if (api.signature_count(model_.get(), &count) != kOk || count != 1 ||
      api.signature(model_.get(), 0, &signature) != kOk ||
      !List(api, signature, {api.input_count, api.input_name, api.input_tensor}, ends_->inputs) ||
      !List(api, signature, {api.output_count, api.output_name, api.output_tensor},
            ends_->outputs)) {
    return Error{Errc::kCorrupt, "has not one signature"};
  }
  const auto is_float = [](const Tensors& tensors, std::size_t index) {
    return index < tensors.types.size() && tensors.types[index].element == TensorType::kFloat32;
  };
  for (const std::string& name : spec.inputs) {
    ends_->in.push_back(ends_->inputs.Find(name));
    if (!is_float(ends_->inputs, ends_->in.back()) ||
        spec.inputs.size() != ends_->inputs.names.size()) {
      return Error{Errc::kCorrupt,
                   "its inputs are not those of the manifest, " + Joined(spec.inputs)};
    }
  }
  for (const std::string& name : spec.outputs) {
    ends_->out.push_back(ends_->outputs.Find(name));
    if (!is_float(ends_->outputs, ends_->out.back())) {
      return Error{Errc::kCorrupt, "lacks the float output " + name + " of the manifest"};
    }
  }
  if (ends_->inputs.types[ends_->in.front()].layout.rank() != 2) {
    return Error{Errc::kCorrupt, "its input " + spec.inputs.front() + " is not [1, length]"};
  }
  return {};
}

Result<std::unique_ptr<LiteRtSession::Interpreter>> LiteRtSession::Make() const {
  const Api& api = runtime_->api();
  const Error refused{Errc::kCorrupt, context_ + ": LiteRT cannot run this model"};
  litert::Options* options = nullptr;
  if (api.create_options(&options) != kOk) return refused;
  const std::unique_ptr<litert::Options, void (*)(litert::Options*)> owned(options,
                                                                           api.destroy_options);
  // Lines of text, which the library reads while it compiles.
  std::string processor = "num_threads = " + std::to_string(threads_) + "\n";
  std::string errors = "error_reporter_mode = " + std::to_string(litert::kKeepErrors) + "\n";
  if (api.set_accelerators(options, litert::kCpu) != kOk ||
      !AddOption(api, options, "xnnpack", processor) ||
      !AddOption(api, options, "runtime_options_string", errors)) {
    return refused;
  }
  litert::CompiledModel* compiled = nullptr;
  if (Compile(*runtime_, model_.get(), options, compiled) != kOk) return refused;
  return std::make_unique<Interpreter>(*runtime_, *ends_, compiled);
}

Result<std::vector<LiteRtTensor>> LiteRtSession::Run(
    std::span<const std::span<const float>> inputs) const {
  assert(inputs.size() == ends_->in.size());
  std::unique_ptr<Interpreter> interpreter;
  {
    const std::lock_guard lock(pool_->mutex);
    if (!pool_->idle.empty()) {
      interpreter = std::move(pool_->idle.back());
      pool_->idle.pop_back();
    }
  }
  if (!interpreter) {
    auto made = Make();
    if (!made) return Error{Errc::kInternal, made.error().message};
    interpreter = std::move(*made);
  }
  std::vector<LiteRtTensor> out;
  if (const char* fault = interpreter->Run(inputs, out)) {
    return Error{Errc::kInternal, context_ + ": " + fault};
  }
  for (const LiteRtTensor& tensor : out) {
    if (!std::ranges::all_of(tensor.numbers, [](float x) { return std::isfinite(x); })) {
      return Error{Errc::kInternal, context_ + ": gave numbers that are not finite"};
    }
  }
  const std::lock_guard lock(pool_->mutex);
  pool_->idle.push_back(std::move(interpreter));
  return out;
}

}  // namespace euphone

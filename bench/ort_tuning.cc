// One network under one set of ONNX Runtime's settings, in a process of its own: how long it takes
// to load, to open and to run, and what memory it then holds. bench/ort_tuning.py runs this for
// many settings, turn by turn.
//
// usage: ort_tuning LIBRARY MODEL INPUT SAMPLES [KEY=VALUE…]     SAMPLES: raw float32 for the input
// INPUT; others are all zeros
#include <dlfcn.h>
#include <malloc.h>
#include <onnxruntime_c_api.h>
#include <onnxruntime_session_options_config_keys.h>
#include <sys/mman.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"

namespace {

using Clock = std::chrono::steady_clock;

const OrtApi* api = nullptr;

/// A benchmark may give up where something fails.
void Ok(OrtStatus* status) {
  if (status == nullptr) return;
  std::fprintf(stderr, "ort_tuning: %s\n", api->GetErrorMessage(status));
  std::exit(1);
}

double MillisSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of the processor, spent by all threads of this process.
double ProcessorMillis() {
  timespec spent{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return 1e3 * double(spent.tv_sec) + 1e-6 * double(spent.tv_nsec);
}

/// What /proc/self/status says, in MB.
double Memory(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key + ":"))
      return std::strtod(line.c_str() + key.size() + 1, nullptr) / 1e3;
  }
  return 0;
}

/// The settings, by name; those that are missing are the program's own.
struct Knobs {
  std::map<std::string, int> values = {{"level", 99},  {"arena", 0},     {"pattern", 0},
                                       {"spin", 0},    {"threads", 1},   {"prepack", 1},
                                       {"inplace", 0}, {"shrink", 0},    {"binding", 0},
                                       {"forget", 0},  {"denormals", 0}, {"runs", 12}};
  std::string
      save;  ///< Where to write the network as it was optimised, in ONNX Runtime's own format.
  bool operator[](const char* name) const { return values.at(name) != 0; }
};

Knobs Read(int count, char** words) {
  Knobs knobs;
  for (int i = 0; i < count; ++i) {
    const std::string word = words[i];
    const auto equals = word.find('=');
    const std::string key = word.substr(0, equals);
    if (key == "save") {
      knobs.save = word.substr(equals + 1);
    } else {
      knobs.values.at(key) = std::atoi(word.c_str() + equals + 1);
    }
  }
  return knobs;
}

OrtSessionOptions* Settings(const Knobs& knobs) {
  OrtSessionOptions* settings = nullptr;
  Ok(api->CreateSessionOptions(&settings));
  const auto set = [&](const char* key, bool on) {
    Ok(api->AddSessionConfigEntry(settings, key, on ? "1" : "0"));
  };
  Ok(api->SetIntraOpNumThreads(settings, knobs.values.at("threads")));
  Ok(api->SetInterOpNumThreads(settings, 1));
  Ok(knobs["arena"] ? api->EnableCpuMemArena(settings) : api->DisableCpuMemArena(settings));
  Ok(knobs["pattern"] ? api->EnableMemPattern(settings) : api->DisableMemPattern(settings));
  Ok(api->SetSessionGraphOptimizationLevel(settings,
                                           GraphOptimizationLevel(knobs.values.at("level"))));
  set(kOrtSessionOptionsConfigAllowIntraOpSpinning, knobs["spin"]);
  set(kOrtSessionOptionsConfigDisablePrepacking, !knobs["prepack"]);
  set(kOrtSessionOptionsConfigSetDenormalAsZero, knobs["denormals"]);
  if (knobs["inplace"]) {
    set(kOrtSessionOptionsConfigUseORTModelBytesDirectly, true);
    set(kOrtSessionOptionsConfigUseORTModelBytesForInitializers, true);
  }
  if (!knobs.save.empty()) {
    Ok(api->AddSessionConfigEntry(settings, kOrtSessionOptionsConfigSaveModelFormat, "ORT"));
    Ok(api->SetOptimizedModelFilePath(settings, knobs.save.c_str()));
  }
  return settings;
}

/// Inputs and outputs of a session: names, and values for the inputs.
struct Tensors {
  std::vector<std::string> inputs, outputs;
  std::vector<std::vector<float>> numbers;
  std::vector<OrtValue*> values;
};

std::string Name(OrtStatus* (*ask)(const OrtSession*, std::size_t, OrtAllocator*, char**),
                 const OrtSession* session, std::size_t i, OrtAllocator* allocator) {
  char* name = nullptr;
  Ok(ask(session, i, allocator, &name));
  std::string copy = name;
  Ok(api->AllocatorFree(allocator, name));
  return copy;
}

Tensors Fill(const OrtSession* session, const std::string& input, std::vector<float> samples) {
  Tensors tensors;
  OrtAllocator* allocator = nullptr;
  OrtMemoryInfo* memory = nullptr;
  Ok(api->GetAllocatorWithDefaultOptions(&allocator));
  Ok(api->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &memory));
  std::size_t count = 0;
  Ok(api->SessionGetOutputCount(session, &count));
  for (std::size_t i = 0; i < count; ++i)
    tensors.outputs.push_back(Name(api->SessionGetOutputName, session, i, allocator));
  Ok(api->SessionGetInputCount(session, &count));
  for (std::size_t i = 0; i < count; ++i) {
    tensors.inputs.push_back(Name(api->SessionGetInputName, session, i, allocator));
    OrtTypeInfo* type = nullptr;
    const OrtTensorTypeAndShapeInfo* info = nullptr;
    Ok(api->SessionGetInputTypeInfo(session, i, &type));
    Ok(api->CastTypeInfoToTensorInfo(type, &info));
    std::size_t rank = 0;
    Ok(api->GetDimensionsCount(info, &rank));
    std::vector<std::int64_t> shape(rank);
    Ok(api->GetDimensions(info, shape.data(), rank));
    api->ReleaseTypeInfo(type);
    std::size_t size = 1;
    const bool main = tensors.inputs.back() == input;
    for (std::int64_t& extent : shape) {
      if (extent < 0) extent = main && &extent == &shape.back() ? std::int64_t(samples.size()) : 1;
      size *= static_cast<std::size_t>(extent);
    }
    tensors.numbers.push_back(main ? samples : std::vector<float>(size));
    auto& numbers = tensors.numbers.back();
    OrtValue* value = nullptr;
    Ok(api->CreateTensorWithDataAsOrtValue(memory, numbers.data(), numbers.size() * sizeof(float),
                                           shape.data(), shape.size(),
                                           ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &value));
    tensors.values.push_back(value);
  }
  api->ReleaseMemoryInfo(memory);
  return tensors;
}

/// Runs, and drops what came out.
class Runner {
 public:
  Runner(OrtSession* session, const Tensors& tensors, const Knobs& knobs)
      : session_(session), tensors_(tensors) {
    for (const auto& name : tensors.inputs) inputs_.push_back(name.c_str());
    for (const auto& name : tensors.outputs) outputs_.push_back(name.c_str());
    if (knobs["shrink"]) {
      Ok(api->CreateRunOptions(&options_));
      Ok(api->AddRunConfigEntry(options_, "memory.enable_memory_arena_shrinkage", "cpu:0"));
    }
    if (!knobs["binding"]) return;
    OrtMemoryInfo* memory = nullptr;
    Ok(api->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &memory));
    Ok(api->CreateIoBinding(session, &binding_));
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      Ok(api->BindInput(binding_, inputs_[i], tensors.values[i]));
    for (const char* name : outputs_) Ok(api->BindOutputToDevice(binding_, name, memory));
  }

  void Run() {
    if (binding_ != nullptr) return Ok(api->RunWithBinding(session_, options_, binding_));
    std::vector<OrtValue*> results(outputs_.size(), nullptr);
    Ok(api->Run(session_, options_, inputs_.data(), tensors_.values.data(), inputs_.size(),
                outputs_.data(), outputs_.size(), results.data()));
    for (OrtValue* value : results) api->ReleaseValue(value);
  }

 private:
  OrtSession* session_;
  const Tensors& tensors_;
  std::vector<const char*> inputs_, outputs_;
  OrtRunOptions* options_ = nullptr;
  OrtIoBinding* binding_ = nullptr;
};

std::vector<float> ReadSamples(const char* path) {
  const auto file = euphone::MappedFile::Open(path);
  const auto bytes = file.value().bytes();
  const auto* first = reinterpret_cast<const float*>(bytes.data());
  return {first, first + bytes.size() / sizeof(float)};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const Knobs knobs = Read(argc - 5, argv + 5);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);  // As the program does: apps/cli/allocator.cc.
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
  mallopt(M_ARENA_MAX, 1);
  auto start = Clock::now();
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::fprintf(stderr, "%s\n", dlerror()), 1;
  const auto base = reinterpret_cast<const OrtApiBase* (*)()>(dlsym(library, "OrtGetApiBase"));
  api = base()->GetApi(ORT_API_VERSION);
  OrtEnv* env = nullptr;
  Ok(api->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "tuning", &env));
  const double load = MillisSince(start);

  const double opening = ProcessorMillis();
  const auto model = euphone::MappedFile::Open(argv[2]);
  const auto bytes = model.value().bytes();
  OrtSession* session = nullptr;
  Ok(api->CreateSessionFromArray(env, bytes.data(), bytes.size(), Settings(knobs), &session));
  const double open = ProcessorMillis() - opening;
  if (knobs["forget"]) {
    madvise(const_cast<std::byte*>(bytes.data()), bytes.size(), MADV_DONTNEED);
  }
  if (!knobs.save.empty()) return 0;
  const double opened = Memory("VmRSS");
  const Tensors tensors = Fill(session, argv[3], ReadSamples(argv[4]));
  Runner runner(session, tensors, knobs);
  runner.Run();
  const int runs = knobs.values.at("runs");
  const double began = ProcessorMillis();
  double least = 1e9;
  for (int i = 0; i < runs; ++i) {
    start = Clock::now();
    runner.Run();
    least = std::min(least, MillisSince(start));
  }
  const double spent = (ProcessorMillis() - began) / runs;
  std::printf("{\"load_ms\": %.2f, \"open_ms\": %.2f, \"run_ms\": %.3f, \"cpu_ms\": %.3f, ", load,
              open, least, spent);
  std::printf("\"opened_mb\": %.1f, \"peak_mb\": %.1f, \"own_mb\": %.1f, \"mapped_mb\": %.1f}\n",
              opened, Memory("VmHWM"), Memory("RssAnon"), Memory("RssFile"));
  return 0;
}

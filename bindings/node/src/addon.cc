// The part of the Node.js package that is compiled: functions on handles of the C API. What people
// see is in index.js.
#include <euphone.h>
#include <napi.h>

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

/// A handle of the C API as a value of JavaScript, freed when nobody has it any more.
template <class T>
struct Handle {
  std::shared_ptr<T> shared;
};

template <class T, void (*Free)(T*)>
Napi::Value Wrap(Napi::Env env, T* raw) {
  auto* const handle = new Handle<T>{std::shared_ptr<T>(raw, Free)};
  return Napi::External<Handle<T>>::New(env, handle,
                                        [](Napi::Env, Handle<T>* gone) { delete gone; });
}

template <class T>
std::shared_ptr<T> Unwrap(const Napi::Value& value) {
  return value.IsExternal() ? value.As<Napi::External<Handle<T>>>().Data()->shared : nullptr;
}

/// One that the C API allocated.
std::string Taken(char* text) {
  std::string copy = text != nullptr ? text : "not enough memory";
  euphone_string_free(text);
  return copy;
}

std::vector<float> SamplesOf(const Napi::Value& value) {
  const auto array = value.As<Napi::Float32Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

/// Fields of an object; empty where there is none.
std::string Text(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  return value.IsString() ? value.As<Napi::String>().Utf8Value() : std::string();
}
const char* OrNull(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

/// Work on Node's pool of threads, and the promise of what comes of it.
class Work final : public Napi::AsyncWorker {
 public:
  using Does = std::function<euphone_status(char** error)>;
  using Gives = std::function<Napi::Value(Napi::Env)>;

  static Napi::Value Promise(Napi::Env env, Does does, Gives gives) {
    auto* const work = new Work(env, std::move(does), std::move(gives));
    const Napi::Promise promise = work->deferred_.Promise();
    work->Queue();
    return promise;
  }

 private:
  Work(Napi::Env env, Does does, Gives gives)
      : Napi::AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        does_(std::move(does)),
        gives_(std::move(gives)) {}

  void Execute() override {
    char* error = nullptr;
    status_ = does_(&error);
    if (status_ != EUPHONE_OK) SetError(Taken(error));
  }
  void OnOK() override { deferred_.Resolve(gives_(Env())); }
  void OnError(const Napi::Error& error) override {
    error.Value().Set("status", Napi::Number::New(Env(), status_));
    deferred_.Reject(error.Value());
  }

  Napi::Promise::Deferred deferred_;
  const Does does_;
  const Gives gives_;
  euphone_status status_ = EUPHONE_OK;
};

Napi::Value Open(const Napi::CallbackInfo& info) {
  struct Order {
    std::string data, language, model, scorer, lexicon, runtime;
    int32_t threads;
    euphone_engine* engine = nullptr;
  };
  const auto given = info[0].As<Napi::Object>();
  const auto order = std::make_shared<Order>(Order{Text(given, "data"), Text(given, "language"),
                                                   Text(given, "model"), Text(given, "scorer"),
                                                   Text(given, "lexicon"), Text(given, "runtime"),
                                                   given.Get("threads").ToNumber().Int32Value()});
  return Work::Promise(
      info.Env(),
      [order](char** error) {
        const euphone_engine_options options = {.size = sizeof options,
                                                .data = OrNull(order->data),
                                                .language = OrNull(order->language),
                                                .model = OrNull(order->model),
                                                .scorer = OrNull(order->scorer),
                                                .lexicon = OrNull(order->lexicon),
                                                .runtime = OrNull(order->runtime),
                                                .threads = order->threads};
        return euphone_engine_open(&options, &order->engine, error);
      },
      [order](Napi::Env env) {
        return Wrap<euphone_engine, euphone_engine_free>(env, order->engine);
      });
}

Napi::Value Model(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), euphone_engine_model(Unwrap<euphone_engine>(info[0]).get()));
}

Napi::Value NewStop(const Napi::CallbackInfo& info) {
  euphone_stop* stop = nullptr;
  char* error = nullptr;
  if (euphone_stop_new(&stop, &error) != EUPHONE_OK)
    throw Napi::Error::New(info.Env(), Taken(error));
  return Wrap<euphone_stop, euphone_stop_free>(info.Env(), stop);
}

void RequestStop(const Napi::CallbackInfo& info) {
  euphone_stop_request(Unwrap<euphone_stop>(info[0]).get());
}

struct Analysing {
  std::shared_ptr<euphone_engine> engine;
  std::shared_ptr<euphone_stop> stop;
  std::string text, id;
  std::vector<float> samples;
  int32_t rate = 0;
  std::string path;
  euphone_analysis* analysis = nullptr;
};

/// engine, samples or path, rate, text, id, stop
Napi::Value Analyze(const Napi::CallbackInfo& info) {
  const auto order = std::make_shared<Analysing>();
  order->engine = Unwrap<euphone_engine>(info[0]);
  if (info[1].IsString())
    order->path = info[1].As<Napi::String>().Utf8Value();
  else
    order->samples = SamplesOf(info[1]);
  order->rate = info[2].ToNumber().Int32Value();
  order->text = info[3].ToString().Utf8Value();
  order->id = info[4].IsString() ? info[4].As<Napi::String>().Utf8Value() : "";
  order->stop = Unwrap<euphone_stop>(info[5]);
  return Work::Promise(
      info.Env(),
      [order](char** error) {
        const euphone_analyze_options options = {
            .size = sizeof options, .id = OrNull(order->id), .stop = order->stop.get()};
        if (!order->path.empty()) {
          return euphone_analyze_file(order->engine.get(), order->path.c_str(), order->text.c_str(),
                                      &options, &order->analysis, error);
        }
        return euphone_analyze(order->engine.get(), order->samples.data(), order->samples.size(),
                               order->rate, order->text.c_str(), &options, &order->analysis, error);
      },
      [order](Napi::Env env) {
        return Wrap<euphone_analysis, euphone_analysis_free>(env, order->analysis);
      });
}

Napi::Value Write(const Napi::CallbackInfo& info) {
  char* document = nullptr;
  char* error = nullptr;
  const std::string format = info[1].ToString().Utf8Value();
  if (euphone_analysis_write(Unwrap<euphone_analysis>(info[0]).get(), format.c_str(), &document,
                             &error) != EUPHONE_OK)
    throw Napi::Error::New(info.Env(), Taken(error));
  return Napi::String::New(info.Env(), Taken(document));
}

/// engine, text, rate, reproducible
Napi::Value Listen(const Napi::CallbackInfo& info) {
  const auto engine = Unwrap<euphone_engine>(info[0]);
  const auto live = std::make_shared<euphone_live*>(nullptr);
  const std::string text = info[1].ToString().Utf8Value();
  const int32_t rate = info[2].ToNumber().Int32Value();
  const bool reproducible = info[3].ToBoolean();
  return Work::Promise(
      info.Env(),
      [engine, live, text, rate, reproducible](char** error) {
        const euphone_live_options options = {
            .size = sizeof options, .rate = rate, .reproducible = reproducible ? 1 : 0};
        return euphone_live_open(engine.get(), text.c_str(), &options, live.get(), error);
      },
      [live](Napi::Env env) { return Wrap<euphone_live, euphone_live_free>(env, *live); });
}

void Push(const Napi::CallbackInfo& info) {
  const auto live = Unwrap<euphone_live>(info[0]);
  const auto samples = info[1].As<Napi::Float32Array>();
  char* error = nullptr;
  if (euphone_live_push(live.get(), samples.Data(), samples.ElementLength(), &error) != EUPHONE_OK)
    throw Napi::Error::New(info.Env(), Taken(error));
}

/// The next event, or null: never waits.
Napi::Value Poll(const Napi::CallbackInfo& info) {
  char* event = nullptr;
  euphone_live_poll(Unwrap<euphone_live>(info[0]).get(), 0, &event, nullptr);
  if (event == nullptr) return info.Env().Null();
  return Napi::String::New(info.Env(), Taken(event));
}

Napi::Value Finish(const Napi::CallbackInfo& info) {
  const auto live = Unwrap<euphone_live>(info[0]);
  return Work::Promise(
      info.Env(), [live](char** error) { return euphone_live_finish(live.get(), error); },
      [](Napi::Env env) { return env.Undefined(); });
}

Napi::Object Exports(Napi::Env env, Napi::Object exports) {
  const auto put = [&](const char* name, auto function) {
    exports.Set(name, Napi::Function::New(env, function, name));
  };
  put("open", Open);
  put("model", Model);
  put("newStop", NewStop);
  put("requestStop", RequestStop);
  put("analyze", Analyze);
  put("write", Write);
  put("listen", Listen);
  put("push", Push);
  put("poll", Poll);
  put("finish", Finish);
  exports.Set("version", Napi::String::New(env, euphone_version()));
  return exports;
}

}  // namespace

NODE_API_MODULE(euphone, Exports)

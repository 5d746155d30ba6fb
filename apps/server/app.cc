#include "server/app.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "server/live_door.h"
#include "server/room_door.h"
#include "store/care.h"
#include "store/clock.h"

namespace euphone::server {
namespace {

/// A page with its sounds and pictures, at once, and a hundred in each second after that.
constexpr double kPerSecond = 100.0, kBurst = 400.0;
constexpr std::size_t kLongestQueue = 32;
/// Beside those who judge: a reference that is asked for does not wait for them.
constexpr std::size_t kOtherWorkers = 2;
/// What the store is to forget is looked for at the start and then so often.
constexpr std::chrono::hours kBetweenForgetting{1};

std::string_view TokenIn(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  constexpr std::string_view kCookie = "euphone_token=";
  const std::string_view bearer = request.header("authorization");
  if (bearer.starts_with(kBearer)) return bearer.substr(kBearer.size());
  // Clients of Azure Speech have their key there.
  if (request.has_header("ocp-apim-subscription-key"))
    return request.header("ocp-apim-subscription-key");
  std::string_view cookies = request.header("cookie");
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view cookie = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (cookie.starts_with(' ')) cookie.remove_prefix(1);
    if (cookie.starts_with(kCookie)) return cookie.substr(kCookie.size());
  }
  return {};
}

Response Overload() {
  Response response = Failure(503, "busy", "too much is waiting already; try again in a moment");
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

std::size_t LengthOf(const Request& head) {
  const std::string_view text = head.header("content-length");
  std::size_t length = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || length > (std::size_t{1} << 40)) return 0;
    length = length * 10 + static_cast<std::size_t>(c - '0');
  }
  return length;
}

}  // namespace

void AddSecurityHeaders(Response& response) {
  constexpr std::pair<const char*, const char*> kAlways[] = {
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; worker-src 'self'; "
       "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "microphone=(self), camera=(), geolocation=()"}};
  bool cached = false;
  for (const auto& [name, value] : response.headers) cached = cached || name == "Cache-Control";
  if (!cached) response.headers.emplace_back("Cache-Control", "no-store");
  for (const auto& [name, value] : kAlways) response.headers.emplace_back(name, value);
}

App::App(Parts parts, Config config)
    : context_(std::move(parts), std::move(config)),
      hosts_{.lan = context_.config.lan, .hostname = context_.config.hostname},
      rate_(kPerSecond, kBurst),
      hub_(context_),
      pool_(context_.config.passes + kOtherWorkers, kLongestQueue) {
  context_.now = [this] {
    return Metrics::Now{.live_sessions = hub_.open(),
                        .waiting_sessions = hub_.waiting(),
                        .queued_jobs = pool_.queued(),
                        .running_jobs = pool_.running()};
  };
}

App::~App() { Close(); }

Result<std::unique_ptr<App>> App::Create(Parts parts, Config config) {
  std::unique_ptr<App> app(new App(std::move(parts), std::move(config)));
  Context& context = app->context_;
  if (context.config.lan) {
    auto pairing = Pairing::Open(context.config.keys / "paired", context.config.show_code);
    if (!pairing) return pairing.error();
    context.pairing = *std::move(pairing);
  }
  AddPageRoutes(app->router_, context);
  AddInfoRoutes(app->router_, context);
  UseChosenJudge(context);
  AddModelRoutes(app->router_, context);
  AddPairRoutes(app->router_, context);
  if (auto status = LoadOwnLessons(context); !status) return status.error();
  AddLessonRoutes(app->router_, context);
  AddReferenceRoutes(app->router_, context);
  AddLearnerRoutes(app->router_, context);
  AddDrillRoutes(app->router_, context);
  AddCurveRoutes(app->router_, context);
  AddAskRoutes(app->router_, context);
  AddPredictionRoutes(app->router_, context);
  AddKnowledgeRoutes(app->router_, context);
  AddTakeRoutes(app->router_, context);
  AddCommentRoutes(app->router_, context);
  AddAssignmentRoutes(app->router_, context);
  AddExportRoutes(app->router_, context);
  AddAnalysisRoutes(app->router_, context);
  AddAzureRoutes(app->router_, context);
  return app;
}

std::optional<PairedDevice> App::DeviceOf(const Request& request) const {
  return context_.pairing ? context_.pairing->Find(TokenIn(request)) : PairedDevice{};
}

std::optional<Response> App::Unwelcome(const Request& head) {
  if (!HostAllowed(head.header("host"), hosts_))
    return Failure(421, "host", "this server does not go by that name");
  if (!OriginAllowed(head))
    return Failure(403, "origin", "pages of other sites may not use this server");
  if (rate_.Allow(head.client, std::chrono::steady_clock::now())) return std::nullopt;
  Response response = Failure(429, "too_many", "too many requests; wait a second");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

App::Admission App::Admit(Request& head) {
  if (auto refusal = Unwelcome(head)) return {.refusal = std::move(refusal)};
  const Response unpaired = Failure(401, "unpaired",
                                    "pair first: POST /api/v1/pair with the code that the device "
                                    "shows");
  const auto device = DeviceOf(head);
  if (device) head.only = device->learner;
  const bool socket = head.path == kLivePath || head.path == kRoomPath;
  if (socket && !device) return {.refusal = unpaired};
  if (socket && head.method == Method::kGet) return {};
  const Router::Match match = router_.Find(head);
  if (match.route == nullptr) {
    if (socket || match.status == 405) {
      Response response = Failure(405, "method", "this path does not take this method");
      response.headers.emplace_back("Allow", socket ? "GET" : match.allowed);
      return {.refusal = std::move(response)};
    }
    // Who is not paired learns nothing of what is here.
    if (!device) return {.refusal = unpaired};
    return {.refusal = match.status == 400
                           ? Failure(400, "bad_path", "this is no path of this server")
                           : Failure(404, "not_found",
                                     "there is nothing of this name; /api "
                                     "describes what there is")};
  }
  const Access access = match.route->access;
  if (access != Access::kAnybody && !device) return {.refusal = unpaired};
  if (access == Access::kPaired && !head.only.empty())
    return {.refusal = Failure(403, "one_learner", "a learner's device may not do this")};
  if (LengthOf(head) > match.route->most_body)
    return {.refusal = Failure(413, "too_large",
                               "the body is too long; at most " +
                                   std::to_string(match.route->most_body) + " bytes are taken")};
  return {.refusal = std::nullopt, .route = match.route};
}

void App::CountRefusal(const Response& refusal) {
  context_.metrics.CountRequest("refused", refusal.status, 0.0);
}

void App::Handle(const Route& route, Request request, Answer answer) {
  const auto began = std::chrono::steady_clock::now();
  auto counted = [this, &route, began, answer = std::move(answer)](Response response) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    context_.metrics.CountRequest(route.pattern, response.status, took.count());
    answer(std::move(response));
  };
  if (route.where == Where::kHere) return counted(route.handle(request));
  auto shared = std::make_shared<const Request>(std::move(request));
  const bool taken = pool_.Submit([&route, shared, counted](bool wanted) {
    counted(wanted ? route.handle(*shared) : Overload());
  });
  if (!taken) counted(Overload());
}

std::shared_ptr<SocketListener> App::OpenSocket(const Request& head,
                                                std::shared_ptr<WebSocket> socket) {
  if (head.path == kRoomPath)
    return std::make_shared<RoomDoor>(room_, head.only, std::move(socket));
  return std::make_shared<LiveDoor>(context_, hub_, room_, head.only, std::move(socket));
}

void App::Tick() {
  const auto now = std::chrono::steady_clock::now();
  hub_.Sweep(now);
  room_.Tick();
  if (!context_.store || now < forget_next_) return;
  forget_next_ = now + kBetweenForgetting;
  pool_.Submit([this](bool wanted) {
    if (wanted) Forget();
  });
}

void App::Forget() {
  const auto store = context_.store->Lend();
  if (!store) return;  // None yet; what is wrong with it is told to who asks for it.
  const auto forgotten = Retain(**store, NowMs());
  if (!forgotten && context_.config.warn)
    context_.config.warn("what is to be forgotten stays: " + forgotten.error().message);
}

void App::BeginToEnd() {
  context_.tutor.Stop();
  room_.EndAll();
  hub_.EndAll();
}

void App::Close() {
  context_.tutor.Stop();
  pool_.Close();
  hub_.Close();
}

}  // namespace euphone::server

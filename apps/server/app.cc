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

}  // namespace

App::App(Parts parts, Config config)
    : context_(std::move(parts), std::move(config)),
      gate_(context_.config),
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

Site::Admission App::Admit(Request& head) {
  if (auto refusal = gate_.Refuse(head, std::chrono::steady_clock::now()))
    return {.refusal = std::move(refusal)};
  const Response unpaired = Failure(401, "unpaired",
                                    "pair first: POST /api/v1/pair with the code that the device "
                                    "shows");
  const auto device = DeviceOf(head);
  if (device) head.only = device->learner;
  const bool socket = head.path == kLivePath || head.path == kRoomPath;
  if (socket && !device) return {.refusal = unpaired};
  if (socket && head.method == Method::kGet) return {};
  Router::Match match = router_.Find(head);
  if (match.route == nullptr) {
    if (socket) match = {.status = 405, .allowed = "GET"};
    // Who is not paired learns nothing of what is here.
    return {.refusal = device || match.status == 405 ? NoRoute(match) : unpaired};
  }
  const Access access = match.route->access;
  if (access != Access::kAnybody && !device) return {.refusal = unpaired};
  if (access == Access::kPaired && !head.only.empty())
    return {.refusal = Failure(403, "one_learner", "a learner's device may not do this")};
  if (auto refusal = TooLong(*match.route, head)) return {.refusal = std::move(refusal)};
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
  AnswerBy(pool_, route, std::move(request), counted);
}

std::shared_ptr<SocketListener> App::OpenSocket(const Request& head,
                                                std::shared_ptr<WebSocket> socket) {
  if (head.path == kRoomPath)
    return std::make_shared<RoomDoor>(room_, head.only, std::move(socket));
  return std::make_shared<LiveDoor>(context_, hub_, room_, head.only, std::move(socket));
}

void App::Begin() {
  // Where there is no chance for a code, nobody can pair; the terminal shows none then.
  if (context_.pairing) [[maybe_unused]]
    const Status shown = context_.pairing->NewCode(std::chrono::steady_clock::now());
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

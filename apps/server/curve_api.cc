#include <optional>
#include <string>

#include "curves/curve_documents.h"
#include "server/store_api.h"
#include "server/url.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/learner_chart.h"

namespace euphone::server {
namespace {

constexpr std::int64_t kMostDays = 36'500, kMostAhead = 100'000;

Result<LearnerChartAsk> CurvesAsked(const Query& query, const PhoneSet& phones) {
  LearnerChartAsk asked;
  const auto sound = SoundIn(query, "sound", phones);
  if (!sound) return sound.error();
  if (*sound) asked.sounds.push_back(phones.info(**sound).arpabet);
  const auto days = NumberIn(query, "days", 1, kMostDays);
  if (!days) return days.error();
  if (*days) asked.from_day = DayOf(NowMs() + UtcOffsetMs()) - **days + 1;
  const auto forecast = NumberIn(query, "forecast", 1, kMostAhead);
  if (!forecast) return forecast.error();
  const auto target = NumberIn(query, "target", 0, 100);
  if (!target) return target.error();
  if (*forecast) asked.ask.forecast = static_cast<double>(**forecast);
  if (*target) asked.ask.target = static_cast<double>(**target);
  const std::string* const by = query.Find("by");
  if (by == nullptr || *by == "auto") return asked;
  if (*by != "day" && *by != "take")
    return Error{Errc::kInvalidArgument, "`by` is day, take or auto"};
  asked.step = *by == "day" ? CurveStep::kDay : CurveStep::kTake;
  return asked;
}

Response Curves(Context& context, Store& store, const Learner& learner, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  const PhoneSet& phones = context.parts.phones();
  const auto asked = CurvesAsked(*query, phones);
  if (!asked) return FailureOf(asked.error());
  const auto chart = LearnerChart(store, learner.id, learner.name, phones, *asked);
  return chart ? StoreAnswer(CurvesJson(*chart)) : FailureOf(chart.error());
}

}  // namespace

void AddCurveRoutes(Router& router, Context& context) {
  router.Add(
      RouteOfOne<Learner>(context, Method::kGet, "/api/v1/learners/{learner}/curves", GetLearner,
                          [&context](Store& store, const Learner& learner, const Request& request) {
                            return Curves(context, store, learner, request);
                          }));
}

}  // namespace euphone::server

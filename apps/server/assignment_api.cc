#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/format.h"
#include "server/lesson_lookup.h"
#include "server/store_api.h"
#include "store/assignments.h"
#include "store/clock.h"
#include "store/days.h"

namespace euphone::server {
namespace {

constexpr std::size_t kLongestNote = 8000;  // Bytes.

/// "2026-11-27" as days since 1970.
std::optional<std::int64_t> DayNamed(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t digits) -> std::optional<int> {
    int value = 0;
    const char* const end = date.data() + at + digits;
    const auto read = std::from_chars(date.data() + at, end, value);
    return read.ec == std::errc() && read.ptr == end && value >= 0 ? std::optional(value)
                                                                   : std::nullopt;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day named{std::chrono::year(*year),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!named.ok()) return std::nullopt;
  return std::chrono::sys_days(named).time_since_epoch().count();
}

/// With how far the learner is: of the lesson's items as they are now, those that were read since.
Result<StoreJson> JsonOf(const Context& context, Store& store, const Assignment& assignment,
                         const std::string& learner) {
  const auto read = ItemsRead(store, assignment);
  if (!read) return read.error();
  std::set<std::string> done;
  double sum = 0.0;
  for (const ItemRead& item : *read) {
    done.insert(item.item);
    sum += item.total;
  }
  StoreJson json = {{"id", assignment.uuid},
                    {"learner", learner},
                    {"lesson", assignment.lesson},
                    {"title", assignment.lesson},
                    {"made_ms", assignment.made_ms},
                    {"due", nullptr},
                    {"note", assignment.note},
                    {"items", 0},
                    {"read", 0},
                    {"mean", nullptr},
                    {"done", false},
                    {"next", nullptr}};
  if (assignment.due_day) json["due"] = DateOf(*assignment.due_day);
  if (!read->empty()) json["mean"] = Rounded(sum / static_cast<double>(read->size()), 2);
  const auto packs = context.lessons.all();
  const auto pack = FindLesson(*packs, assignment.lesson);
  if (!pack) return json;  // It was brought in elsewhere, or is gone.
  const std::vector<LessonItem>& items = (*pack)->items;
  const auto unread = [&](const LessonItem& item) { return !done.contains(item.id); };
  const auto next = std::ranges::find_if(items, unread);
  json["title"] = (*pack)->title;
  json["items"] = items.size();
  json["read"] = std::ssize(items) - std::ranges::count_if(items, unread);
  json["done"] = next == items.end();
  if (next != items.end()) json["next"] = next->id;
  return json;
}

Response AnswerWith(const Context& context, Store& store,
                    const std::vector<Assignment>& assignments, int status = 200) {
  auto uuids = LearnerUuids(store);
  if (!uuids) return FailureOf(uuids.error());
  StoreJson all = StoreJson::array();
  for (const Assignment& assignment : assignments) {
    auto json = JsonOf(context, store, assignment, (*uuids)[assignment.learner.value]);
    if (!json) return FailureOf(json.error());
    all.push_back(*std::move(json));
  }
  return StoreAnswer({{"assignments", std::move(all)}}, status);
}

Response Assignments(const Context& context, Store& store, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  const auto learner = LearnerIn(store, request, *query);
  if (!learner) return FailureOf(learner.error());
  const auto assignments = AssignmentsOf(store, *learner);
  return assignments ? AnswerWith(context, store, *assignments) : FailureOf(assignments.error());
}

/// What is asked of everybody that a request names.
struct Task {
  std::vector<std::string> learners;
  NewAssignment assignment;
};

Result<Task> TaskIn(const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return json.error();
  Task task;
  auto learners = TextsIn(*json, "learners");
  if (!learners) return learners.error();
  task.learners = *std::move(learners);
  task.assignment.made_ms = NowMs();
  for (const auto& [key, value] : json->items()) {
    if (key == "learners" || (key == "due" && value.is_null())) continue;
    const bool known = (key == "lesson" || key == "note" || key == "due") && value.is_string();
    if (!known)
      return Error{Errc::kInvalidArgument,
                   "an assignment has `learners`, `lesson`, `due` and `note`"};
    if (key == "lesson") task.assignment.lesson = value.get<std::string>();
    if (key == "note") task.assignment.note = value.get<std::string>();
    if (key != "due") continue;
    task.assignment.due_day = DayNamed(value.get<std::string>());
    if (!task.assignment.due_day)
      return Error{Errc::kInvalidArgument, "`due` must be a date, as 2027-01-31, or null"};
  }
  if (task.learners.empty())
    return Error{Errc::kInvalidArgument, "`learners` must name one at least"};
  if (task.assignment.note.size() > kLongestNote)
    return Error{Errc::kInvalidArgument, "`note` has at most 8,000 bytes"};
  return task;
}

Response Assign(const Context& context, Store& store, const Request& request) {
  const auto task = TaskIn(request);
  if (!task) return FailureOf(task.error());
  const auto packs = context.lessons.all();
  if (const auto lesson = FindLesson(*packs, task->assignment.lesson); !lesson)
    return FailureOf(lesson.error());
  std::vector<NewAssignment> wanted;
  for (const std::string& uuid : task->learners) {
    const auto learner = GetLearner(store, std::string_view(uuid));
    if (!learner) return FailureOf(learner.error());
    wanted.push_back(task->assignment);
    wanted.back().learner = learner->id;
  }
  const auto ids = AddAssignments(store, wanted);
  if (!ids) return FailureOf(ids.error());
  std::vector<Assignment> made;
  for (const AssignmentId id : *ids) {
    auto assignment = GetAssignment(store, id);
    if (!assignment) return FailureOf(assignment.error());
    made.push_back(*std::move(assignment));
  }
  return AnswerWith(context, store, made, 201);
}

}  // namespace

void AddAssignmentRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/assignments",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) {
                return WithStore(
                    context, [&](Store& store) { return Assignments(context, store, request); });
              }});
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/assignments",
              .where = Where::kWorkers,
              .most_body = kMostListBody,
              .handle = [&context](const Request& request) {
                return WithStore(context,
                                 [&](Store& store) { return Assign(context, store, request); });
              }});
  Route take_back = RouteOfOne<Assignment>(
      context, Method::kDelete, "/api/v1/assignments/{assignment}", GetAssignment,
      [](Store& store, const Assignment& assignment, const Request&) {
        return Forgotten(store, DeleteAssignment(store, assignment.id));
      });
  take_back.access = Access::kPaired;
  router.Add(std::move(take_back));
}

}  // namespace euphone::server

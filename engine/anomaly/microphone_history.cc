#include "anomaly/microphone_history.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

namespace euphone {
namespace {

constexpr std::string_view kTakeSchema = "euphone.microphone/1";
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kWeekdays{"Thursday", "Friday",  "Saturday", "Sunday",
                               "Monday",   "Tuesday", "Wednesday"};  // 1 January 1970 first

struct Date {
  int year = 0, month = 0, day = 0;
};

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysIn(int month, int year) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && IsLeap(year) ? 1 : 0);
}

bool ReadNumber(std::string_view digits, int& number) {
  const char* end = digits.data() + digits.size();
  for (const char c : digits)
    if (c < '0' || c > '9') return false;
  return std::from_chars(digits.data(), end, number).ptr == end;
}

bool ReadDate(std::string_view text, Date& date) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         ReadNumber(text.substr(0, 4), date.year) && ReadNumber(text.substr(5, 2), date.month) &&
         ReadNumber(text.substr(8, 2), date.day) && date.year >= 1970 && date.month >= 1 &&
         date.month <= 12 && date.day >= 1 && date.day <= DaysIn(date.month, date.year);
}

int NumberOf(const Date& date) {
  int days = date.day - 1;
  for (int year = 1970; year < date.year; ++year) days += IsLeap(year) ? 366 : 365;
  for (int month = 1; month < date.month; ++month) days += DaysIn(month, date.year);
  return days;
}

Error WrongTake(const std::string& what) {
  return {Errc::kCorrupt, what + "; it must be a line that `euphone watch microphone` wrote"};
}

}  // namespace

std::string ToLine(const MicrophoneTake& take) {
  nlohmann::ordered_json json{
      {"schema", kTakeSchema}, {"day", take.day}, {"recording", take.recording}};
  for (const MicrophoneField& field : kMicrophoneFields)
    json[field.name] = std::round(take.measures.*field.value * 1e4) / 1e4;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<MicrophoneTake> ParseTake(std::string_view line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object()) return WrongTake("no JSON object");
  const auto schema = json.find("schema");
  if (schema == json.end() || *schema != kTakeSchema)
    return Error{Errc::kUnsupported, "not of schema " + std::string(kTakeSchema)};
  MicrophoneTake take;
  for (const auto& [name, text] : {std::pair{"day", &take.day}, {"recording", &take.recording}}) {
    const auto value = json.find(name);
    if (value == json.end() || !value->is_string())
      return WrongTake("'" + std::string(name) + "' is missing or no text");
    *text = value->get<std::string>();
  }
  if (auto day = DayNumber(take.day); !day) return WrongTake(day.error().message);
  for (const MicrophoneField& field : kMicrophoneFields) {
    const auto value = json.find(field.name);
    if (value == json.end() || !value->is_number())
      return WrongTake("'" + std::string(field.name) + "' is missing or no number");
    take.measures.*field.value = value->get<double>();
  }
  return take;
}

Result<std::vector<MicrophoneTake>> ParseHistory(std::string_view text) {
  std::vector<MicrophoneTake> takes;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, length);
    text.remove_prefix(std::min(length + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string place = "line " + std::to_string(number);
    auto take = ParseTake(line);
    if (!take) return Prefixed(place, take.error());
    if (!takes.empty() && take->day < takes.back().day)
      return Error{Errc::kCorrupt, place + ": " + take->day + " comes after " + takes.back().day +
                                       "; put the lines in the order of their days"};
    takes.push_back(*std::move(take));
  }
  return takes;
}

Result<int> DayNumber(std::string_view day) {
  Date date;
  if (ReadDate(day, date)) return NumberOf(date);
  return Error{Errc::kInvalidArgument,
               "'" + std::string(day.substr(0, 40)) + "' is no day; write it as 2025-11-12"};
}

std::string WrittenDay(std::string_view day) {
  Date date;
  if (!ReadDate(day, date)) return std::string(day);
  return std::string(kWeekdays[static_cast<std::size_t>(NumberOf(date) % 7)]) + ", " +
         std::to_string(date.day) + " " + kMonths[static_cast<std::size_t>(date.month - 1)] + " " +
         std::to_string(date.year);
}

}  // namespace euphone

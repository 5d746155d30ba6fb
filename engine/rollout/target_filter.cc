#include "rollout/target_filter.h"

#include <algorithm>
#include <cassert>

#include "rollout/filter_fields.h"

namespace euphone {
namespace {

/// Whether the text is as the pattern says, in which each * stands for any run of bytes.
bool IsLike(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

template <class T>
bool Compared(const T& a, FilterOperator how, const T& b) {
  switch (how) {
    case FilterOperator::kEqual:
    case FilterOperator::kUnequal:
      return a == b;
    case FilterOperator::kLess:
      return a < b;
    case FilterOperator::kAtMost:
      return a <= b;
    case FilterOperator::kMore:
      return a > b;
    case FilterOperator::kAtLeast:
      return a >= b;
  }
  return false;
}

bool AnyText(const std::string& text, const FilterNode& node) {
  return std::ranges::any_of(node.values, [&](const FilterValue& value) {
    return IsLike(text, *std::get_if<std::string>(&value));
  });
}

bool AnyOfTexts(const std::vector<std::string>& texts, const FilterNode& node) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return AnyText(text, node); });
}

template <class T>
bool AnyValue(const T& held, const FilterNode& node) {
  return std::ranges::any_of(node.values, [&](const FilterValue& value) {
    return Compared(held, node.compare, *std::get_if<T>(&value));
  });
}

/// As if != were =; the caller turns it round, so that `a != b` is `not a = b` where a is absent.
bool HoldsPlain(const FilterNode& node, const DeviceRecord& device, const FilterContext& context) {
  switch (node.field) {
    case FilterField::kId:
      return AnyText(device.id, node);
    case FilterField::kTag:
      return AnyOfTexts(device.tags, node);
    case FilterField::kGroup:
      return AnyOfTexts(device.groups, node);
    case FilterField::kHardware:
      return AnyText(device.hardware, node);
    case FilterField::kSite:
      return AnyText(device.site, node);
    case FilterField::kLocale:
      return AnyText(device.locale, node);
    case FilterField::kRuntime:
      return AnyValue(device.runtime, node);
    case FilterField::kVersion: {
      const SemVer* held =
          device.Holds(node.bundle.empty() ? context.bundle : std::string_view(node.bundle));
      return held != nullptr && AnyValue(*held, node);
    }
    case FilterField::kBattery:
      return AnyValue(static_cast<double>(device.battery.value_or(100)), node);
    case FilterField::kCharging:
      return device.charging || !device.battery;
    case FilterField::kMetered:
      return device.metered;
    case FilterField::kInLesson:
      return device.in_lesson;
    case FilterField::kCrashLoops:
      return AnyValue(static_cast<double>(device.health.crash_loops), node);
    case FilterField::kSelfTest:
      return device.health.self_test;
    case FilterField::kAnomalyRate:
      return AnyValue(device.health.anomaly_rate, node);
    case FilterField::kSeenHours:
      return AnyValue(
          static_cast<double>(std::max<std::int64_t>(0, context.now - device.last_seen)) / 3600.0,
          node);
  }
  return false;
}

std::string QuotedText(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string TextOfValue(const FilterValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return QuotedText(*text);
  if (const auto* version = std::get_if<SemVer>(&value)) return version->Text();
  std::string number = std::to_string(*std::get_if<double>(&value));
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
  return number;
}

}  // namespace

const FieldInfo* FindFilterField(std::string_view name) {
  const auto* const found = std::ranges::find(kFilterFields, name, &FieldInfo::name);
  return found == kFilterFields.end() ? nullptr : found;
}

const FieldInfo& InfoOf(FilterField field) {
  return *std::ranges::find(kFilterFields, field, &FieldInfo::field);
}

bool TargetFilter::Matches(const DeviceRecord& device, const FilterContext& context) const {
  return nodes_.empty() || Holds(nodes_.size() - 1, device, context);
}

bool TargetFilter::Holds(std::size_t index, const DeviceRecord& device,
                         const FilterContext& context) const {
  const FilterNode& node = nodes_[index];
  switch (node.kind) {
    case FilterNode::Kind::kAll:
      return std::ranges::all_of(node.parts,
                                 [&](std::size_t part) { return Holds(part, device, context); });
    case FilterNode::Kind::kAny:
      return std::ranges::any_of(node.parts,
                                 [&](std::size_t part) { return Holds(part, device, context); });
    case FilterNode::Kind::kNot:
      return !Holds(node.parts.front(), device, context);
    case FilterNode::Kind::kFlag:
      return HoldsPlain(node, device, context);
    case FilterNode::Kind::kCompare:
      return HoldsPlain(node, device, context) != (node.compare == FilterOperator::kUnequal);
  }
  return false;
}

std::string TargetFilter::Text() const {
  return nodes_.empty() ? std::string() : TextOf(nodes_.size() - 1);
}

std::string TargetFilter::TextOf(std::size_t index) const {
  const FilterNode& node = nodes_[index];
  if (node.kind == FilterNode::Kind::kNot) return "(not " + TextOf(node.parts.front()) + ")";
  if (node.kind == FilterNode::Kind::kAll || node.kind == FilterNode::Kind::kAny) {
    std::string text = "(";
    for (const std::size_t part : node.parts) {
      if (text.size() > 1) text += node.kind == FilterNode::Kind::kAll ? " and " : " or ";
      text += TextOf(part);
    }
    return text + ")";
  }
  std::string text = InfoOf(node.field).name;
  if (!node.bundle.empty()) text += "(" + QuotedText(node.bundle) + ")";
  if (node.kind == FilterNode::Kind::kFlag) return text;
  if (node.values.size() == 1) {
    text += " " + std::string(kFilterOperators[static_cast<std::size_t>(node.compare)]) + " ";
    return text + TextOfValue(node.values.front());
  }
  text += " in (";
  for (std::size_t i = 0; i < node.values.size(); ++i)
    text += (i == 0 ? "" : ", ") + TextOfValue(node.values[i]);
  return text + ")";
}

}  // namespace euphone

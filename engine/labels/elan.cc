#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "base/plain_text.h"
#include "labels/label_text.h"
#include "labels/labels.h"

// ELAN Annotation Format, schema EAFv3.0 (Max Planck Institute for Psycholinguistics, The Language
// Archive): annotations point to slots of time in milliseconds, or to other annotations.

namespace euphone {
namespace {

struct Span {
  double begin = 0.0;
  double end = 0.0;
};

using Slots = std::map<std::string, double>;

/// Slots without a time lie evenly between those beside them that have one, as ELAN draws them.
Result<Slots> ReadSlots(const pugi::xml_node& order) {
  Slots slots;
  std::vector<std::string> waiting;
  double before = 0.0;
  for (const pugi::xml_node& slot : order.children("TIME_SLOT")) {
    const std::string id = slot.attribute("TIME_SLOT_ID").value();
    if (id.empty()) return Error{Errc::kCorrupt, "a time slot has no name"};
    const std::string value = slot.attribute("TIME_VALUE").value();
    if (value.empty()) {
      waiting.push_back(id);
      continue;
    }
    const auto time = NumberIn(value);
    if (!time || *time < 0) return Error{Errc::kCorrupt, "time slot " + id + " has no time"};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const auto part = static_cast<double>(i + 1) / static_cast<double>(waiting.size() + 1);
      slots[waiting[i]] = before + (*time - before) * part;
    }
    waiting.clear();
    before = slots[id] = *time;
  }
  for (const std::string& id : waiting) slots[id] = before;
  return slots;
}

std::optional<Span> SpanOf(const pugi::xml_node& annotation, const Slots& slots) {
  const auto begin = slots.find(annotation.attribute("TIME_SLOT_REF1").value());
  const auto end = slots.find(annotation.attribute("TIME_SLOT_REF2").value());
  if (begin == slots.end() || end == slots.end()) return std::nullopt;
  return Span{begin->second / 1000.0, std::max(begin->second, end->second) / 1000.0};
}

/// Times of all annotations, by their names. Those that point to others have the time of theirs.
Result<std::map<std::string, Span>> ReadSpans(const pugi::xml_node& document, const Slots& slots) {
  std::map<std::string, Span> spans;
  std::vector<pugi::xml_node> pointing;
  for (const pugi::xml_node& tier : document.children("TIER")) {
    for (const pugi::xml_node& entry : tier.children("ANNOTATION")) {
      if (const auto aligned = entry.child("ALIGNABLE_ANNOTATION")) {
        const std::string id = aligned.attribute("ANNOTATION_ID").value();
        const auto span = SpanOf(aligned, slots);
        if (!span) return Error{Errc::kCorrupt, "annotation " + id + " has no time"};
        spans[id] = *span;
      } else if (const auto other = entry.child("REF_ANNOTATION")) {
        pointing.push_back(other);
      }
    }
  }
  for (bool found = true; found && !pointing.empty();) {
    found = std::erase_if(pointing, [&](const pugi::xml_node& node) {
              const auto parent = spans.find(node.attribute("ANNOTATION_REF").value());
              if (parent == spans.end()) return false;
              spans[node.attribute("ANNOTATION_ID").value()] = parent->second;
              return true;
            }) > 0;
  }
  if (!pointing.empty())
    return Error{Errc::kCorrupt, std::string("annotation ") +
                                     pointing[0].attribute("ANNOTATION_ID").value() +
                                     " points to one that is not there"};
  return spans;
}

LabelTier TierOf(const pugi::xml_node& node, const std::map<std::string, Span>& spans) {
  LabelTier tier{.name = OneLine(node.attribute("TIER_ID").value()), .labels = {}};
  for (const pugi::xml_node& entry : node.children("ANNOTATION")) {
    const pugi::xml_node annotation = entry.first_child();
    const auto span = spans.find(annotation.attribute("ANNOTATION_ID").value());
    if (span == spans.end()) continue;
    tier.labels.push_back({span->second.begin, span->second.end,
                           OneLine(annotation.child_value("ANNOTATION_VALUE"))});
  }
  std::ranges::stable_sort(tier.labels, {}, &TimedLabel::begin);
  return tier;
}

/// Writes tiers, and remembers the slots that they need.
class Annotations {
 public:
  void Add(const LabelTier& tier) {
    pugi::xml_node node = tiers_.append_child("TIER");
    node.append_attribute("LINGUISTIC_TYPE_REF") = "default-lt";
    node.append_attribute("TIER_ID") = OneLine(tier.name).c_str();
    for (const TimedLabel& label : tier.labels) {
      pugi::xml_node annotation =
          node.append_child("ANNOTATION").append_child("ALIGNABLE_ANNOTATION");
      annotation.append_attribute("ANNOTATION_ID") = ("a" + std::to_string(++annotations_)).c_str();
      annotation.append_attribute("TIME_SLOT_REF1") = Slot(label.begin).c_str();
      annotation.append_attribute("TIME_SLOT_REF2") = Slot(label.end).c_str();
      annotation.append_child("ANNOTATION_VALUE").text() = OneLine(label.text).c_str();
    }
  }

  void WriteTo(pugi::xml_node& document) const {
    // In order of time, as ELAN wants them.
    std::vector<std::pair<long long, std::string>> slots = slots_;
    std::ranges::stable_sort(slots, {}, &std::pair<long long, std::string>::first);
    pugi::xml_node order = document.append_child("TIME_ORDER");
    for (const auto& [time, id] : slots) {
      pugi::xml_node slot = order.append_child("TIME_SLOT");
      slot.append_attribute("TIME_SLOT_ID") = id.c_str();
      slot.append_attribute("TIME_VALUE") = std::to_string(time).c_str();
    }
    for (const pugi::xml_node& tier : tiers_.children()) document.append_copy(tier);
  }

 private:
  std::string Slot(double seconds) {
    slots_.emplace_back(std::llround(seconds * 1000.0), "ts" + std::to_string(slots_.size() + 1));
    return slots_.back().second;
  }

  pugi::xml_document tiers_;
  std::vector<std::pair<long long, std::string>> slots_;
  std::size_t annotations_ = 0;
};

/// Says nothing of when it was written, so that the same labels give the same bytes.
constexpr const char* kNoDate = "1970-01-01T00:00:00+00:00";

}  // namespace

Result<std::vector<Labels>> ReadElan(std::string_view content) {
  pugi::xml_document xml;
  const auto read = xml.load_buffer(content.data(), content.size());
  const pugi::xml_node document = xml.child("ANNOTATION_DOCUMENT");
  if (read && !document) return Error{Errc::kUnsupported, "is no annotation document of ELAN"};
  if (!read) {
    const auto line =
        1 + std::ranges::count(content.substr(0, static_cast<std::size_t>(read.offset)), '\n');
    return Error{document ? Errc::kCorrupt : Errc::kUnsupported,
                 "line " + std::to_string(line) + ": is no XML: " + read.description()};
  }
  const auto slots = ReadSlots(document.child("TIME_ORDER"));
  if (!slots) return slots.error();
  const auto spans = ReadSpans(document, *slots);
  if (!spans) return spans.error();
  Labels labels;
  const std::string media =
      document.child("HEADER").child("MEDIA_DESCRIPTOR").attribute("MEDIA_URL").value();
  labels.recording = media.substr(media.rfind('/') + 1);
  for (const pugi::xml_node& tier : document.children("TIER"))
    labels.tiers.push_back(TierOf(tier, *spans));
  CoverLabels(labels);
  return std::vector<Labels>{std::move(labels)};
}

std::string WriteElan(const Labels& labels) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node document = xml.append_child("ANNOTATION_DOCUMENT");
  document.append_attribute("AUTHOR") = "";
  document.append_attribute("DATE") = kNoDate;
  document.append_attribute("FORMAT") = "3.0";
  document.append_attribute("VERSION") = "3.0";
  document.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
  document.append_attribute("xsi:noNamespaceSchemaLocation") =
      "http://www.mpi.nl/tools/elan/EAFv3.0.xsd";
  pugi::xml_node header = document.append_child("HEADER");
  header.append_attribute("MEDIA_FILE") = "";
  header.append_attribute("TIME_UNITS") = "milliseconds";
  if (!labels.recording.empty()) {
    pugi::xml_node media = header.append_child("MEDIA_DESCRIPTOR");
    media.append_attribute("MEDIA_URL") = OneLine(labels.recording).c_str();
    media.append_attribute("MIME_TYPE") = "audio/x-wav";
  }
  Annotations annotations;
  for (const LabelTier& tier : labels.tiers) annotations.Add(tier);
  annotations.WriteTo(document);
  pugi::xml_node type = document.append_child("LINGUISTIC_TYPE");
  type.append_attribute("GRAPHIC_REFERENCES") = "false";
  type.append_attribute("LINGUISTIC_TYPE_ID") = "default-lt";
  type.append_attribute("TIME_ALIGNABLE") = "true";
  std::ostringstream text;
  xml.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
  return text.str();
}

}  // namespace euphone

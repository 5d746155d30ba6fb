#include "bundle_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <utility>
#include <variant>

#include "base/compression.h"
#include "model/digest.h"
#include "update/chunks.h"

namespace euphone::cli {
namespace {

using FactsJson = nlohmann::ordered_json;

/// Who judges what the model hears; null for a model that hears nothing.
const char* ScorerOf(const Manifest& manifest) {
  if (!std::holds_alternative<AcousticEntry>(manifest.model)) return nullptr;
  return manifest.scorer ? "learned" : "gop";
}

std::string Figure(const AccuracyEntry& entry) {
  return fmt::format("{}: {:.4g}{}{} ({})", entry.measure, entry.value,
                     entry.unit.empty() ? "" : " ", entry.unit, entry.data);
}

}  // namespace

std::string BundleText(const Bundle& bundle) {
  const Manifest& manifest = bundle.manifest();
  std::string text =
      fmt::format("{} {}  {}  {}  {:.1f} MB\n  {}\n", manifest.name, manifest.version,
                  manifest.kind(), manifest.language, manifest.megabytes(), manifest.summary);
  if (const char* scorer = ScorerOf(manifest)) text += fmt::format("  scorer: {}\n", scorer);
  for (const AccuracyEntry& entry : manifest.accuracy) text += "  " + Figure(entry) + "\n";
  for (const SourceEntry& source : manifest.provenance.trained_on) {
    text += fmt::format("  trained on {} ({})\n", source.name, source.licence);
  }
  for (const LicenceEntry& licence : manifest.licences)
    text += fmt::format("  {}: {}\n", licence.part, licence.spdx);
  return text;
}

nlohmann::ordered_json BundleJson(const Bundle& bundle) {
  const Manifest& manifest = bundle.manifest();
  nlohmann::ordered_json accuracy = nlohmann::ordered_json::array(),
                         licences = nlohmann::ordered_json::array();
  for (const AccuracyEntry& entry : manifest.accuracy) {
    accuracy.push_back({{"measure", entry.measure},
                        {"value", entry.value},
                        {"unit", entry.unit},
                        {"data", entry.data}});
  }
  for (const LicenceEntry& licence : manifest.licences)
    licences.push_back({{"part", licence.part}, {"spdx", licence.spdx}});
  const char* scorer = ScorerOf(manifest);
  return {{"name", manifest.name},
          {"version", manifest.version},
          {"scorer", scorer != nullptr ? nlohmann::ordered_json(scorer) : nullptr},
          {"kind", manifest.kind()},
          {"language", manifest.language},
          {"summary", manifest.summary},
          {"megabytes", manifest.megabytes()},
          {"path", bundle.name()},
          {"accuracy", accuracy},
          {"licences", licences}};
}

BundleDifference DifferenceOf(const Bundle& before, const Bundle& after) {
  BundleDifference difference;
  std::set<std::string> known;
  std::map<std::string, std::string> digests;
  const auto each_piece = [](const Bundle& bundle, const BundleFile& file, auto&& tell) {
    for (auto rest = bundle.bytes(file.path); !rest.empty();) {
      const auto piece = rest.first(NextChunk(rest));
      rest = rest.subspan(piece.size());
      tell(Sha256Hex(piece), piece);
    }
  };
  for (const BundleFile& file : before.manifest().files) {
    digests[file.path] = file.sha256;
    each_piece(before, file, [&](std::string digest, auto) { known.insert(std::move(digest)); });
  }
  for (const BundleFile& file : after.manifest().files) {
    const auto found = digests.find(file.path);
    FileDifference entry{.path = file.path,
                         .what = found == digests.end() ? "new" : "changed",
                         .bytes = static_cast<std::int64_t>(file.bytes)};
    difference.bytes += entry.bytes;
    const bool same = found != digests.end() && found->second == file.sha256;
    if (found != digests.end()) digests.erase(found);
    if (same) continue;
    each_piece(after, file, [&](const std::string& digest, std::span<const std::byte> piece) {
      if (!known.insert(digest).second) return;
      const std::string_view content(reinterpret_cast<const char*>(piece.data()), piece.size());
      entry.to_fetch += static_cast<std::int64_t>(Compressed(content).size());
    });
    difference.to_fetch += entry.to_fetch;
    difference.files.push_back(std::move(entry));
  }
  for (const auto& [path, digest] : digests)
    difference.files.push_back({.path = path, .what = "gone"});
  return difference;
}

std::string DifferenceText(const Bundle& before, const Bundle& after) {
  const BundleDifference difference = DifferenceOf(before, after);
  std::string text = fmt::format("{} -> {}\n", before.manifest().label(), after.manifest().label());
  for (const FileDifference& file : difference.files) {
    text += fmt::format("  {:8} {:32}", file.what, file.path);
    if (file.what != "gone")
      text += fmt::format(" {:8.2f} MB, {:.2f} MB to fetch", static_cast<double>(file.bytes) / 1e6,
                          static_cast<double>(file.to_fetch) / 1e6);
    text += "\n";
  }
  if (difference.files.empty()) text += "  every file is the same\n";
  for (const AccuracyEntry& entry : after.manifest().accuracy) {
    for (const AccuracyEntry& old : before.manifest().accuracy) {
      if (old.measure != entry.measure || old.data != entry.data || old.value == entry.value)
        continue;
      text += fmt::format("  {}: {:.4g} -> {:.4g} {} ({})\n", entry.measure, old.value, entry.value,
                          entry.unit, entry.data);
    }
  }
  return text + fmt::format("  an update fetches {:.2f} of {:.2f} MB\n",
                            static_cast<double>(difference.to_fetch) / 1e6,
                            static_cast<double>(difference.bytes) / 1e6);
}

nlohmann::ordered_json DifferenceJson(const Bundle& before, const Bundle& after) {
  const BundleDifference difference = DifferenceOf(before, after);
  FactsJson files = FactsJson::array();
  for (const FileDifference& file : difference.files)
    files.push_back({{"path", file.path},
                     {"what", file.what},
                     {"bytes", file.bytes},
                     {"to_fetch", file.to_fetch}});
  return {{"before", before.manifest().label()},
          {"after", after.manifest().label()},
          {"files", std::move(files)},
          {"bytes", difference.bytes},
          {"to_fetch", difference.to_fetch}};
}

}  // namespace euphone::cli

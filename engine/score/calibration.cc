#include "score/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

namespace euphone {
namespace {

using nlohmann::json;

/// Collects the first thing that is wrong, so that parsing reads as a list of fields.
class Reader {
 public:
  explicit Reader(const json& root) : root_(root) {}
  const std::string& problem() const { return problem_; }

  double Number(const std::string& pointer) {
    const json* node = Find(pointer);
    if (node == nullptr) return 0.0;
    if (!node->is_number() || !std::isfinite(node->get<double>()))
      return Complain(pointer + " is not a number"), 0.0;
    return node->get<double>();
  }

  double NumberOr(const std::string& pointer, double otherwise) {
    return root_.contains(json::json_pointer(pointer)) ? Number(pointer) : otherwise;
  }

  std::vector<double> Numbers(const std::string& pointer, std::size_t count) {
    const json* node = Find(pointer);
    if (node == nullptr) return {};
    const bool numbers =
        node->is_array() && std::all_of(node->begin(), node->end(), [](const json& item) {
          return item.is_number() && std::isfinite(item.get<double>());
        });
    if (!numbers || (count != 0 && node->size() != count)) {
      Complain(pointer + " is not a list of " + (count != 0 ? std::to_string(count) + " " : "") +
               "numbers");
      return {};
    }
    return node->get<std::vector<double>>();
  }

  /// The terms that the weights belong to are written beside them: they must be ours, in our order.
  template <std::size_t N>
  void Names(const std::string& pointer, const std::array<std::string_view, N>& expected) {
    const json* node = Find(pointer);
    if (node == nullptr) return;
    const bool same =
        node->is_array() && node->size() == N &&
        std::equal(expected.begin(), expected.end(), node->begin(),
                   [](std::string_view name, const json& item) { return item == name; });
    if (!same) Complain(pointer + " lists other terms than this program measures");
  }

  LinearModel Linear(const std::string& pointer, std::size_t terms) {
    return {.bias = Number(pointer + "/bias"), .weights = Numbers(pointer + "/weights", terms)};
  }

  Curve ReadCurve(const std::string& pointer) {
    Curve curve{.x = Numbers(pointer + "/x", 0), .y = Numbers(pointer + "/y", 0)};
    const bool rises = std::is_sorted(curve.x.begin(), curve.x.end(), std::less_equal<>()) &&
                       std::is_sorted(curve.y.begin(), curve.y.end());
    if (curve.x.size() < 2 || curve.x.size() != curve.y.size() || !rises) {
      Complain(pointer + " is not a rising curve of at least two points");
    }
    return curve;
  }

  /// All of `learned`, which may lack any of its parts, or be absent itself.
  LearnedCalibration ReadLearned() {
    LearnedCalibration curves;
    const auto section = root_.find("learned");
    if (section == root_.end()) return curves;
    if (!section->is_object()) return Complain("/learned is not an object"), curves;
    const std::map<std::string, std::optional<Curve>*> slots = {
        {"phone_curve", &curves.phone},       {"word_curve", &curves.word},
        {"sentence_curve", &curves.sentence}, {"fluency_curve", &curves.fluency},
        {"prosody_curve", &curves.prosody},   {"total_curve", &curves.total}};
    for (const auto& [name, curve] : section->items()) {
      if (ReadEdge(name, curves)) continue;
      const auto slot = slots.find(name);
      if (slot == slots.end()) return Complain("/learned has an unknown entry"), curves;
      *slot->second = ReadCurve("/learned/" + name);
    }
    return curves;
  }

  /// Whether `name` is one of the entries of `learned` that are no curves; read, if so.
  bool ReadEdge(const std::string& name, LearnedCalibration& learned) {
    const std::string pointer = "/learned/" + name;
    if (name == "mispronounced_below") {
      learned.mispronounced_below = Number(pointer);
    } else if (name == "phone_bands") {
      learned.phone_bands = Edges(pointer);
    } else if (name == "word_bands") {
      learned.word_bands = Edges(pointer);
    } else {
      return false;
    }
    return true;
  }

  /// `diagnosis`, which may be absent.
  std::optional<DiagnosisRule> ReadDiagnosis() {
    if (!root_.contains("diagnosis")) return std::nullopt;
    Names("/diagnosis/phone/terms", kPhoneClaimTerms);
    Names("/diagnosis/word/terms", kWordClaimTerms);
    return DiagnosisRule{.phone = Claims("/diagnosis/phone", kPhoneClaimTerms.size()),
                         .word = Claims("/diagnosis/word", kWordClaimTerms.size()),
                         .name_from = Number("/diagnosis/naming/name_from"),
                         .nothing_from = Number("/diagnosis/naming/nothing_from"),
                         .shortest_s = Number("/diagnosis/naming/shortest_s"),
                         .least_snr_db = Number("/diagnosis/least_snr_db")};
  }

  ClaimRule Claims(const std::string& pointer, std::size_t terms) {
    return {.right = Linear(pointer + "/right", terms),
            .wrong = Linear(pointer + "/wrong", terms),
            .right_from = Number(pointer + "/right_from"),
            .wrong_from = Number(pointer + "/wrong_from")};
  }

  BandEdges Edges(const std::string& pointer) {
    return {.clear = Number(pointer + "/clear"),
            .slightly_accented = Number(pointer + "/slightly_accented"),
            .hard_to_understand = Number(pointer + "/hard_to_understand")};
  }

 private:
  const json* Find(const std::string& pointer) {
    const json::json_pointer at(pointer);
    if (root_.contains(at)) return &root_.at(at);
    Complain(pointer + " is missing");
    return nullptr;
  }
  void Complain(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  const json& root_;
  std::string problem_;
};

}  // namespace

double Curve::At(double value) const {
  if (value <= x.front()) return y.front();
  if (value >= x.back()) return y.back();
  const auto upper =
      static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), value) - x.begin());
  const double share = (value - x[upper - 1]) / (x[upper] - x[upper - 1]);
  return y[upper - 1] + share * (y[upper] - y[upper - 1]);
}

double LinearModel::At(std::span<const double> terms) const {
  double sum = bias;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * terms[i];
  return sum;
}

Band BandEdges::At(double score) const {
  if (score >= clear) return Band::kClear;
  if (score >= slightly_accented) return Band::kSlightlyAccented;
  if (score >= hard_to_understand) return Band::kHardToUnderstand;
  return Band::kNotAsWritten;
}

Calibration Calibration::ForLearned() const {
  Calibration other = *this;
  other.phone_bands = learned.phone_bands.value_or(phone_bands);
  other.word_bands = learned.word_bands.value_or(word_bands);
  other.mispronounced_below = learned.mispronounced_below.value_or(mispronounced_below);
  other.diagnosis = learned.diagnosis;
  return other;
}

Result<Calibration> Calibration::Parse(std::string_view text, const PhoneSet& phone_set) {
  const json root = json::parse(text, nullptr, false);
  if (root.is_discarded() || !root.is_object())
    return Error{Errc::kCorrupt, "calibration is not a JSON object"};
  Reader reader(root);
  if (reader.Number("/schema_version") != 1.0 && reader.problem().empty()) {
    return Error{Errc::kUnsupported,
                 "calibration has a schema version that this program does not know"};
  }
  reader.Names("/phone/terms", kEvidenceNames);
  reader.Names("/fluency/terms", kTempoNames);
  reader.Names("/prominence/terms", kProminenceNames);
  Calibration calibration;
  for (std::size_t id = 0; id < phone_set.size(); ++id) {
    const std::string& name = phone_set.info(static_cast<PhoneId>(id)).arpabet;
    calibration.phones.push_back(reader.Linear("/phone/models/" + name, kEvidenceTerms));
  }
  calibration.phone_curve = reader.ReadCurve("/phone/curve");
  calibration.word = reader.Linear("/word", 2);
  calibration.word_curve = reader.ReadCurve("/word/curve");
  calibration.sentence = reader.Linear("/sentence", 2);
  calibration.sentence_curve = reader.ReadCurve("/sentence/curve");
  calibration.fluency = reader.Linear("/fluency", kTempoTerms);
  calibration.fluency_curve = reader.ReadCurve("/fluency/curve");
  calibration.prominence = reader.Linear("/prominence", kProminenceTerms);
  calibration.prominence_margin = reader.Number("/prominence/margin");
  calibration.phone_bands = reader.Edges("/phone/bands");
  calibration.word_bands = reader.Edges("/word/bands");
  calibration.mispronounced_below = reader.Number("/word/mispronounced_below");
  calibration.chance_share = reader.NumberOr("/text/chance_share", 0.0);
  calibration.wrong_text_below = reader.Number("/text/wrong_below");
  calibration.unsure_below = reader.Number("/text/unsure_below");
  calibration.learned = reader.ReadLearned();
  calibration.learned.diagnosis = reader.ReadDiagnosis();
  if (!reader.problem().empty()) return Error{Errc::kCorrupt, "calibration: " + reader.problem()};
  return calibration;
}

}  // namespace euphone

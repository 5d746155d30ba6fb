#include "anomaly/machine_model.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "anomaly/windower.h"

namespace euphone {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kModelSchema = "euphone.anomaly/1";
constexpr std::size_t kMostChannels = 64;

/// Reads fields of an object and remembers the first that is wrong.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {}

  const std::string& wrong() const { return wrong_; }

  double Number(const char* name, double above, double at_most) {
    const Json* value = Find(name);
    const bool fits = value != nullptr && value->is_number();
    const double number = fits ? value->get<double>() : 0.0;
    if (!fits || !(number > above) || number > at_most) Fail(name);
    return number;
  }

  std::string Text(const char* name) {
    const Json* value = Find(name);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    Fail(name);
    return "";
  }

  std::vector<std::string> Texts(const char* name) {
    std::vector<std::string> texts;
    const Json* value = Find(name);
    if (value == nullptr || !value->is_array()) return Fail(name), texts;
    for (const Json& item : *value) {
      if (!item.is_string()) return Fail(name), texts;
      texts.push_back(item.get<std::string>());
    }
    return texts;
  }

  /// `count` finite numbers above `above`.
  std::vector<double> Row(const char* name, std::size_t count, double above = -1e300) {
    const Json* value = Find(name);
    return value == nullptr ? (Fail(name), std::vector<double>())
                            : RowIn(*value, name, count, above);
  }

  Points Rows(const char* name, std::size_t count, double above = -1e300) {
    Points rows;
    const Json* value = Find(name);
    if (value == nullptr || !value->is_array() || value->empty()) return Fail(name), rows;
    for (const Json& row : *value) rows.push_back(RowIn(row, name, count, above));
    return rows;
  }

 private:
  const Json* Find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  std::vector<double> RowIn(const Json& row, const char* name, std::size_t count, double above) {
    std::vector<double> numbers;
    if (!row.is_array() || row.size() != count) return Fail(name), numbers;
    for (const Json& item : row) {
      const double number = item.is_number() ? item.get<double>() : above;
      if (!(number > above) || !std::isfinite(number)) Fail(name);
      numbers.push_back(number);
    }
    return numbers;
  }

  void Fail(const char* name) {
    if (wrong_.empty()) wrong_ = name;
  }

  const Json& object_;
  std::string wrong_;
};

Error WrongField(const std::string& field) {
  return {Errc::kCorrupt, "field '" + field + "' is missing or wrong; learn the machine again"};
}

/// Reads the object `name` inside `json` with `read`; the name of a wrong field, if any.
template <class Read>
std::string Inside(const Json& json, const std::string& name, Read read) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_object()) return name;
  Reader reader(*found);
  read(reader);
  return reader.wrong().empty() ? "" : name + "." + reader.wrong();
}

std::string ReadDetector(const Json& json, std::size_t features, Detector& detector) {
  std::string wrong = Inside(json, "scaling", [&](Reader& reader) {
    detector.scaling_kind =
        reader.Text("kind") == "standard" ? ScalingKind::kStandard : ScalingKind::kRobust;
    detector.scaling.center = reader.Row("center", features);
    detector.scaling.scale = reader.Row("scale", features, 0.0);
  });
  if (!wrong.empty()) return wrong;
  if (detector.kind == DetectorKind::kKmeans) {
    Reader reader(json);
    detector.centroids = reader.Rows("centroids", features);
    return reader.wrong();
  }
  return Inside(json, "mixture", [&](Reader& reader) {
    detector.mixture.means = reader.Rows("means", features);
    detector.mixture.weights = reader.Row("weights", detector.mixture.means.size(), 0.0);
    detector.mixture.variances = reader.Rows("variances", features, 0.0);
    if (detector.mixture.variances.size() != detector.mixture.means.size())
      reader.Row("variances", 0);
  });
}

}  // namespace

std::string ToJson(const MachineModel& model) {
  const Detector& detector = model.detector;
  const bool kmeans = detector.kind == DetectorKind::kKmeans;
  nlohmann::ordered_json json{
      {"schema", kModelSchema},
      {"channels", model.channels},
      {"rate_hz", model.rate_hz},
      {"window_s", model.window_s},
      {"features", Windower::Names(model.channels)},
      {"trained_on", detector.trained_on},
      {"method", kmeans ? "kmeans" : "gmm"},
      {"threshold", detector.threshold},
      {"quantile", detector.quantile},
      {"alarm", {{"hits", model.alarm.hits}, {"windows", model.alarm.windows}}},
      {"scaling",
       {{"kind", detector.scaling_kind == ScalingKind::kStandard ? "standard" : "robust"},
        {"center", detector.scaling.center},
        {"scale", detector.scaling.scale}}}};
  if (kmeans) {
    json["centroids"] = detector.centroids;
  } else {
    json["mixture"] = {{"weights", detector.mixture.weights},
                       {"means", detector.mixture.means},
                       {"variances", detector.mixture.variances}};
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<MachineModel> ParseMachineModel(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    return Error{Errc::kCorrupt, "not a model; `euphone watch learn` writes one"};
  Reader reader(json);
  if (reader.Text("schema") != kModelSchema) {
    return Error{Errc::kUnsupported, "not of schema " + std::string(kModelSchema) +
                                         "; `euphone watch learn` writes one"};
  }
  MachineModel model;
  model.channels = reader.Texts("channels");
  if (model.channels.empty() || model.channels.size() > kMostChannels)
    return WrongField("channels");
  const std::vector<std::string> features = Windower::Names(model.channels);
  if (reader.Texts("features") != features) {
    return Error{Errc::kUnsupported,
                 "its features are not those of this program; learn the machine again"};
  }
  model.rate_hz = reader.Number("rate_hz", 0.0, 1e9);
  model.window_s = reader.Number("window_s", 0.0, 1e9);
  const std::string method = reader.Text("method");
  if (method != "kmeans" && method != "gmm") return WrongField("method");
  Detector& detector = model.detector;
  detector.kind = method == "gmm" ? DetectorKind::kMixture : DetectorKind::kKmeans;
  detector.threshold = reader.Number("threshold", -1e300, 1e300);
  detector.quantile = reader.Number("quantile", 0.0, 1.0);
  detector.trained_on = static_cast<std::size_t>(reader.Number("trained_on", 0.0, 1e9));
  if (!reader.wrong().empty()) return WrongField(reader.wrong());
  std::string wrong = Inside(json, "alarm", [&](Reader& alarm) {
    model.alarm.windows = static_cast<std::size_t>(alarm.Number("windows", 0.0, 1000.0));
    model.alarm.hits = static_cast<std::size_t>(
        alarm.Number("hits", 0.0, static_cast<double>(model.alarm.windows)));
  });
  if (wrong.empty()) wrong = ReadDetector(json, features.size(), detector);
  if (!wrong.empty()) return WrongField(wrong);
  return model;
}

}  // namespace euphone

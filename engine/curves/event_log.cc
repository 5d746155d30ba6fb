#include <bit>
#include <boost/crc.hpp>
#include <cstdint>
#include <cstring>
#include <exception>
#include <map>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <utility>

#include "curves/run_log.h"

namespace euphone {
namespace {

static_assert(std::endian::native == std::endian::little, "records are read as they lie");

/// CRC-32C, masked as TFRecord does.
std::uint32_t MaskedCrc(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  const std::uint32_t sum = crc.checksum();
  return ((sum >> 15) | (sum << 17)) + 0xa282ead8u;
}

template <class Number>
Number NumberAt(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

enum class Cut { kWhole, kEnd, kTruncated, kDamaged };

/// The next record, and past it.
Cut TakeRecord(std::string_view& rest, std::string_view& record) {
  constexpr std::size_t kHead = 12, kTail = 4;
  if (rest.empty()) return Cut::kEnd;
  if (rest.size() < kHead) return Cut::kTruncated;
  const auto length = NumberAt<std::uint64_t>(rest, 0);
  if (NumberAt<std::uint32_t>(rest, 8) != MaskedCrc(rest.substr(0, 8))) return Cut::kDamaged;
  if (rest.size() - kHead < kTail || length > rest.size() - kHead - kTail) return Cut::kTruncated;
  record = rest.substr(kHead, length);
  if (NumberAt<std::uint32_t>(rest, kHead + record.size()) != MaskedCrc(record))
    return Cut::kDamaged;
  rest.remove_prefix(kHead + record.size() + kTail);
  return Cut::kWhole;
}

std::string_view View(protozero::data_view view) { return {view.data(), view.size()}; }

/// A tensor of one number. Fields and types: tensorflow/core/framework/tensor.proto, types.proto.
std::optional<double> NumberIn(protozero::pbf_reader tensor) {
  constexpr int kFloat = 1, kDouble = 2;
  int type = 0;
  std::string_view content;
  std::optional<double> value;
  std::size_t values = 0;
  while (tensor.next()) {
    switch (tensor.tag_and_type()) {
      case protozero::tag_and_type(1, protozero::pbf_wire_type::varint):
        type = tensor.get_int32();
        break;
      case protozero::tag_and_type(4, protozero::pbf_wire_type::length_delimited):
        content = View(tensor.get_view());
        break;
      case protozero::tag_and_type(5, protozero::pbf_wire_type::length_delimited):
        for (const float each : tensor.get_packed_float()) value = each, ++values;
        break;
      case protozero::tag_and_type(5, protozero::pbf_wire_type::fixed32):
        value = tensor.get_float(), ++values;
        break;
      case protozero::tag_and_type(6, protozero::pbf_wire_type::length_delimited):
        for (const double each : tensor.get_packed_double()) value = each, ++values;
        break;
      case protozero::tag_and_type(6, protozero::pbf_wire_type::fixed64):
        value = tensor.get_double(), ++values;
        break;
      default:
        tensor.skip();
    }
  }
  if (type == kFloat && content.size() == sizeof(float)) return NumberAt<float>(content, 0);
  if (type == kDouble && content.size() == sizeof(double)) return NumberAt<double>(content, 0);
  if (values != 1 || (type != kFloat && type != kDouble)) return std::nullopt;
  return value;
}

struct Scalar {
  std::string tag;
  std::optional<double> value;
};

Scalar ScalarIn(protozero::pbf_reader value) {
  Scalar scalar;
  while (value.next()) {
    switch (value.tag_and_type()) {
      case protozero::tag_and_type(1, protozero::pbf_wire_type::length_delimited):
        scalar.tag = ShownName(View(value.get_view()));
        break;
      case protozero::tag_and_type(2, protozero::pbf_wire_type::fixed32):
        scalar.value = value.get_float();
        break;
      case protozero::tag_and_type(8, protozero::pbf_wire_type::length_delimited):
        if (const auto number = NumberIn(value.get_message())) scalar.value = number;
        break;
      default:
        value.skip();
    }
  }
  return scalar;
}

/// tensorflow/core/util/event.proto.
struct Event {
  std::int64_t step = 0;
  bool starts = false;  ///< A session: what comes from its step on is done again.
  std::vector<Scalar> scalars;
};

Event EventIn(std::string_view record) {
  Event event;
  protozero::pbf_reader reader(record.data(), record.size());
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case protozero::tag_and_type(2, protozero::pbf_wire_type::varint):
        event.step = reader.get_int64();
        break;
      case protozero::tag_and_type(5, protozero::pbf_wire_type::length_delimited): {
        protozero::pbf_reader summary = reader.get_message();
        while (summary.next(1, protozero::pbf_wire_type::length_delimited))
          event.scalars.push_back(ScalarIn(summary.get_message()));
        break;
      }
      case protozero::tag_and_type(7, protozero::pbf_wire_type::length_delimited): {
        protozero::pbf_reader session = reader.get_message();
        while (session.next(1, protozero::pbf_wire_type::varint))
          event.starts = session.get_enum() == 1;
        break;
      }
      default:
        reader.skip();
    }
  }
  return event;
}

void Forget(RunLog& run, double from) {
  for (Series& metric : run.metrics)
    std::erase_if(metric.points, [from](const CurvePoint& point) { return point.x >= from; });
}

/// A run's metrics by their tags.
class Metrics {
 public:
  explicit Metrics(RunLog& run) : run_(run) {
    for (std::size_t i = 0; i < run.metrics.size(); ++i) places_[run.metrics[i].name] = i;
  }

  Series& Of(const std::string& tag) {
    const auto [place, added] = places_.try_emplace(tag, run_.metrics.size());
    if (added) run_.metrics.push_back({.name = tag});
    return run_.metrics[place->second];
  }

 private:
  RunLog& run_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

Status ReadEvents(std::string_view bytes, const std::string& file, RunLog& run,
                  std::vector<std::string>& warnings) {
  run.axis = "step";
  std::size_t records = 0, values = 0;
  for (const Series& metric : run.metrics) values += metric.points.size();
  Metrics metrics(run);
  std::string_view rest = bytes, record;
  Cut cut = TakeRecord(rest, record);
  for (; cut == Cut::kWhole; cut = TakeRecord(rest, record), ++records) {
    try {
      Event event = EventIn(record);
      if (event.starts) Forget(run, static_cast<double>(event.step));
      for (Scalar& scalar : event.scalars) {
        if (!scalar.value || scalar.tag.empty()) continue;
        if (++values > kMostRunValues) return Error{Errc::kTooLarge, file + ": too many values"};
        metrics.Of(scalar.tag)
            .points.push_back({.x = static_cast<double>(event.step), .y = *scalar.value});
      }
    } catch (const std::exception&) {  // protozero's, of bytes that are no message.
      cut = Cut::kDamaged;
      break;
    }
  }
  if (records == 0 && cut != Cut::kEnd)
    return Error{Errc::kCorrupt,
                 file + ": this is no file of TensorBoard events, or a damaged one"};
  const std::string where = " after record " + std::to_string(records) + ", byte " +
                            std::to_string(bytes.size() - rest.size());
  if (cut == Cut::kDamaged)
    warnings.push_back(file + ": damaged" + where + "; what comes before is shown");
  if (cut == Cut::kTruncated)
    warnings.push_back(file + ": ends within a record" + where + "; it may still be written to");
  return {};
}

}  // namespace euphone

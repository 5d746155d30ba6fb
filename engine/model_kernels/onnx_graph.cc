#include "model_kernels/onnx_graph.h"

#include <bit>
#include <cassert>
#include <cstring>
#include <exception>
#include <protozero/pbf_reader.hpp>
#include <utility>

namespace euphone {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are read as they lie");

using protozero::pbf_wire_type;
constexpr auto Tag(std::uint32_t field, pbf_wire_type type) {
  return protozero::tag_and_type(field, type);
}
constexpr auto kBytes = pbf_wire_type::length_delimited;
constexpr auto kNumber = pbf_wire_type::varint;

std::string_view View(protozero::data_view view) { return {view.data(), view.size()}; }

std::size_t SizeOf(int type) {
  switch (type) {
    case OnnxTensor::kFloat:
      return sizeof(float);
    case OnnxTensor::kInt64:
      return sizeof(std::int64_t);
    case OnnxTensor::kUint8:
    case OnnxTensor::kInt8:
    case OnnxTensor::kBool:
      return 1;
    default:
      return 0;
  }
}

template <class Number>
void AppendBytes(Number number, std::vector<std::byte>& bytes) {
  const auto* from = static_cast<const std::byte*>(static_cast<const void*>(&number));
  bytes.insert(bytes.end(), from, from + sizeof number);
}

struct NamedTensor {
  std::string_view name;
  OnnxTensor tensor;
  std::vector<std::byte> unpacked;  ///< Numbers of the fields that have a type.
  bool is_elsewhere = false;
};

/// TensorProto.
NamedTensor ReadTensor(protozero::pbf_reader reader) {
  NamedTensor read;
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case Tag(1, kBytes):
        for (const std::int64_t extent : reader.get_packed_int64())
          read.tensor.shape.push_back(extent);
        break;
      case Tag(1, kNumber):
        read.tensor.shape.push_back(reader.get_int64());
        break;
      case Tag(2, kNumber):
        read.tensor.type = reader.get_int32();
        break;
      case Tag(4, kBytes):
        for (const float number : reader.get_packed_float()) AppendBytes(number, read.unpacked);
        break;
      case Tag(5, kBytes):
        for (const std::int32_t number : reader.get_packed_int32())
          read.unpacked.push_back(static_cast<std::byte>(number));
        break;
      case Tag(7, kBytes):
        for (const std::int64_t number : reader.get_packed_int64())
          AppendBytes(number, read.unpacked);
        break;
      case Tag(8, kBytes):
        read.name = View(reader.get_view());
        break;
      case Tag(9, kBytes): {
        const std::string_view raw = View(reader.get_view());
        read.tensor.bytes = std::as_bytes(std::span(raw.data(), raw.size()));
        break;
      }
      case Tag(13, kBytes):
        read.is_elsewhere = true;
        reader.skip();
        break;
      default:
        reader.skip();
    }
  }
  return read;
}

/// ValueInfoProto.
std::string_view ReadName(protozero::pbf_reader reader) {
  std::string_view name;
  while (reader.next(1, kBytes)) name = View(reader.get_view());
  return name;
}

/// NodeProto; its attributes follow each other as they lie in the file.
OnnxNode ReadNode(protozero::pbf_reader reader, std::string& attributes) {
  OnnxNode node;
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case Tag(1, kBytes):
        node.inputs.push_back(View(reader.get_view()));
        break;
      case Tag(2, kBytes):
        node.outputs.push_back(View(reader.get_view()));
        break;
      case Tag(4, kBytes):
        node.kind = View(reader.get_view());
        break;
      case Tag(5, kBytes):
        attributes += View(reader.get_view());
        break;
      default:
        reader.skip();
    }
  }
  return node;
}

/// FNV-1a.
class Hash {
 public:
  void Add(std::string_view bytes) {
    for (const char byte : bytes) {
      value_ ^= static_cast<unsigned char>(byte);
      value_ *= 0x100000001b3U;
    }
    value_ ^= 0xffU;
    value_ *= 0x100000001b3U;
  }
  void Add(std::size_t number) { Add(std::to_string(number)); }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

std::string_view Chars(std::span<const std::byte> bytes) {
  return {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()};
}

template <class Number>
std::vector<Number> Numbers(std::span<const std::byte> bytes) {
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

}  // namespace

std::size_t OnnxTensor::size() const {
  const std::size_t each = SizeOf(type);
  return each == 0 ? 0 : bytes.size() / each;
}

std::vector<float> OnnxTensor::Floats() const {
  assert(type == kFloat);
  return Numbers<float>(bytes);
}

std::vector<std::int64_t> OnnxTensor::Integers() const {
  assert(type == kInt64);
  return Numbers<std::int64_t>(bytes);
}

const std::uint8_t* OnnxTensor::Bytes() const {
  assert(type == kUint8 || type == kInt8);
  return static_cast<const std::uint8_t*>(static_cast<const void*>(bytes.data()));
}

const OnnxTensor* OnnxGraph::constant(std::string_view name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? nullptr : &found->second;
}

Result<OnnxGraph> OnnxGraph::Read(std::span<const std::byte> bytes) try {
  OnnxGraph read;
  const std::string_view file = Chars(bytes);
  protozero::pbf_reader model(file.data(), file.size());
  while (model.next(7, kBytes)) {
    protozero::pbf_reader graph = model.get_message();
    while (graph.next()) {
      switch (graph.tag_and_type()) {
        case Tag(1, kBytes):
          read.attributes_.emplace_back();
          read.nodes_.push_back(ReadNode(graph.get_message(), read.attributes_.back()));
          break;
        case Tag(5, kBytes): {
          NamedTensor named = ReadTensor(graph.get_message());
          if (named.is_elsewhere) {
            return Error{Errc::kUnsupported, "its weights lie in another file"};
          }
          if (named.tensor.bytes.empty() && !named.unpacked.empty()) {
            read.unpacked_.push_back(std::move(named.unpacked));
            named.tensor.bytes = read.unpacked_.back();
          }
          std::size_t count = SizeOf(named.tensor.type);
          for (const std::int64_t extent : named.tensor.shape) {
            if (extent < 0 || extent > std::int64_t{1} << 28) count = 0;
            count *= static_cast<std::size_t>(extent);
          }
          if (count == 0 || count != named.tensor.bytes.size()) {
            return Error{Errc::kCorrupt, "a constant has not as many numbers as it says"};
          }
          read.constants_.insert_or_assign(named.name, std::move(named.tensor));
          break;
        }
        case Tag(11, kBytes):
          read.inputs_.push_back(ReadName(graph.get_message()));
          break;
        case Tag(12, kBytes):
          read.outputs_.push_back(ReadName(graph.get_message()));
          break;
        default:
          graph.skip();
      }
    }
  }
  if (read.nodes_.empty()) return Error{Errc::kCorrupt, "holds no network"};
  return read;
} catch (const std::exception&) {
  return Error{Errc::kCorrupt, "is not a whole ONNX file"};
}

std::uint64_t OnnxGraph::Structure() const {
  Hash hash;
  std::map<std::string_view, std::size_t> places;
  const auto place = [&](std::string_view name) { places.emplace(name, places.size()); };
  for (const std::string_view name : inputs_) {
    hash.Add(name);
    place(name);
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    hash.Add(nodes_[i].kind);
    hash.Add(attributes_[i]);
    for (const std::string_view input : nodes_[i].inputs) {
      const OnnxTensor* const tensor = constant(input);
      if (tensor == nullptr) {
        const auto found = places.find(input);
        hash.Add(found == places.end() ? places.size() : found->second);
        continue;
      }
      hash.Add(static_cast<std::size_t>(tensor->type));
      hash.Add(tensor->shape.size());
      if (tensor->type == OnnxTensor::kInt64 || tensor->shape.empty())
        hash.Add(Chars(tensor->bytes));
    }
    for (const std::string_view output : nodes_[i].outputs) place(output);
  }
  for (const std::string_view name : outputs_) {
    hash.Add(name);
    hash.Add(places.contains(name) ? places.at(name) : places.size());
  }
  return hash.value();
}

const OnnxNode& OnnxWalk::To(std::string_view kind) {
  while (graph_.nodes()[next_].kind != kind) ++next_;
  return graph_.nodes()[next_++];
}

const OnnxTensor& OnnxWalk::ToConstant(std::string_view kind, std::size_t input) {
  while (graph_.constant(To(kind).inputs[input]) == nullptr) continue;
  return Constant(input);
}

const OnnxTensor& OnnxWalk::Constant(std::size_t input) const {
  return *graph_.constant(graph_.nodes()[next_ - 1].inputs[input]);
}

}  // namespace euphone

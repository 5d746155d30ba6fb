#include "audio/sample_stream.h"

#include <utility>

#include "audio/byte_source.h"
#include "audio/decoder.h"

namespace euphone {

SampleStream::SampleStream(std::unique_ptr<Decoder> decoder, std::string name)
    : decoder_(std::move(decoder)), name_(std::move(name)) {}
SampleStream::SampleStream(SampleStream&&) noexcept = default;
SampleStream& SampleStream::operator=(SampleStream&&) noexcept = default;
SampleStream::~SampleStream() = default;

Result<SampleStream> SampleStream::Open(const std::filesystem::path& file,
                                        const std::optional<RawFormat>& raw, int stop) {
  auto source = OpenFile(file, stop);
  if (!source) return Prefixed(file.string(), source.error());
  auto decoder = Decoder::Open(std::move(*source), raw);
  if (!decoder) return Prefixed(file.string(), decoder.error());
  return SampleStream(std::move(*decoder), file.string());
}

Result<SampleStream> SampleStream::Open(int descriptor, std::string_view name,
                                        const std::optional<RawFormat>& raw, int stop) {
  auto source = OpenDescriptor(descriptor, stop);
  if (!source) return Prefixed(std::string(name), source.error());
  auto decoder = Decoder::Open(std::move(*source), raw);
  if (!decoder) return Prefixed(std::string(name), decoder.error());
  return SampleStream(std::move(*decoder), std::string(name));
}

const SourceFormat& SampleStream::format() const { return decoder_->format(); }

Result<std::size_t> SampleStream::Read(std::span<float> interleaved) {
  auto got = decoder_->Read(interleaved);
  if (!got) return Prefixed(name_, got.error());
  return got;
}

}  // namespace euphone

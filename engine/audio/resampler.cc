#include "audio/resampler.h"

#include <soxr.h>

#include <algorithm>
#include <string>
#include <utility>

#include "audio/raw_format.h"

namespace euphone {
namespace {

struct DeleteResampler {
  void operator()(soxr* handle) const { soxr_delete(handle); }
};

// What one call of libsoxr may write; pushing more only means more calls.
constexpr std::size_t kBlock = 8192;

Error Failed(soxr_error_t why) {
  return {Errc::kInternal, std::string("changing the sample rate: ") + soxr_strerror(why)};
}

}  // namespace

struct Resampler::Converter {
  std::unique_ptr<soxr, DeleteResampler> handle;

  /// Appends to `out` all that `chunk` makes ready; without a chunk all that is left.
  Status Run(const float* chunk, std::size_t size, std::vector<float>& out) {
    for (std::size_t used = 0;;) {
      const std::size_t old_size = out.size();
      out.resize(old_size + kBlock);
      std::size_t took = 0;
      std::size_t gave = 0;
      const soxr_error_t error =
          soxr_process(handle.get(), chunk == nullptr ? nullptr : chunk + used, size - used, &took,
                       out.data() + old_size, kBlock, &gave);
      out.resize(old_size + gave);
      if (error != nullptr) return Failed(error);
      used += took;
      if (gave < kBlock && used == size) return {};
    }
  }
};

Result<Resampler> Resampler::Create(SampleRate in, SampleRate out) {
  for (const SampleRate rate : {in, out}) {
    if (auto status = CheckLimits(rate, 1); !status)
      return Error{Errc::kInvalidArgument, status.error().message};
  }
  if (in == out) return Resampler(in, out, nullptr);
  const soxr_io_spec_t samples = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t one_thread = soxr_runtime_spec(1);
  soxr_error_t error = nullptr;
  auto converter = std::make_unique<Converter>();
  converter->handle.reset(soxr_create(in.hz, out.hz, 1, &error, &samples, &quality, &one_thread));
  if (error != nullptr) return Failed(error);
  return Resampler(in, out, std::move(converter));
}

Resampler::Resampler(SampleRate in, SampleRate out, std::unique_ptr<Converter> converter)
    : in_(in), out_(out), converter_(std::move(converter)) {}
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

Status Resampler::Push(PcmView chunk, std::vector<float>& out) {
  if (finished_) return Error{Errc::kInvalidArgument, "Resampler: pushed after the end"};
  taken_ += std::ssize(chunk);
  if (converter_ == nullptr) {
    out.insert(out.end(), chunk.begin(), chunk.end());
    return {};
  }
  if (chunk.empty()) return {};
  const std::size_t old_size = out.size();
  auto status = converter_->Run(chunk.data(), chunk.size(), out);
  given_ += static_cast<std::int64_t>(out.size() - old_size);
  return status;
}

Status Resampler::Finish(std::vector<float>& out) {
  if (finished_) return Error{Errc::kInvalidArgument, "Resampler: finished twice"};
  finished_ = true;
  if (converter_ == nullptr || taken_ == 0) return {};
  const std::size_t old_size = out.size();
  auto status = converter_->Run(nullptr, 0, out);
  // libsoxr rounds the length its own way, by a sample either side.
  out.resize(
      old_size + static_cast<std::size_t>(std::max<std::int64_t>(0, OutputLength() - given_)),
      0.0f);
  return status;
}

std::int64_t Resampler::OutputLength() const { return (taken_ * out_.hz + in_.hz / 2) / in_.hz; }

Result<std::vector<float>> Resampled(PcmView samples, SampleRate from, SampleRate to) {
  auto resampler = Resampler::Create(from, to);
  if (!resampler) return resampler.error();
  std::vector<float> out;
  if (auto status = resampler->Push(samples, out); !status) return status.error();
  if (auto status = resampler->Finish(out); !status) return status.error();
  return out;
}

}  // namespace euphone

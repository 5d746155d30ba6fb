#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// What networks are made of, computed by this processor's best instructions: products of small
/// whole numbers, and the functions between them. Pure functions on memory of the caller: nothing
/// here allocates, throws or knows a file.
///
/// Every set of instructions gives the same bits, of whole numbers because their sums are exact,
/// of floats because sums are taken in one order (16 of them side by side) and no product is fused
/// with a sum.
namespace euphone::kernels {

/// Outputs of a product that lie side by side in memory; tables are padded to a multiple of it.
inline constexpr std::size_t kPanel = 16;
constexpr std::size_t Padded(std::size_t count) { return (count + kPanel - 1) / kPanel * kPanel; }

/// Inputs of a byte product that are multiplied at once.
inline constexpr std::size_t kGroup = 4;

/// Weights of 8 bits for rows of 8 bits, made by PackBytes. Arrays for the outputs are padded.
struct ByteWeights {
  const std::int8_t* weights = nullptr;  ///< [outputs / 16, inputs / 4, 16, 4].
  std::size_t inputs = 0;                ///< A multiple of kGroup, at most 65,536.
  std::size_t outputs = 0;
  const std::int32_t* zeros = nullptr;  ///< What stands for 0.
  const std::int32_t* sums = nullptr;   ///< Σ (weight − zero) of each output.
  const float* scales = nullptr;
  const float* bias = nullptr;  ///< Null: none.
};

/// Rows of 8 bits: number = (byte − zero) · scale. Rows may overlap.
struct ByteRows {
  const std::uint8_t* bytes = nullptr;
  std::size_t stride = 0;  ///< Bytes from one row to the next.
  std::size_t count = 0;
  float scale = 1.0F;
  std::int32_t zero = 0;
};

/// Weights of 8 bits for rows of 14: more exact, for products that bear no less.
struct WordWeights {
  /// So that 32 bits hold any sum.
  static constexpr std::size_t kMostInputs = 2048;

  const std::int8_t* weights = nullptr;  ///< [outputs, inputs], above −128.
  std::size_t inputs = 0;                ///< At most kMostInputs.
  std::size_t outputs = 0;
  const float* scales = nullptr;  ///< [outputs].
  const float* bias = nullptr;    ///< [outputs]; null: none.
};

/// [rows, width], each row with a scale of its own, as QuantiseWords makes them.
struct WordRows {
  const std::int16_t* words = nullptr;
  const float* scales = nullptr;
  std::size_t count = 0;
};

/// A table of floats to multiply by.
struct FloatWeights {
  const float* weights = nullptr;  ///< [inputs, columns].
  std::size_t inputs = 0;
  std::size_t columns = 0;  ///< A multiple of kPanel.
  std::size_t stride = 0;   ///< Floats from one input to the next.
};

/// Rows of floats; they may overlap.
struct FloatRows {
  const float* numbers = nullptr;
  std::size_t stride = 0;  ///< Floats from one row to the next.
  std::size_t count = 0;
};

/// The functions for one set of instructions.
struct Kernels {
  const char* name;

  /// result[row, output] = bias + scales · Σ (byte − zero) · (weight − zero); `result` has rows of
  /// `stride` floats. Reads nothing beyond `inputs` bytes of a row.
  void (*multiply_bytes)(const ByteWeights& w, const ByteRows& rows, float* result,
                         std::size_t stride);
  void (*multiply_words)(const WordWeights& w, const WordRows& rows, float* result,
                         std::size_t stride);
  /// All columns, without a bias.
  void (*multiply_floats)(const FloatWeights& w, const FloatRows& rows, float* result,
                          std::size_t stride);

  /// Bytes as ONNX's DynamicQuantizeLinear gives them; `scale` and `zero` of FindByteScale.
  void (*quantise_bytes)(const float* numbers, std::size_t count, float scale, std::int32_t zero,
                         std::uint8_t* bytes);
  /// One row; gives its scale.
  float (*quantise_words)(const float* numbers, std::size_t count, std::int16_t* words);
  /// The least and the largest of the numbers and 0.
  void (*range)(const float* numbers, std::size_t count, float* least, float* most);

  /// x · Φ(x), the Gaussian error linear unit (Hendrycks and Gimpel 2016), in place; off by less
  /// than 5e-7.
  void (*gelu)(float* numbers, std::size_t count);
  /// In place; off by less than 3e-7.
  void (*tanh)(float* numbers, std::size_t count);
  /// One row, in place; exponentials are off by less than 3e-7 of themselves.
  void (*softmax)(float* row, std::size_t count);
  void (*log_softmax)(float* row, std::size_t count);
  /// result = (row − mean) / √(variance + epsilon) · factors + shifts, where these are not null.
  void (*normalise)(const float* row, std::size_t count, const float* factors, const float* shifts,
                    float epsilon, float* result);
  /// sums[0] += Σ row, sums[1] += Σ row².
  void (*moments)(const float* row, std::size_t count, float* sums);
  /// numbers += others.
  void (*add)(const float* others, std::size_t count, float* numbers);
  /// result = (row − mean) / deviation · gains + offsets; may be in place.
  void (*scale_and_shift)(const float* row, std::size_t count, float mean, float deviation,
                          const float* gains, const float* offsets, float* result);
};

/// Those that this machine can run, the slowest first: "scalar", then what there is of "avx2",
/// "avx512-vnni", "neon" and "neon-dot".
std::span<const Kernels* const> RunnableKernels();

/// The last of these; the same each time.
const Kernels& BestKernels();

/// Scale and zero of bytes for numbers from `least` (≤ 0) to `most` (≥ 0), as ONNX Runtime has
/// them.
struct ByteScale {
  float scale;
  std::int32_t zero;
};
ByteScale FindByteScale(float least, float most);

/// `weights`: [inputs, outputs] as ONNX has them, offset by 128 if `is_unsigned`; `zeros`:
/// [outputs], offset likewise, or null. Fills what ByteWeights points to: `packed` with
/// PackedBytes() of them, `sums` and `packed_zeros` with Padded(outputs).
void PackBytes(const std::uint8_t* weights, const std::uint8_t* zeros, bool is_unsigned,
               std::size_t inputs, std::size_t outputs, std::int8_t* packed, std::int32_t* sums,
               std::int32_t* packed_zeros);
constexpr std::size_t PackedBytes(std::size_t inputs, std::size_t outputs) {
  return (inputs + kGroup - 1) / kGroup * kGroup * Padded(outputs);
}

}  // namespace euphone::kernels

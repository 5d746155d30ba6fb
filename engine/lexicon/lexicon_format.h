#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "lexicon/phone_set.h"

/// What the writer and the reader of a compiled lexicon share: docs/formats/lexicon.md.
namespace euphone::lexicon_format {

inline constexpr std::string_view kMagic = "EULX";
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kBlockWords = 16;    ///< Words in a block; the last may have fewer.
inline constexpr std::size_t kMaxLength = 255;    ///< Bytes of a word, phones of a variant, …
inline constexpr std::size_t kMaxPhones = 64;     ///< A phone id must fit six bits.
inline constexpr std::size_t kVersionAt = 4;      ///< u32
inline constexpr std::size_t kChecksumAt = 8;     ///< u64, over everything from kPhonesAt on
inline constexpr std::size_t kPhonesAt = 16;      ///< u64, PhonesDigest
inline constexpr std::size_t kWordCountAt = 24;   ///< u32
inline constexpr std::size_t kEntryCountAt = 28;  ///< u32, pronunciations
inline constexpr std::size_t kBlocksAt = 32;      ///< u32 each: where a block starts

/// REQUIRES: sizeof(T) bytes at `from`.
template <class T>
T LoadLittle(const std::byte* from) {
  std::array<std::byte, sizeof(T)> bytes;
  std::copy_n(from, bytes.size(), bytes.begin());
  if constexpr (std::endian::native == std::endian::big) std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<T>(bytes);
}

/// REQUIRES: sizeof(T) bytes at `to`.
template <class T>
void StoreLittle(T value, char* to) {
  auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
  if constexpr (std::endian::native == std::endian::big) std::reverse(bytes.begin(), bytes.end());
  std::copy(bytes.begin(), bytes.end(), to);
}

/// Tells damaged bytes from whole ones; no protection against forgery.
inline std::uint64_t Checksum(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kSeed = 0x9E3779B97F4A7C15;
  constexpr std::uint64_t kFactor = 0xFF51AFD7ED558CCD;
  std::uint64_t sum = kSeed ^ bytes.size();
  const auto add = [&sum](const std::byte* eight) {
    sum = (sum ^ LoadLittle<std::uint64_t>(eight)) * kFactor;
    sum ^= sum >> 32;
  };
  for (; bytes.size() >= 8; bytes = bytes.subspan(8)) add(bytes.data());
  std::array<std::byte, 8> rest{};
  std::copy(bytes.begin(), bytes.end(), rest.begin());
  add(rest.data());
  return sum;
}

/// Ties a file to the phones its ids mean.
inline std::uint64_t PhonesDigest(const PhoneSet& phones) {
  std::string names;
  for (std::size_t id = 0; id < phones.size(); ++id)
    names += phones.info(static_cast<PhoneId>(id)).arpabet + ' ';
  return Checksum(std::as_bytes(std::span(names)));
}

constexpr std::uint8_t PackPhone(Phone phone) {
  return static_cast<std::uint8_t>(phone.id | (static_cast<int>(phone.stress) + 1) << 6);
}

constexpr Phone UnpackPhone(std::uint8_t code) {
  return {static_cast<PhoneId>(code & 0x3F), static_cast<Stress>((code >> 6) - 1)};
}
static_assert(UnpackPhone(PackPhone({38, Stress::kSecondary})) == Phone{38, Stress::kSecondary});

}  // namespace euphone::lexicon_format

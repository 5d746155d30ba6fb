#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "base/result.h"
#include "euphone.h"

namespace euphone::c {

/// A copy that euphone_string_free() frees; null where memory is lacking.
inline char* Copy(std::string_view text) noexcept {
  char* const copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

inline euphone_status Fail(euphone_status status, std::string_view message, char** error) noexcept {
  if (error != nullptr) *error = Copy(message);
  return status;
}

/// The numbers of `euphone`'s exit codes.
inline euphone_status Fail(const Error& failure, char** error) noexcept {
  return Fail(failure.code == Errc::kInternal ? EUPHONE_BROKEN : EUPHONE_BAD_INPUT, failure.message,
              error);
}

inline euphone_status Missing(std::string_view what, char** error) noexcept {
  return Fail(EUPHONE_USAGE, what, error);
}

/// Runs what a function of the C API does: nothing that is thrown gets past it.
template <class Body>
euphone_status Guarded(char** error, const Body& body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return Fail(EUPHONE_BROKEN, "not enough memory; close other programs or use a smaller model",
                error);
  } catch (const std::exception& thrown) {
    return Fail(EUPHONE_BROKEN, thrown.what(), error);
  } catch (...) {
    return Fail(EUPHONE_BROKEN, "failed for a reason that is not known", error);
  }
}

/// Options as this library knows them, out of a caller's: what he does not know has its default.
/// False where he sets fields that this library lacks, or says no size.
template <class Options>
bool ReadOptions(const Options* given, Options& options) noexcept {
  options = Options{};
  if (given == nullptr) return true;
  if (given->size < sizeof(std::size_t)) return false;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(given);
  const auto unknown = [](unsigned char byte) { return byte != 0; };
  if (given->size > sizeof(Options) &&
      std::any_of(bytes + sizeof(Options), bytes + given->size, unknown))
    return false;
  std::memcpy(&options, given, std::min(given->size, sizeof(Options)));
  options.size = sizeof(Options);
  return true;
}

/// Fills a caller's struct as far as he knows it.
template <class Out>
euphone_status Fill(Out filled, Out* out) noexcept {
  if (out == nullptr || out->size < sizeof(std::size_t)) return EUPHONE_USAGE;
  filled.size = out->size;
  std::memcpy(out, &filled, std::min(out->size, sizeof(Out)));
  return EUPHONE_OK;
}

inline constexpr std::string_view kBadOptions =
    "the options say no size, or set what this version of the library lacks; set .size = sizeof "
    "options, and the rest to zero";

}  // namespace euphone::c

#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace euphone {

/// Why an operation failed. A caller may branch on it; people read `Error::message`.
enum class Errc {
  kInvalidArgument,  ///< The caller's request makes no sense (an empty text, a rate of 0 Hz).
  kNotFound,         ///< A file, word or model is not there.
  kUnsupported,      ///< Well formed, but not something this program handles.
  kCorrupt,          ///< Damaged or forged data: a bad header, a wrong digest.
  kTooLarge,         ///< Over a stated limit (length of audio, size of text).
  kIo,               ///< The operating system refused: permissions, full disk, closed pipe.
  kInternal,         ///< A library we call failed in a way that is not the user's doing.
};

/// What went wrong, on which input, and what to do about it: one line, no trailing full stop
/// needed.
struct Error {
  Errc code;
  std::string message;
};

/// Puts what was being done before what went wrong: "model.onnx: digest differs".
inline Error Prefixed(const std::string& context, Error error) {
  error.message = context + ": " + error.message;
  return error;
}

/// A value or the reason why there is none. Same names as C++23's std::expected, so that it can be
/// swapped later. REQUIRES: value() only if has_value(); error() only if not. Both are asserted.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return Get(*this); }
  const T& value() const& { return Get(*this); }
  T&& value() && { return std::move(Get(*this)); }
  T& operator*() & { return Get(*this); }
  const T& operator*() const& { return Get(*this); }
  T&& operator*() && { return std::move(Get(*this)); }
  T* operator->() { return &Get(*this); }
  const T* operator->() const { return &Get(*this); }

  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  template <class Self>
  static auto& Get(Self& self) {
    assert(self.has_value());
    return *std::get_if<0>(&self.state_);
  }

  std::variant<T, Error> state_;
};

/// Success, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    assert(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace euphone

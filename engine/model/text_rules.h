#pragma once

#include <string_view>

#include "model/json_object.h"

namespace euphone {

/// The forms of a manifest's texts; the schema of the contract has the same as patterns.
bool IsLine(std::string_view text);
bool IsUnit(std::string_view text);
bool IsName(std::string_view text);
bool IsVersion(std::string_view text);
bool IsLanguage(std::string_view text);
bool IsPath(std::string_view text);
bool IsSha256(std::string_view text);
bool IsTensor(std::string_view text);
bool IsClass(std::string_view text);
bool IsLetter(std::string_view text);
bool IsSpdx(std::string_view text);
bool IsDate(std::string_view text);
bool IsTerm(std::string_view text);

inline constexpr TextRule kLine = {IsLine, "one line of text, at most 300 characters"};
inline constexpr TextRule kUnit = {IsUnit, "a unit such as \"%\""};
inline constexpr TextRule kName = {IsName, "a name such as en-us-standard"};
inline constexpr TextRule kVersion = {IsVersion, "a version such as 1.0.0"};
inline constexpr TextRule kLanguage = {IsLanguage, "a language such as en-US"};
inline constexpr TextRule kPath = {
    IsPath, "a relative path of letters, digits, '.', '_' and '-' inside the bundle"};
inline constexpr TextRule kSha256 = {IsSha256, "64 lower-case hexadecimal digits"};
inline constexpr TextRule kTensor = {IsTensor, "the name of a tensor"};
inline constexpr TextRule kClass = {IsClass, "\"<blank>\" or an ARPAbet phone"};
inline constexpr TextRule kLetter = {IsLetter, "a letter"};
inline constexpr TextRule kSpdx = {IsSpdx, "an SPDX licence identifier"};
inline constexpr TextRule kDate = {IsDate, "a date such as 2026-05-31"};
inline constexpr TextRule kTerm = {IsTerm, "a term such as log_duration"};

}  // namespace euphone

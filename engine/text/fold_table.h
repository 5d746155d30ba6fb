#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace euphone {

/// What a character is read as where Unicode's decomposition has no ASCII answer, or a wrong one.
/// Marks of folded_text.h are written as octal escapes.
struct Fold {
  char32_t code;
  std::string_view ascii;
};

inline constexpr std::string_view kDropped = "";

inline constexpr auto kFolds = std::to_array<Fold>({
    {U'\u00A1', " "},      {U'\u00A2', "\7"},   {U'\u00A3', "\4"},   {U'\u00A5', "\6"},
    {U'\u00A6', "\25"},    {U'\u00A7', "\21"},  {U'\u00A9', "\25"},  {U'\u00AB', "\""},
    {U'\u00AE', "\25"},    {U'\u00B0', "\3"},   {U'\u00B1', "\20"},  {U'\u00B4', "'"},
    {U'\u00B5', "u"},      {U'\u00B6', "\25"},  {U'\u00B7', " "},    {U'\u00BA', "\3"},
    {U'\u00BB', "\""},     {U'\u00BF', " "},    {U'\u00C6', "Ae"},   {U'\u00D0', "D"},
    {U'\u00D7', "\16"},    {U'\u00D8', "O"},    {U'\u00DE', "Th"},   {U'\u00DF', "ss"},
    {U'\u00E6', "ae"},     {U'\u00F0', "d"},    {U'\u00F7', "\17"},  {U'\u00F8', "o"},
    {U'\u00FE', "th"},     {U'\u0110', "D"},    {U'\u0111', "d"},    {U'\u0126', "H"},
    {U'\u0127', "h"},      {U'\u0131', "i"},    {U'\u0141', "L"},    {U'\u0142', "l"},
    {U'\u014A', "N"},      {U'\u014B', "n"},    {U'\u0152', "Oe"},   {U'\u0153', "oe"},
    {U'\u0166', "T"},      {U'\u0167', "t"},    {U'\u0192', "f"},    {U'\u02B9', "'"},
    {U'\u02BB', "'"},      {U'\u02BC', "'"},    {U'\u02BD', "'"},    {U'\u02C8', kDropped},
    {U'\u02CC', kDropped}, {U'\u0E3F', "\34"},  {U'\u1E9E', "SS"},   {U'\u2010', "-"},
    {U'\u2012', "-"},      {U'\u2013', "\1"},   {U'\u2014', "\2"},   {U'\u2015', "\2"},
    {U'\u2018', "'"},      {U'\u2019', "'"},    {U'\u201A', "'"},    {U'\u201B', "'"},
    {U'\u201C', "\""},     {U'\u201D', "\""},   {U'\u201E', "\""},   {U'\u201F', "\""},
    {U'\u2020', "\25"},    {U'\u2021', "\25"},  {U'\u2022', "\n\n"}, {U'\u2023', "\n\n"},
    {U'\u2026', "..."},    {U'\u2028', "\n"},   {U'\u2029', "\n\n"}, {U'\u2032', "'"},
    {U'\u2033', "\""},     {U'\u2039', "\""},   {U'\u203A', "\""},   {U'\u203C', "!!"},
    {U'\u203D', "?!"},     {U'\u2043', "\n\n"}, {U'\u2044', "/"},    {U'\u207B', "^-"},
    {U'\u20A9', "\27"},    {U'\u20AA', "\32"},  {U'\u20AB', "\35"},  {U'\u20AC', "\5"},
    {U'\u20B1', "\33"},    {U'\u20B9', "\10"},  {U'\u20BA', "\31"},  {U'\u20BD', "\30"},
    {U'\u20BF', "\36"},    {U'\u2103', "\3C"},  {U'\u2109', "\3F"},  {U'\u2116', "\22"},
    {U'\u2120', "\25"},    {U'\u2122', "\25"},  {U'\u2126', "ohm"},  {U'\u2212', "-"},
    {U'\u2215', "/"},      {U'\u2219', " "},    {U'\u221A', "\26"},  {U'\u221E', " infinity "},
    {U'\u2248', "~"},      {U'\u2260', "!="},   {U'\u2264', "<="},   {U'\u2265', ">="},
    {U'\u226E', "\25"},    {U'\u226F', "\25"},  {U'\u22C5', "\16"},  {U'\u25AA', "\n\n"},
    {U'\u25AB', "\n\n"},   {U'\u25CB', "\n\n"}, {U'\u25CF', "\n\n"}, {U'\u25E6', "\n\n"},
    {U'\u266D', " flat "}, {U'\u266F', "#"},    {U'\u2A7D', "<="},   {U'\u2A7E', ">="},
    {U'\u2E3A', "\2"},     {U'\u2E3B', "\2"},   {U'\u3001', ","},    {U'\u3002', "."},
    {U'\u3008', "\""},     {U'\u3009', "\""},   {U'\u300A', "\""},   {U'\u300B', "\""},
    {U'\u300C', "\""},     {U'\u300D', "\""},   {U'\u300E', "\""},   {U'\u300F', "\""},
    {U'\u3010', "["},      {U'\u3011', "]"},    {U'\uFF3C', " "},    {U'\uFF5B', "("},
    {U'\uFF5D', ")"},      {U'\uFFE0', "\7"},   {U'\uFFE1', "\4"},   {U'\uFFE5', "\6"},
});
static_assert(std::ranges::is_sorted(kFolds, {}, &Fold::code));

inline const Fold* FindFold(char32_t code) {
  const auto* found = std::ranges::lower_bound(kFolds, code, {}, &Fold::code);
  return found != kFolds.end() && found->code == code ? found : nullptr;
}

}  // namespace euphone

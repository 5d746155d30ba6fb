#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

enum class FilterTokenKind { kWord, kQuoted, kOperator, kOpen, kClose, kComma, kEnd };

struct FilterToken {
  FilterTokenKind kind = FilterTokenKind::kEnd;
  std::string text = {};   ///< Without quotes.
  std::size_t column = 1;  ///< Bytes from 1.
};

/// The last token is kEnd. Fails: kInvalidArgument, "column 12: …".
Result<std::vector<FilterToken>> CutFilter(std::string_view text);

}  // namespace euphone

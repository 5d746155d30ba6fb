#pragma once

#include <vector>

#include "live_view.h"
#include "report/styled_text.h"

namespace euphone::cli {

struct PageSize {
  int rows = 24;
  int columns = 80;
  bool unicode = true;  ///< Else ASCII only, with ARPAbet in place of IPA.
};

/// The view as rows of cells: at most size.rows, each at most size.columns wide. Things have their
/// places, so that nothing jumps about while somebody reads. Pure.
std::vector<std::vector<Cell>> DrawPage(const LiveView& view, const PageSize& size);

}  // namespace euphone::cli

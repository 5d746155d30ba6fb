#include "labels/labels.h"

#include <algorithm>

namespace euphone {

const LabelTier* Labels::Find(std::string_view tier) const {
  const auto found = std::ranges::find(tiers, tier, &LabelTier::name);
  return found == tiers.end() ? nullptr : &*found;
}

const std::vector<LabelFormat>& LabelFormats() {
  static const std::vector<LabelFormat> formats = {
      {"textgrid", ".TextGrid", false, ReadTextGrid, WriteTextGrid},
      {"ctm", ".ctm", true, ReadCtm, WriteCtm},
      {"elan", ".eaf", false, ReadElan, WriteElan},
      {"audacity", ".txt", true, ReadAudacity, WriteAudacity},
  };
  return formats;
}

const LabelFormat* FindLabelFormat(std::string_view name) {
  const auto found = std::ranges::find(LabelFormats(), name, &LabelFormat::name);
  return found == LabelFormats().end() ? nullptr : &*found;
}

}  // namespace euphone

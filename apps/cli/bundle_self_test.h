#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "model/bundle.h"

namespace euphone::cli {

/// Opens whatever the bundle holds, runs it on its reference inputs, and its scorer and stream
/// where it has them. Gives one line about how it did. Fails: as RunSelfTest, TryScorer and
/// TryStream.
Result<std::string> SelfTest(const Bundle& bundle);

/// What a self-test may take: a bundle is far from it that does well.
inline constexpr double kSelfTestSeconds = 120;

/// The same in a process of its own, which may crash, hang or eat memory. Fails with the reason.
Status SelfTestApart(const std::filesystem::path& bundle, double seconds);

}  // namespace euphone::cli

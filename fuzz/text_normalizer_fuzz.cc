#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/script_invariants.h"
#include "text/text_normalizer.h"

/// Any bytes: the text is refused, or the script keeps its promises.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const euphone::Result<euphone::Script> script = euphone::NormalizeText(text);
  if (!script) return 0;
  if (const std::string broken = euphone::BrokenPromise(*script); !broken.empty()) {
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  return 0;
}

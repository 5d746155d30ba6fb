// Feeds arbitrary bytes to the readers of single-file bundles and of their manifests.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input(data, size);
  // The same bytes as an archive, and as a manifest: a mutated tar seldom holds sound JSON.
  const auto bundle = euphone::Bundle::Read(std::as_bytes(input), "fuzz");
  if (bundle) {
    for (const euphone::BundleFile& file : bundle->manifest().files) {
      if (bundle->bytes(file.path).size() != file.bytes) __builtin_trap();
    }
    (void)bundle->Verify();
  }
  (void)euphone::ParseManifest({reinterpret_cast<const char*>(data), size});
  return 0;
}

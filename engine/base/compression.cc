#include "base/compression.h"

#include <zstd.h>

#include <memory>

namespace euphone {

std::string Compressed(std::string_view content) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 9);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string compressed(ZSTD_compressBound(content.size()), '\0');
  // Cannot fail into a buffer of that size.
  compressed.resize(ZSTD_compress2(context.get(), compressed.data(), compressed.size(),
                                   content.data(), content.size()));
  return compressed;
}

Result<std::string> Decompressed(std::string_view compressed, std::size_t most) {
  const Error damaged{Errc::kCorrupt, "compressed data are damaged"};
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) return damaged;
  if (size > most) return Error{Errc::kTooLarge, "compressed data are larger than they may be"};
  std::string content(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompress(content.data(), content.size(), compressed.data(), compressed.size());
  if (ZSTD_isError(got) != 0 || got != content.size()) return damaged;
  return content;
}

}  // namespace euphone

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

namespace euphone::hub {

/// What of a repository is published already; none: no such file.
using ReadPublished = std::function<Result<std::optional<std::string>>(const std::string& path)>;

/// Whether devices would believe a repository's document, so that who hands it in hears at once why
/// not. Whose signatures count is what the first root that was published says, and each that
/// follows it. Of documents (metadata/…): the signatures; of timestamp.json, by which all others
/// begin to hold, also that it is fresh, does not go back, and that what it names is there and
/// agrees. Other files have their digests in these. It makes nothing trusted: devices ask their own
/// root. `now`: seconds since 1970. Fails: kInvalidArgument with the reason, and as `read`.
Status CheckPublished(const std::string& path, const std::string& content,
                      const ReadPublished& read, std::int64_t now);

}  // namespace euphone::hub

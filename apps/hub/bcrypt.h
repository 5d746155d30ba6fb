#pragma once

#include <string>

#include "base/result.h"

namespace euphone::hub {

/// What verifies a secret as NATS servers do, and does not tell it: bcrypt of the least cost, which
/// is enough for secrets of 128 random bits and lets thousands of devices come back at once.
/// libcrypt is opened at run time. Fails: kNotFound (it is not installed), kUnsupported (without
/// bcrypt). Thread: any.
Result<std::string> Bcrypt(const std::string& secret);

/// Whether it is such a hash, and no secret of ours: those are of hexadecimal digits.
bool IsBcrypt(const std::string& text);

}  // namespace euphone::hub

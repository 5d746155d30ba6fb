#pragma once

#include <string>

#include "base/result.h"

namespace euphone {

/// The desktop's keyring (Secret Service), through the program secret-tool; what is secret goes
/// through pipes, never through an argument. `store`: which store's entry. Thread: any.

/// Whether the program is there and a keyring answers it.
bool KeyringAnswers();

/// Fails: kNotFound (no entry, no keyring, locked).
Result<std::string> KeyringSecret(const std::string& store);

/// Fails: kNotFound (no keyring), kIo.
Status KeepInKeyring(const std::string& store, const std::string& secret);

/// Harmless where there is none.
void ForgetInKeyring(const std::string& store);

}  // namespace euphone

// The place of a secret as one line of text: “environment:NAME” or “keyring:NAME”.
#pragma once
#include <optional>
#include <string_view>

#include "core/secrets/secret_source.h"

namespace rw {

/// Nothing: it says no such place. It may be the secret itself then: errors must not repeat it.
std::optional<SecretRef> parseSecretPlace(std::string_view text);

}  // namespace rw

// The place of a secret, as the files of this program write it: {"environment": "NAME"} or {"keyring": "NAME"}.
#pragma once
#include <optional>

#include "core/pipeline/pipeline.h"
#include "core/secrets/secret_source.h"

namespace rw {

/// Nothing: it names no such place. It may be the secret itself then: errors must not repeat it.
std::optional<SecretRef> secretOfJson(const Json& place);
/// Of a reference that is some.
Json jsonOfSecret(const SecretRef& secret);

}  // namespace rw

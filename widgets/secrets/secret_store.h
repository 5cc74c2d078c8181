// Where secrets of targets are kept besides the environment: the person's keyring, as app knows it.
#pragma once
#include <functional>
#include <string>

#include "core/secrets/secret_source.h"

namespace rw::ui {

/// Both are called on threads of their own, and may wait for a person.
struct SecretStore {
    SecretSource read = environmentSecret;
    /// Puts the entry of that name into the keyring; an empty value takes it out. ErrorCode::NotFound: there
    /// is no keyring here now. Null: there never is. What is typed then goes to typedSecrets().
    std::function<Status(const std::string& name, const Secret& value)> write{};
};

}  // namespace rw::ui

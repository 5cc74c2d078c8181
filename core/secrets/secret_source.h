// References to secrets, and the function that fetches them.
#pragma once
#include <functional>
#include <set>
#include <string>

#include "core/base/status.h"
#include "core/secrets/secret.h"

namespace rw {

/// The place of a secret. No file of ours holds the secret itself.
struct SecretRef {
    enum class Kind {
        None,
        Environment,  ///< the variable `name` of the process
        Keyring       ///< the entry `name` of the person's keyring
    };
    Kind kind = Kind::None;
    std::string name{};
    bool operator==(const SecretRef&) const = default;
};

/// Fetches the secret that a reference names; None gives an empty one. One that nothing holds may have been
/// typed (typed_secrets.h). May wait for the user to unlock a keyring: never called on a thread that draws.
/// Any thread. The app fills it with the user's keyring.
using SecretSource = std::function<Result<Secret>(const SecretRef&)>;

/// The source where there is no keyring: it reads environment variables, and refuses entries of a keyring.
/// A variable that was read once counts as secret (see secretVariables()). Any thread.
Result<Secret> environmentSecret(const SecretRef& secret);

/// Names of environment variables.
using VariableNames = std::set<std::string, std::less<>>;
/// The variables from which environmentSecret() was asked for a secret so far; no program that is started may
/// get them. Any thread.
VariableNames secretVariables();

}  // namespace rw

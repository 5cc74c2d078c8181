// The environment as a source of secrets.
#include <cstdlib>
#include <mutex>

#include "core/secrets/secret_source.h"
#include "core/secrets/typed_secrets.h"

namespace rw {

namespace {

struct AskedVariables {
    std::mutex mutex{};
    VariableNames names{};
};

AskedVariables& askedVariables() {
    static AskedVariables asked;
    return asked;
}

}  // namespace

VariableNames secretVariables() {
    AskedVariables& asked = askedVariables();
    const std::lock_guard lock(asked.mutex);
    return asked.names;
}

Result<Secret> environmentSecret(const SecretRef& secret) {
    if (secret.kind == SecretRef::Kind::None) return Secret();
    if (secret.kind == SecretRef::Kind::Keyring)
        return typedSecret(secret,
                           RW_TEXT("secrets", "The secret lies in the keyring, which can't be asked here."),
                           RW_TEXT("secrets", "Keep the secret in an environment variable."));
    {
        AskedVariables& asked = askedVariables();
        const std::lock_guard lock(asked.mutex);
        asked.names.insert(secret.name);
    }
    const char* value = std::getenv(secret.name.c_str());
    if (value != nullptr && *value != 0) return Secret(value);
    return typedSecret(
        secret,
        RW_TEXT("secrets", "The environment variable %1, which should hold the secret, is not set.")
            .with(secret.name),
        RW_TEXT("secrets", "Set it before this program starts, or keep the secret elsewhere."));
}

}  // namespace rw

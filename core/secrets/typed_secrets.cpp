#include "core/secrets/typed_secrets.h"

namespace rw {

void TypedSecrets::keep(const SecretRef& where, Secret secret) {
    const std::lock_guard lock(m_mutex);
    if (secret.empty()) {
        m_secrets.erase({where.kind, where.name});
    } else {
        m_secrets[{where.kind, where.name}] = std::move(secret);
    }
}

std::optional<Secret> TypedSecrets::find(const SecretRef& where) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_secrets.find({where.kind, where.name});
    return found == m_secrets.end() ? std::nullopt : std::optional(found->second);
}

std::size_t TypedSecrets::forgetAll() {
    const std::lock_guard lock(m_mutex);
    const std::size_t count = m_secrets.size();
    m_secrets.clear();
    return count;
}

TypedSecrets& typedSecrets() {
    static TypedSecrets typed;
    return typed;
}

Result<Secret> typedSecret(const SecretRef& where, Text message, Text fix) {
    if (std::optional<Secret> typed = typedSecrets().find(where)) return *std::move(typed);
    return Status(ErrorCode::Denied, std::move(message), std::move(fix));  // time does not bring it
}

bool mayBeTyped(const Status& answer) {
    return !answer.ok() && answer.error().code != ErrorCode::Cancelled;
}

}  // namespace rw

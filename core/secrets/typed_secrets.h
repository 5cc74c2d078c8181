// Secrets that nothing holds, neither the environment nor a keyring, and that the person typed for that
// reason.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "core/secrets/secret_source.h"

namespace rw {

/// In memory, on the pages of Secret, until the program ends or they are forgotten; nothing writes them
/// anywhere. Any thread.
class TypedSecrets {
 public:
    /// The secret takes the place of one that was typed before. An empty one forgets it.
    void keep(const SecretRef& where, Secret secret);
    /// Nothing: it was not typed, or it was forgotten.
    std::optional<Secret> find(const SecretRef& where) const;
    /// Whoever has a copy keeps it.
    void forget(const SecretRef& where) { keep(where, {}); }
    /// How many there were.
    std::size_t forgetAll();

 private:
    using Place = std::pair<SecretRef::Kind, std::string>;

    mutable std::mutex m_mutex{};
    std::map<Place, Secret> m_secrets{};
};

/// Those of this program. All sources of secrets look here, so that one answer serves all runs, tests and
/// looks until the program ends.
TypedSecrets& typedSecrets();

/// For sources: what was typed for a secret that was found nowhere; else an error that says so.
Result<Secret> typedSecret(const SecretRef& where, Text message, Text fix);
/// Of the answer of a source: whether a person can be asked to type the secret. Not where somebody stopped
/// it.
bool mayBeTyped(const Status& answer);

}  // namespace rw

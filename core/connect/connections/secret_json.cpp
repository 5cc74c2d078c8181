#include "core/connect/connections/secret_json.h"

#include <string>
#include <utility>

namespace rw {

std::optional<SecretRef> secretOfJson(const Json& place) {
    if (!place.is_object() || place.size() != 1) return std::nullopt;
    for (const auto& [member, kind] : {std::pair{"environment", SecretRef::Kind::Environment},
                                       std::pair{"keyring", SecretRef::Kind::Keyring}}) {
        const auto entry = place.find(member);
        if (entry != place.end() && entry->is_string()) return SecretRef{kind, entry->get<std::string>()};
    }
    return std::nullopt;
}

Json jsonOfSecret(const SecretRef& secret) {
    Json json = Json::object();
    json[secret.kind == SecretRef::Kind::Environment ? "environment" : "keyring"] = secret.name;
    return json;
}

}  // namespace rw

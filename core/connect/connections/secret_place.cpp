#include "core/connect/connections/secret_place.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace rw {

namespace {

constexpr std::string_view kInEnvironment = "environment:", kInKeyring = "keyring:";

bool isVariableName(std::string_view name) {
    return !name.empty() && !isAsciiDigit(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '_';
    });
}

}  // namespace

std::optional<SecretRef> parseSecretPlace(std::string_view text) {
    if (text.starts_with(kInEnvironment)) {
        text.remove_prefix(kInEnvironment.size());
        if (!isVariableName(text)) return std::nullopt;
        return SecretRef{SecretRef::Kind::Environment, std::string(text)};
    }
    if (!text.starts_with(kInKeyring)) return std::nullopt;
    text.remove_prefix(kInKeyring.size());
    if (text.empty() || std::any_of(text.begin(), text.end(), isAsciiControl)) return std::nullopt;
    return SecretRef{SecretRef::Kind::Keyring, std::string(text)};
}

}  // namespace rw

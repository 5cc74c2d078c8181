#include "core/cluster/target_field.h"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"
#include "core/cluster/engine_backend.h"

namespace rw {

namespace {

bool hasControls(std::string_view text) {
    return std::any_of(text.begin(), text.end(), isAsciiControl);
}

}  // namespace

SecretRef* tokenOf(Target& target) {
    for (const TargetField& field : backendOf(target.engine).fields()) {
        if (const auto* const token = std::get_if<TargetField::Token>(&field.place)) return &(*token)(target);
    }
    return nullptr;
}

Status inField(const char* param, const Status& status) {
    if (status.ok()) return status;
    Error error = status.error();
    error.param = param;
    return Status(std::move(error));
}

Status wrongTarget(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

Status oneLineOnly(const std::string& text) {
    if (!hasControls(text)) return {};
    return wrongTarget(RW_TEXT("cluster", "There is a line break, or another control character, in it."),
                       RW_TEXT("cluster", "Write it on one line."));
}

Status usableReference(const SecretRef& secret) {
    switch (secret.kind) {
        case SecretRef::Kind::None:
            return {};
        case SecretRef::Kind::Keyring:
            if (!secret.name.empty() && !hasControls(secret.name)) return {};
            return wrongTarget(RW_TEXT("cluster", "The token is not in the keyring yet."),
                               RW_TEXT("cluster", "Type it in the Preferences, under Targets."));
        case SecretRef::Kind::Environment:
            break;
    }
    const auto letter = [](char c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == '_'; };
    const bool digitFirst = !secret.name.empty() && isAsciiDigit(secret.name.front());
    if (!secret.name.empty() && !digitFirst && std::all_of(secret.name.begin(), secret.name.end(), letter))
        return {};
    return wrongTarget(
        RW_TEXT("cluster", "That is no name of an environment variable."),
        RW_TEXT("cluster",
                "Write letters, digits and _ only, as FLINK_TOKEN. The token itself stands in the "
                "variable, never here."));
}

}  // namespace rw

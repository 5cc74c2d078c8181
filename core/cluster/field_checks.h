// Checks that the fields of all targets must pass.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/secrets/secret_source.h"

namespace rw {

bool hasControls(std::string_view text);
/// The same error, said to be of that field.
Status inField(const char* param, const Status& status);
Status wrongTarget(Text message, Text fix);
Status oneLineOnly(const std::string& text);
/// A token that was typed here by mistake is not repeated in the error.
Status usableReference(const SecretRef& secret);

}  // namespace rw

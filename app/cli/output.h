// The output of commands for scripts and people, on standard output.
#pragma once
#include <string>

#include "core/base/status.h"

namespace rw::cli {

/// A disk that is full is noticed, and told of; `fix`: where else it could go.
Status writeOut(const std::string& text, Text fix = RW_TEXT("cli", "Send it elsewhere."));

/// The status of a command that ended with `status`: 1, and said so, where standard output did not take all
/// that the command printed.
int printedWhole(int status);

}  // namespace rw::cli

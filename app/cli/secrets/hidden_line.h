// A line that is typed at the terminal and not shown.
#pragma once
#include <optional>
#include <string>

#include "core/secrets/secret.h"

namespace rw::cli {

/// Whether a person can be asked: standard input and standard error are a terminal, and this program has it.
bool isAttended();

/// Prints `prompt` on standard error and reads a line of the terminal of standard input without showing it.
/// Nothing: the input ended, or a signal came that somebody catches. One that ends or stops the process does
/// so once the terminal shows again what is typed; after a stop the person is asked anew.
std::optional<Secret> readHiddenLine(const std::string& prompt);

}  // namespace rw::cli

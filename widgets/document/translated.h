// The texts of core, in the language of the interface.
#pragma once
#include <QString>

#include "core/base/status.h"
#include "core/base/text.h"

namespace rw::ui {

/// The text translated and with its arguments filled in. Ask again when the language changes.
QString translated(const Text& text);

/// The error, and on a line of its own the action; one line where none is known.
QString errorLines(const Error& error);

/// The language of the interface as files and folders are named by it: “en”, “zh_CN”.
QString languageName();

}  // namespace rw::ui

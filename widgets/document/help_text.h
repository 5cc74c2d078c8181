// The help of a parameter where nothing reads Markdown: code is in quotation marks instead of backticks.
#pragma once
#include <QString>

#include "core/base/text.h"

namespace rw::ui {

/// In one line, in the language of the interface.
QString plainHelp(const Text& help);

/// In lines for a tooltip: Qt breaks none in plain text.
QString helpTip(const Text& help);

}  // namespace rw::ui

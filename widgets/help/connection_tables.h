// The kinds of connections with their fields, made of the declarations that the form and the command line
// read, too.
#pragma once
#include <QString>

namespace rw::ui {

/// The Markdown of a page with a part for each kind in place of the line `[//]: # (connection kinds)`.
QString withConnectionTables(QString text);

}  // namespace rw::ui

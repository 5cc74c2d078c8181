// A view asks the run that is shown for what it needs of it, and does not guess it from where the run is: the
// reasons would be worded in each view, and forgotten in some.
#pragma once
#include <QString>

namespace rw::house {

/// Why `line` of the file `path`, of app or widgets, asks for the place; empty when it doesn't. The room of
/// the run itself may.
QString asksWhereTheRunIs(const QString& path, const QString& line);

}  // namespace rw::house

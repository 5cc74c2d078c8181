// Code that depends on the type of a value visits it (core/data/visit_type.h), so that a new type does not
// compile where it is forgotten: a switch on TypeId with a default compiles, and is wrong.
#pragma once
#include <QString>

namespace rw::house {

/// The part of the line that switches on TypeId; empty when none.
QString switchesOnType(const QString& line);

}  // namespace rw::house

// Code that depends on the type of a value visits it (core/data/visit_type.h), so that a new type does not
// compile where it is forgotten: a switch on TypeId with a default compiles, and is wrong.
//
// No two types have one name in one namespace: no compiler sees both, and the linker takes the destructor of
// one for the other.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// The part of the line that switches on TypeId; empty when none.
QString switchesOnType(const QString& line);

/// The types that the lines of a C++ file define in named namespaces, “rw::ui::Theme”; not those inside other
/// types, and not those that are declared alone.
QStringList definedTypes(const QStringList& lines);

}  // namespace rw::house

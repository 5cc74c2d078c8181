// The conditions of a pattern's variables, as another parameter of the node has them.
#pragma once
#include <QString>
#include <map>
#include <string>

namespace rw::ui {

struct FieldContext;

/// By variable; none where they are not written yet, or can't be read.
std::map<std::string, QString> definitionsIn(const FieldContext& context);

}  // namespace rw::ui

// The table of a node's parameters, made of its declaration, so that a page need not say it again in each
// language.
#pragma once
#include <QString>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

/// The table itself, with its head.
QString parameterTable(const std::vector<ParamSpec>& params);

/// The Markdown of the page of a node type with the table of its parameters in place of the line
/// `[//]: # (parameters)`: of each its label and name, its help, choices and default. Pages without that
/// line, and those of other things than nodes, stay as they are.
QString withParameterTable(QString text, const QString& page, const Catalogue& catalogue);

}  // namespace rw::ui

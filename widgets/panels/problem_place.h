// Where in a node a problem stands, in words: parameter, element of a list, line or character, port.
#pragma once
#include <QString>

#include "core/pipeline/issue.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// “Condition, line 1”, “Columns, item 3”, “Input in”; “Whole pipeline”.
QString placeOf(const PipelineDocument& document, const Issue& issue);

}  // namespace rw::ui

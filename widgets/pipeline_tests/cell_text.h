// A cell of a test as it is shown and typed.
#pragma once
#include <QString>
#include <optional>

#include "core/data/type.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// NULL without quotes; a text in quotes only where it could be taken for something else.
QString cellText(const Json& cell);

/// What that text means in a column of `type`; nothing: it is not known, and the cell stays what it was in
/// place of `before`. Text in double quotes is always a text.
Json typedCell(const QString& text, const Json& before, const std::optional<Type>& type);

}  // namespace rw::ui

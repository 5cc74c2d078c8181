// Differences between two pipelines, in words for a table.
#pragma once
#include <QString>

#include "core/pipeline/differences.h"

namespace rw::ui {

/// “+”, “−”, “Δ”, and “↔” of what only moved: they say the kind without words.
QString differenceSign(DifferenceKind kind);
/// A value as it is in the file; empty where there is none.
QString differenceValue(const Json& value);

}  // namespace rw::ui

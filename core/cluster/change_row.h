// A row of a changelog as another engine gives it: its kind of change, and its cells as texts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/data/batch.h"

namespace rw {

using TextCell = std::optional<std::string>;  ///< nothing: NULL

struct ChangeRow {
    RowKind kind = RowKind::Insert;
    std::vector<TextCell> cells{};  ///< one per column, as core writes its values; numbers are never doubles
};

}  // namespace rw

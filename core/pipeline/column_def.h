// Entries of parameters that declare columns, "price DOUBLE" or "city STRING FROM '$.address.city'", taken
// apart.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/data/schema.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// A definition taken apart: the name without quotes, and where the type begins in the text. Nothing when
/// there is no name, or nothing after it.
struct ColumnDef {
    std::string name;
    std::string_view type;
    std::size_t typeAt = 0;
    std::optional<std::string> path{};  ///< in quotes behind FROM; empty where there is no text in quotes
    std::size_t pathAt = 0;             ///< where the text after FROM begins
};
std::optional<ColumnDef> splitColumnDef(std::string_view text);

/// The columns that parameter `columns` declares, as far as it can be read: for suggestions while a pipeline
/// is being built. Errors of an entry are reported when its node is bound.
Schema declaredColumns(const Json& params);

}  // namespace rw

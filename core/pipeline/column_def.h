// Entries of parameters that declare columns, "price DOUBLE", taken apart.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/data/schema.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// A definition taken apart: the name without quotes, where the type begins in the text, and where JSON holds
/// the column: "city STRING FROM '$.address.city'". Nothing when there is no name, or nothing after it.
struct ColumnDef {
    std::string name;
    std::string_view type;
    std::size_t typeAt = 0;
    std::string from{};      ///< the path without quotes; empty: none
    std::size_t fromAt = 0;  ///< where its quote stands
};
std::optional<ColumnDef> splitColumnDef(std::string_view text);

/// The columns that parameter `columns` declares, as far as it can be read: for what is offered while a
/// pipeline is being built. What is wrong with an entry is said when its node is bound.
Schema declaredColumns(const Json& params);

}  // namespace rw

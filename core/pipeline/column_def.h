// Entries of parameters that declare columns, "price DOUBLE", "city STRING FROM '$.address.city'" or "k
// STRING FROM KEY", taken apart.
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
    /// The word behind FROM that is a part of a message, in capitals: KEY, HEADER, TIMESTAMP, PARTITION,
    /// OFFSET or TOPIC; empty: none.
    std::string part{};
    /// In quotes behind FROM, or behind the part; empty where what follows is no text in quotes.
    std::optional<std::string> path{};
    std::size_t pathAt = 0;  ///< where the text after FROM begins
    bool from() const { return path || !part.empty(); }
};
std::optional<ColumnDef> splitColumnDef(std::string_view text);

/// The columns that parameter `columns` declares, as far as it can be read: for suggestions while a pipeline
/// is being built. Errors of an entry are reported when its node is bound.
Schema declaredColumns(const Json& params);

}  // namespace rw

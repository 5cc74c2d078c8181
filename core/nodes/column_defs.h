// `columns` of sources: "price DOUBLE", a name and a type. Declared and read once for all of them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/column_def.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// The parameter `columns` of a source.
ParamSpec columnsParam();

/// The schema that parameter `columns` declares; nothing when an entry is wrong (reported, with its place).
std::optional<Schema> bindColumns(BindContext& context);

/// A column that JSON holds: "city STRING FROM '$.address.city'".
struct JsonColumn {
    Field field;
    std::string from{};  ///< a path as it is written; empty: none
};
/// The same for columns that JSON holds; paths are looked at, too.
std::optional<std::vector<JsonColumn>> bindJsonColumns(BindContext& context);

/// “price DOUBLE”, the name back-quoted where SQL wants it: what bindColumns reads.
std::string writeColumnDef(const Field& field);

/// Reports entry `item` of parameter `columns`, from byte `position` of its text on.
void wrongColumn(BindContext& context, std::size_t item, std::size_t position, std::size_t length,
                 Text message, Text fix);

}  // namespace rw

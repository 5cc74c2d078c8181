// `columns` of sources: "price DOUBLE", a name and a type; of JSON also "city STRING FROM '$.address.city'",
// and of messages "k STRING FROM KEY". Declared and read once for all of them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/connect/formats/message_part.h"
#include "core/pipeline/column_def.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/functions/json_path.h"

namespace rw {

/// The parameter `columns` of a source.
ParamSpec columnsParam();

/// The same for columns that are read from JSON.
ParamSpec jsonColumnsParam();

/// The schema that parameter `columns` declares; nothing when an entry is wrong (reported, with its place).
std::optional<Schema> bindColumns(BindContext& context);

/// Columns that are read from JSON, and where each stands: in the field of its name, or where FROM says.
struct JsonColumns {
    Schema schema{};
    std::vector<sql::JsonPath> paths{};
    std::vector<bool> named{};  ///< FROM says it
};
std::optional<JsonColumns> bindJsonColumns(BindContext& context);

/// The parameter `columns` of a source of messages.
ParamSpec messageColumnsParam();

/// Columns that are read from messages, or from what is beside them.
struct MessageColumns {
    Schema schema{};
    std::vector<MessagePart> parts{};    ///< one per column
    std::vector<sql::JsonPath> paths{};  ///< of those that are in the value, in their order
};
/// `byPath`: columns in the value are found by names and paths; else by position, and FROM '…' is wrong.
std::optional<MessageColumns> bindMessageColumns(BindContext& context, bool byPath);

/// “1 column”, “5 columns”, as a card has it.
Text columnCount(std::size_t columns);

/// “price DOUBLE”, the name back-quoted where SQL wants it: the form that bindColumns reads.
std::string writeColumnDef(const Field& field);

/// Reports entry `item` of parameter `columns`, from byte `position` of its text on.
void wrongColumn(BindContext& context, std::size_t item, std::size_t position, std::size_t length,
                 Text message, Text fix);

}  // namespace rw

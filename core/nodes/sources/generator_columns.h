// The columns of a generator: "price DOUBLE = 100 + NOISE(3)", functions of the row number i.
#pragma once
#include <optional>
#include <vector>

#include "core/nodes/sources/text_bytes.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/bound.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

struct GeneratorColumn {
    sql::BoundRef expr{};  ///< of the column's type; null: the time at which row i is due
    bool canFail = false;
    TextBytes texts{};
};

struct GeneratorColumns {
    Schema schema;
    std::vector<GeneratorColumn> columns;
};

/// Reads parameter `columns`; nothing when an entry is wrong (reported, with its place).
std::optional<GeneratorColumns> bindGeneratorColumns(BindContext& context);

/// The schema that the expressions see: i BIGINT.
const SchemaRef& generatorScope();

}  // namespace rw

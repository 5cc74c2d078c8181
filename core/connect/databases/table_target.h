// Where and how a sink writes rows into a table of a server.
#pragma once
#include <string>
#include <vector>

#include "core/connect/databases/table_name.h"
#include "core/data/schema.h"

namespace rw {

struct TableTarget {
    enum class Mode {
        Append,
        Upsert,  ///< a row replaces the one with its key; deletes remove it
        Replace  ///< the rows take the place of all that were there
    };
    std::string connection{};  ///< its name
    TableName table{};
    Mode mode = Mode::Append;
    SchemaRef schema{};      ///< of the stream
    std::vector<int> key{};  ///< Upsert: columns of the stream; none: the table has one row at most
    bool create = true;      ///< a table that is missing is made
    /// Of appending and replacing with checkpoints: by the marker; else each row at least once. Upserts are
    /// idempotent.
    bool exactlyOnce = true;

    std::vector<std::string> keyNames() const;
    bool operator==(const TableTarget&) const = default;
};

}  // namespace rw

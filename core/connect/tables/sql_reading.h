// What a source reads of a database, and how. Plain data.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/connect/databases/table_name.h"
#include "core/data/schema.h"

namespace rw {

struct SqlReading {
    TableName table{};
    std::string query{};  ///< in place of a table; empty: none
    enum class Mode {
        Snapshot,  ///< the rows that are there, of one moment
        Growing,   ///< and those that are added
        Changes    ///< and all that happens to them, of PostgreSQL
    } mode = Mode::Snapshot;
    SchemaRef schema{};  ///< of the columns, which have the names that they have there
    /// Columns by which rows are told apart, Changes: always; Snapshot: empty: the primary key, if there is
    /// one.
    std::vector<std::string> key{};
    std::vector<std::string> cursor{};  ///< Growing: columns by whose values rows follow each other
    Millis every = 1'000;               ///< Growing: so often it is looked for new rows
    std::string channel{};  ///< Growing, PostgreSQL: a NOTIFY there makes it look at once; may be empty
    std::string slot{}, publication{};    ///< Changes
    std::optional<Millis> giveUpAfter{};  ///< after so long without the server the run ends

    /// For people.
    std::string name() const { return query.empty() ? toString(table) : query; }
};

/// Whether a slot of replication can have that name: small letters, digits and underscores, at most 63.
bool isSlotName(std::string_view name);

}  // namespace rw

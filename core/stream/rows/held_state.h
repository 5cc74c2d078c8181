// Rows that wait, or are kept, as bytes of a state, by key group.
#pragma once
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/held_rows.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Of the records of rows that wait, or are kept.
inline constexpr std::uint32_t kHeldVersion = 1;
/// The name of those of writeHeld().
inline constexpr std::string_view kHeldRecords = "held";

/// The columns and keys of rows that wait at a node.
struct HeldShape {
    SchemaRef schema{};
    std::vector<int> keys{};  ///< columns of the key that spreads them; empty: none
    ColumnSet read{};         ///< the columns that the node looks at
    bool stamps = false;
    bool kinds = false;  ///< they may be changes

    std::vector<Type> keyTypes() const;
};

/// The columns that tell the order of rows of one event time (event-time rules, 9): all where nothing else
/// does.
ColumnSet orderingColumns(const StreamType& input);

/// Writes them as keyed records kHeldRecords.
void writeHeld(const HeldRows& rows, const HeldShape& shape, StateWriter& out);
/// The same for a piece of those that are frozen (HeldRows::freeze). False: that was all.
bool writeHeldPiece(HeldRows& rows, const HeldShape& shape, StateWriter& out);
/// The same for rows that wait elsewhere, in batches of one wire each.
void writeHeld(std::span<const Batch> batches, const HeldShape& shape, StateWriter& out);

/// The rows of `own` that these wrote, in the order in which they are to be held again. An error when
/// they do not fit the shape, or stand among those of another key group.
Result<std::vector<Batch>> readHeld(const StateReader& state, const HeldShape& shape, const KeyGroups& own);

/// The numbers of the rows in the order of their columns, which does not tell how they came.
std::vector<std::uint32_t> orderByColumns(const Batch& rows);
/// Writes rows that are kept for longer, of any key groups, as keyed records `name`; readKept() reads them.
void writeKept(std::string_view name, const Batch& rows, const HeldShape& shape, StateWriter& out);
/// Writes rows of one key group that are kept for longer as a keyed record `name`; readKept() reads them.
void writeKept(std::string_view name, int keyGroup, const Batch& rows, StateWriter& out);
/// The same as readHeld() of the keyed records `name`.
Result<std::vector<Batch>> readKept(const StateReader& state, std::string_view name, const HeldShape& shape,
                                    const KeyGroups& own);
/// Gives rows of a state the columns of `schema`, by name and type; one that they do not have is null. An
/// edit may have added columns above that are not read here, taken some away, or put them in another order.
void fitColumns(Batch& rows, const SchemaRef& schema);
/// The batch “rows” of the record of one key group, checked in the same way, for callers that keep more about
/// each row; `hashes` gets those of the keys.
Result<Batch> readRowsOfGroup(const StateReader& record, const HeldShape& shape, int keyGroup,
                              std::vector<std::uint64_t>& hashes);

/// 0, 1, 2 … for `rows` rows.
std::vector<std::uint32_t> everyRow(std::size_t rows);
/// The slots of all rows of a store.
std::vector<RowSlot> keptSlots(const RowStore& rows);
/// 0, 1, 2 … for the columns of a schema.
std::vector<int> everyColumn(const Schema& schema);

}  // namespace rw

// Rows that wait, or are kept for longer, as bytes of a state, by key group.
#pragma once
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/held_rows.h"
#include "core/stream/key_groups.h"

namespace rw {

/// What rows that wait look like at a node.
struct HeldShape {
    SchemaRef schema{};
    std::vector<int> keys{};  ///< columns of the key that spreads them; empty: none
    ColumnSet read{};         ///< the columns that the node looks at
    bool stamps = false;
};

/// Writes them as keyed records “held”.
void writeHeld(const HeldRows& rows, const HeldShape& shape, StateWriter& out);

/// The rows of `own` that writeHeld() wrote, in the order in which they are to be held again. An error when
/// they do not fit the shape, or stand among those of another key group.
Result<std::vector<Batch>> readHeld(const StateReader& state, const HeldShape& shape, const KeyGroups& own);

/// Writes rows of one key group that are kept for longer as a keyed record `name`; readKept() reads them.
void writeKept(std::string_view name, int keyGroup, const Batch& rows, StateWriter& out);
/// The same as readHeld() of the keyed records `name`.
Result<std::vector<Batch>> readKept(const StateReader& state, std::string_view name, const HeldShape& shape,
                                    const KeyGroups& own);

/// 0, 1, 2 … for `rows` rows.
std::vector<std::uint32_t> everyRow(std::size_t rows);

}  // namespace rw

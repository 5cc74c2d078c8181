// The rows of a state that was written by change: those that no later record replaces or takes away
// (core/stream/rows/changing_slots.h).
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// The name of the records that say what has changed in the slots of records called `name`.
std::string changedName(std::string_view name);

// Fields of these records: the slots of its rows, and those whose rows are gone, which is so before its rows
// come.
inline constexpr std::string_view kRowSlots = "slots", kGoneSlots = "gone";
void writeSlots(std::string_view field, std::span<const RowSlot> slots, StateWriter& record);

/// A record of a state with rows, some or all of which stand.
struct StandingRows {
    int keyGroup = 0;
    StateReader record{};
    std::size_t slots = 0;  ///< how many its rows have
    /// Of its rows; none: it was written in one piece, with rows that all stand and have no slots.
    std::optional<std::vector<std::uint32_t>> standing{};

    /// The numbers of those that stand among its rows, which are so many.
    Result<std::vector<std::uint32_t>> among(std::size_t rows) const;
};

/// The records of `own` called `name`, of this version, as they were written in one piece or by change, in
/// the order in which they were written. Those whose rows are all replaced or gone are left out.
Result<std::vector<StandingRows>> standingRows(const StateReader& state, std::string_view name,
                                               std::uint32_t version, const KeyGroups& own);

/// The same as readKept(), of the rows that stand.
Result<std::vector<Batch>> readStanding(const StateReader& state, std::string_view name,
                                        const HeldShape& shape, const KeyGroups& own);

}  // namespace rw

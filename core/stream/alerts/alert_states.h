// The states of an alert rule for all keys, what their rows show of them, and how they are kept in
// checkpoints.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/alerts/alert_plan.h"
#include "core/stream/keys/key_table.h"

namespace rw {

/// Single-threaded. Keys are numbered from 0 and never forgotten.
class AlertStates {
 public:
    struct Slot {
        AlertState state{};
        std::string message{};  ///< of the last row with the condition before it was raised
        bool known = false;     ///< a row came, or was missed: the output has a row of it
    };

    explicit AlertStates(AlertPlanRef plan);

    /// groups[i] becomes the number of the key of row i.
    void find(const Batch& rows, std::vector<std::uint32_t>& groups);
    std::size_t size() const { return m_slots.size(); }
    Slot& at(std::uint32_t group) { return m_slots[group]; }
    const Slot& at(std::uint32_t group) const { return m_slots[group]; }

    std::vector<AlertKeyPart> key(std::uint32_t group) const;
    /// As it is told: of the condition, or of there being no data. Its times are those of the state.
    Alert alert(std::uint32_t group, AlertKind kind) const;

    /// Key columns of the output.
    std::vector<ColumnRef> keyColumns(std::span<const std::uint32_t> groups) const {
        return m_keys.columns(groups);
    }

    void snapshot(StateWriter& out) const;
    Status restore(const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    Status restoreGroup(const StateReader& record, int keyGroup);

    const AlertPlanRef m_plan;
    KeyTable m_keys;
    std::vector<Slot> m_slots{};
    // Of one call; kept for their memory
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
};

/// The row of the output that tells of a slot; columns as AlertColumn, the keys left out.
struct AlertRow {
    explicit AlertRow(const AlertStates::Slot& slot);

    std::string_view state;               ///< ok, waiting, alert, no_data
    Instant since, started, noDataSince;  ///< kMinTimestamp: NULL
    std::optional<double> value, peak;
    std::string message;  ///< empty: NULL

    bool operator==(const AlertRow& other) const = default;
};

}  // namespace rw

// The states of an alert rule for all keys, what their rows show of them, and how they are kept in
// checkpoints.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/alerts/alert_plan.h"
#include "core/stream/alerts/provisional_state.h"
#include "core/stream/keys/key_table.h"

namespace rw {

struct AlertRow;

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

    /// What provisional values say of a key; null: nothing.
    ProvisionalState* provisional(std::uint32_t group);
    const ProvisionalState* provisional(std::uint32_t group) const;
    /// The same, to be added to.
    ProvisionalState& provisionalToAdd(std::uint32_t group) { return m_provisional[group]; }
    /// Forgets it where it is empty.
    void tidyProvisional(std::uint32_t group);
    const std::map<std::uint32_t, ProvisionalState>& allProvisional() const { return m_provisional; }
    /// The alert that they have raised, which there is. As alert().
    Alert provisionalAlert(std::uint32_t group) const;

    /// Whether the output has a row of the key, and that row.
    bool isShown(std::uint32_t group) const;
    AlertRow row(std::uint32_t group) const;

    /// Key columns of the output.
    std::vector<ColumnRef> keyColumns(std::span<const std::uint32_t> groups) const {
        return m_keys.columns(groups);
    }

    void snapshot(StateWriter& out) const;
    Status restore(const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    static constexpr std::string_view kProvisionalRecord = "provisional";

    Status restoreGroup(const StateReader& record, int keyGroup);
    void snapshotProvisional(int keyGroup, std::span<const std::uint32_t> groups, StateWriter& out) const;
    Status restoreProvisional(const StateReader& record);
    const ProvisionalAlert* raisedProvisionally(std::uint32_t group) const;

    const AlertPlanRef m_plan;
    KeyTable m_keys;
    std::vector<Slot> m_slots{};
    std::map<std::uint32_t, ProvisionalState> m_provisional{};  ///< by key; of few: those with open windows
    // Of one call; kept for their memory
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
};

/// The row of the output that tells of a slot; columns as AlertColumn, the keys left out.
struct AlertRow {
    /// `ahead`: an alert that provisional values have raised; null: there is none.
    AlertRow(const AlertStates::Slot& slot, const ProvisionalAlert* ahead);

    std::string_view state;               ///< ok, waiting, alert, no_data
    Instant since, started, noDataSince;  ///< kMinTimestamp: NULL
    std::optional<double> value, peak;
    std::string message;  ///< empty: NULL
    bool provisional = false;

    bool operator==(const AlertRow& other) const = default;
};

}  // namespace rw

// The rows that an updating window has emitted so far, so that only changes are emitted.
#pragma once
#include <vector>

#include "core/stream/windows/window_results.h"

namespace rw {

class ShownWindow {
 public:
    explicit ShownWindow(const WindowPlan& plan) : m_keys(plan.keyTypes) {}

    /// Emits the changes from the rows shown before to those of `state`: +I for new keys, −U and +U for
    /// changed ones, −D for keys that are gone. A result that fails is rejected when it begins to fail. As
    /// much as the budget allows: while busy() it is to be called again, with the same state. A state may be
    /// a portion of the groups: those behind it come before anything else, up to the `last`.
    Status show(const Window& window, const GroupState& state, bool last, WindowResults& results,
                CallBudget& budget, Output& out);
    bool busy() const { return m_busy; }

    /// Writes the rows shown as keyed records; not while busy().
    void snapshot(const Window& window, StateWriter& out) const;
    /// Takes over the keys of such a record, which are new here. `chunkRows`: WindowResults::batchRows().
    Status restore(const StateReader& record, int keyGroup, const WindowPlan& plan, std::size_t chunkRows);

    std::int64_t earlySteps = 0;  ///< early results shown
    std::size_t memoryBytes() const;

 private:
    enum class Shown : std::uint8_t { No, Yes, Failed };
    /// Keys and aggregates of all groups as they were when shown, so many rows in a chunk.
    struct Values {
        std::vector<std::vector<ColumnRef>> chunks;
        std::vector<std::uint32_t> rows;  ///< of each key, as if all chunks were full; kNone: it has none
        std::size_t standing = 0;         ///< keys that have one
        std::size_t bytes = 0;            ///< of the chunks
    };

    Status showSome(const Window& window, const GroupState& state, std::size_t count, WindowResults& results,
                    Output& out);
    void withdraw(const Window& window, std::size_t key, WindowResults& results, Output& out);

    KeyTable m_keys;
    std::vector<Shown> m_shown;  ///< one a key
    Values m_values, m_next;     ///< as shown last, and as they are being shown
    std::size_t m_chunkRows = 1;
    bool m_begun = false;       ///< rows are being shown, and the last portion of them has not been
    bool m_busy = false;        ///< … nor all of the present one
    std::size_t m_nextKey = 0;  ///< keys before it that are gone have been withdrawn
    std::size_t m_nextGroup = 0;
};

}  // namespace rw

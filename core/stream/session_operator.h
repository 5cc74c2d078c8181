// Session windows: rows of a key that are at most the gap apart are one session.
//
// Before an unclean row joins, the sessions of its key that had passed when it left its source are sealed:
// they take no more rows and wait for their watermark (event-time rules, 14).
#pragma once
#include "core/stream/held_rows.h"
#include "core/stream/late_rows.h"
#include "core/stream/session_store.h"
#include "core/stream/window_results.h"

namespace rw {

class SessionOperator : public Operator {
 public:
    SessionOperator(WindowPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    StateSize stateSize() const override;

 private:
    /// What an updating result has shown of a session.
    struct Shown {
        std::shared_ptr<const std::vector<ColumnRef>> values{};  ///< null: nothing
        std::uint32_t row = 0;                                   ///< in `values`
        Window window;
        bool final = false;  ///< shown when it was complete, not early
        std::int64_t earlySteps = 0;
        bool changed = false;  ///< listed in m_changed
    };

    // Taking rows (session_operator_rows.cpp)
    Status take(const Batch& batch, std::span<const std::uint32_t> rows, Output& out);
    Status joinRows(const Batch& batch, std::span<const std::uint32_t> rows, Output& out);
    /// Sets `session` to the one that takes the row, unless it leaves as late or rejected.
    Status join(const Batch& batch, std::uint32_t row, std::uint32_t key, const sql::RowError* error,
                std::uint32_t& session, Output& out);
    bool touchesOpen(std::uint32_t key, const Window& window) const;
    std::uint32_t joinOpen(std::uint32_t key, const Window& window);
    void seal(std::uint32_t key, Instant stamp);
    void absorb(std::uint32_t session, std::uint32_t other);
    void noteChange(std::uint32_t session);

    // Emitting (session_operator.cpp)
    Instant nextLook(std::uint32_t session) const;
    Status fire(std::span<const std::uint32_t> sessions, Output& out);
    Status show(std::span<const std::uint32_t> sessions, Output& out);
    Status showOne(std::uint32_t session, const std::shared_ptr<const std::vector<ColumnRef>>& values,
                   std::uint32_t row, const Text* failure, Output& out);
    void retract(std::uint32_t session, Output& out);
    Status showChanged(Output& out);
    void forget(std::span<const std::uint32_t> sessions);
    void compactKeys();

    WindowPlanRef m_plan;
    MakeContext m_context;
    AggregateRows m_input;
    WindowResults m_results;
    LateRows m_late;
    HeldRows m_held;

    KeyTable m_keys;
    SessionStore m_sessions;
    Aggregates m_aggregates;     ///< one group a session number
    std::vector<Shown> m_shown;  ///< one a session number; updating results only
    Instant m_watermark = kMinTimestamp;

    // Of the batch being taken
    std::vector<std::uint32_t> m_groups, m_joined, m_joinedRows;
    std::vector<std::uint32_t> m_mergedFrom, m_mergedInto;  ///< sessions, in the order in which they merged
    std::vector<std::uint32_t> m_changed;
};

}  // namespace rw

// Session windows: rows of a key that are at most the gap apart are one session.
//
// Before an unclean row joins, the sessions of its key that had passed when it left its source are sealed:
// they take no more rows and wait for their watermark (event-time rules, 14).
//
// Beyond its share of memory it has the aggregates of sessions in files (session_files.h), unless results are
// corrected.
#pragma once
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/late_rows.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/windows/closed_results.h"
#include "core/stream/windows/session_changes.h"
#include "core/stream/windows/session_files.h"
#include "core/stream/windows/session_reporter.h"
#include "core/stream/windows/session_store.h"
#include "core/stream/windows/window_results.h"

namespace rw {

class SessionOperator : public Operator, public ChangingState {
 public:
    SessionOperator(WindowPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override {
        return m_closed.any() || m_task != Task::None || m_taking.input.hasMore() || usesFiles();
    }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    std::vector<Text> takeNotes() override { return m_files ? m_files->takeNotes() : std::vector<Text>(); }
    /// What was emitted of a session, where it may be corrected, changes apart from its rows: at each
    /// watermark that shows it. It is written in one piece alone.
    bool writesChanges() const override { return !m_plan->emitsUpdates(); }
    /// With the rows that wait for the watermark: those alone that came out of order since it stood below
    /// their stamps.
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override { return m_changes->writePiece(out); }
    Status writing() const override { return m_changes ? m_changes->writing() : Status(); }

 private:
    /// The rows of a session that an updating result has emitted.
    struct Shown {
        std::shared_ptr<const std::vector<ColumnRef>> values{};  ///< null: nothing
        std::uint32_t row = 0;                                   ///< in `values`
        Window window;
        bool final = false;  ///< shown when it was complete, not early
        std::int64_t earlySteps = 0;
        bool changed = false;  ///< listed in m_changed
    };
    /// A batch being taken.
    struct Taking {
        Taking(const WindowPlan& plan, const MakeContext& context);
        AggregateRows input;
        LateRows late;
        std::vector<std::uint32_t> keys;
        std::vector<std::uint32_t> joined, joinedRows;  ///< sessions, and the rows that are in them now …
        std::size_t count = 0;                          ///< … this many
        std::size_t nextError = 0;                      ///< of input.errors()

        void add(std::uint32_t session, std::uint32_t row) {
            joined[count] = session;
            joinedRows[count++] = row;
        }
    };
    /// The work that a watermark leaves.
    enum class Task {
        None,
        Release,  ///< rows that were held back join
        Fire,     ///< sessions whose time has come are shown, and forgotten when it has passed
        Compact   ///< keys without sessions are forgotten
    };

    // Taking rows (session_operator_rows.cpp)
    /// Whether rows of it may have to wait for the watermark.
    bool mayWait(const Batch& batch) const;
    /// Into m_now and m_later.
    void divide(const Batch& batch);
    /// Rows of what m_taking.input has taken.
    Status take(const Batch& batch, std::span<const std::uint32_t> rows, Output& out);
    /// Goes on with rows whose arguments are too large to be made at once.
    bool isTaking() const { return m_taking.input.hasMore() || !m_released.order.empty(); }
    /// Whether work with files is left, which goes before all other.
    bool usesFiles() const { return m_files && m_files->busy(); }
    Status takeMore(Output& out);
    Status takeRun(Output& out);
    Status takeReleased(CallBudget& budget, Output& out);
    /// 0, 1, 2 …
    std::span<const std::uint32_t> allRows(std::size_t count);
    void begin(Taking& taking, std::span<const std::uint32_t> rows);
    void addUp(Taking& taking);
    Status settle(Output& out);
    void mergeAggregates();
    Status joinRow(Taking& taking, const Batch& batch, std::uint32_t row, std::uint32_t key, Output& out);
    /// Sets `session` to the one that takes the row, unless it leaves as late or rejected.
    Status join(Taking& taking, const Batch& batch, std::uint32_t row, std::uint32_t key,
                const sql::RowError* error, std::uint32_t& session, Output& out);
    /// Sessions of the key that end at `end` or before take no more rows.
    void seal(std::uint32_t key, Instant end);
    std::uint32_t joinOpen(std::uint32_t key, const Window& window);
    void absorb(std::uint32_t session, std::uint32_t other);
    void noteChange(std::uint32_t session);

    // Emitting (session_operator.cpp)
    Status proceed(Output& out);
    void report(WindowEvent::Kind kind, std::span<const std::uint32_t> sessions);
    Instant nextLook(std::uint32_t session) const;
    std::uint32_t nextDue(CallBudget& budget);
    Status fireSome(CallBudget& budget, Output& out);
    /// Of their aggregates.
    std::span<const std::uint32_t> groupsOf(std::span<const std::uint32_t> sessions) {
        return m_files ? m_files->makeGroups(sessions) : sessions;
    }
    Status fire(std::span<const std::uint32_t> sessions, Output& out);
    Status show(std::span<const std::uint32_t> sessions, Output& out);
    Status showOne(std::uint32_t session, const std::shared_ptr<const std::vector<ColumnRef>>& values,
                   std::uint32_t row, const Text* failure, Output& out);
    void retract(std::uint32_t session, Output& out);
    Status showChanged(Output& out);
    void forget(std::span<const std::uint32_t> sessions);
    bool compactKeys(CallBudget& budget);

    // State (session_operator_state.cpp)
    /// Sessions of a state by the numbers that they had; the fields are those here.
    using RestoredChanges = std::unordered_map<std::uint32_t, SavedSession>;

    void snapshotSessions(std::span<const std::uint32_t> sessions, const Aggregates& aggregates,
                          StateWriter& out) const;
    void snapshotShown(std::span<const std::uint32_t> sessions, StateWriter& out) const;
    HeldShape heldShape() const;
    Status spillRestored();
    void clearAggregates(std::span<const std::uint32_t> sessions);
    Status restoreSessions(const StateReader& record, int keyGroup);
    Status restoreChanges(const StateReader& state, const KeyGroups& own);
    Status restoreChanges(const StateReader& record, int keyGroup, std::size_t firstKey,
                          RestoredChanges& sessions);
    void forgetChanged(std::span<const std::uint32_t> numbers, RestoredChanges& sessions);
    Status place(const SavedSession& session);
    void wakeRestored(std::uint32_t session);
    Status restoreShown(const StateReader& record, std::span<const std::uint32_t> sessions);
    std::vector<Type> valueTypes() const;

    WindowPlanRef m_plan;
    MakeContext m_context;
    WindowResults m_results;
    HeldRows m_held;

    KeyTable m_keys;
    std::optional<KeyTable> m_keptKeys;  ///< of those in use, while they are being gathered
    SessionStore m_sessions;
    SessionReporter m_report;
    DisorderMeter m_disorder;
    Aggregates m_aggregates;  ///< in memory: one group a session number, unless there may be files
    std::unique_ptr<SessionFiles> m_files{};  ///< null: all of them are in memory
    std::vector<std::uint32_t> m_loaded{};    ///< sessions that were in a file, and may be due
    std::vector<Shown> m_shown;  ///< one a session number; updating results only
    std::optional<SessionChanges> m_changes{};  ///< from the first freeze on
    Instant m_watermark = kMinTimestamp;
    Task m_task = Task::None;
    bool m_restored = false;
    ClosedResults m_closed{};  ///< after a restore

    Taking m_taking;
    std::vector<std::unique_ptr<Taking>> m_takingReleased;  ///< one a batch
    HeldRows::Released m_released;   ///< those that are taken some at a time, for the size of their arguments
    std::size_t m_nextReleased = 0;  ///< place in their order
    std::vector<std::uint32_t> m_now, m_later;  ///< rows of a batch
    std::vector<std::uint32_t> m_allRows;
    std::vector<std::uint32_t> m_passed;  ///< sessions; of one row
    // Of the rows being taken
    std::vector<std::uint32_t> m_mergedFrom, m_mergedInto;  ///< sessions, in the order in which they merged
    std::vector<std::uint32_t> m_changed;
};

}  // namespace rw

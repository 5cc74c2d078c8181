// Judges an alert rule: rows wait until the watermark has reached them and are then taken in the order of
// event time, with what the passing of event time does between them. So the states are a function of the
// input, but for what AlertStalls adds, which is on the tape.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/stream/alerts/alert_board.h"
#include "core/stream/alerts/alert_stalls.h"
#include "core/stream/alerts/alert_states.h"
#include "core/stream/call_budget.h"
#include "core/stream/late_rows.h"
#include "core/stream/operator.h"
#include "core/stream/rows/changing_rows.h"
#include "core/stream/rows/due_slots.h"
#include "core/stream/rows/held_state.h"

namespace rw {

/// One task takes all rows. A row of the output is changed once for all that comes due together. Others are
/// told through the board of the context, if it has one.
class AlertOperator final : public Operator {
 public:
    AlertOperator(AlertPlanRef plan, const MakeContext& context);

    /// Before the first call: reads what a tape has.
    Status prepare() { return m_stalls.read(); }

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_working; }
    Status resume(Output& out) override;
    std::int64_t wakesAt() const override;
    bool takesMore() const override { return true; }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    StateSize heldSize() const override { return {}; }

 private:
    static constexpr std::uint32_t kUntouched = 0xffffffff;
    static constexpr std::size_t kNewsAtOnce = 10'000;
    /// A key whose state has changed, or may have, since the output was told of it.
    struct Touched {
        std::uint32_t group;
        bool shown;  ///< the output had a row of it
        AlertRow before;
    };

    /// Keeps the rows of m_inTime until the watermark has reached them.
    Status hold(const Batch& batch, Output& out);
    /// The rows of m_inTime with their verdicts; those that failed are rejected.
    Result<Batch> judged(const Batch& batch, Output& out);
    /// A bounded piece of work; false: nothing is left to do.
    bool proceed(CallBudget& budget);
    /// Event time up to which rows and keys are judged before what comes next.
    Instant until() const;
    void judge(const Batch& rows);
    void makeRoom();
    void passTime(std::uint32_t group, Instant to);
    /// Some keys, of which the stall that was taken is true.
    void stallSome(CallBudget& budget);
    void touch(std::uint32_t group);
    /// Has the key looked at again when it has something to do, at that time at the latest.
    void queue(std::uint32_t group, Instant atLatest = kMaxTimestamp);
    void take(std::uint32_t group, const AlertStep& step);
    /// `at`: event time. Of one key, the board hears of what comes first before what follows from it.
    void addNews(std::uint32_t group, Alert alert, AlertBoard::Telling telling, Instant at);
    void tellNews();
    /// Tells the board of alerts that went on with another peak.
    void tellPeaks(CallBudget& budget);
    void showSome(CallBudget& budget, Output& out);
    HeldShape shape() const;
    HeldShape changingShape() const;
    void putOngoing();

    // Provisional values (alert_operator_provisional.cpp)
    /// Of rows of m_inTime: those for which the condition holds may raise alerts.
    void takeProvisional(const Batch& batch);
    /// Some rows that are final by now go to those that wait.
    Status takeFinal(CallBudget& budget, Output& out);
    /// All final rows of a key up to `upTo` are judged: an alert of provisional values may be over.
    void settle(std::uint32_t group, Instant upTo);
    void raiseProvisional(std::uint32_t group);
    void clearProvisional(std::uint32_t group, Instant at);
    /// Whether the alert of provisional values is the one that began then.
    bool isRaisedProvisionally(std::uint32_t group, Instant start) const;
    /// What final rows say of that alert. True: there is nothing else to tell.
    bool decidesProvisional(std::uint32_t group, const AlertStep& step);
    /// At the end of all input: ends some alerts that no final row has raised. False: there are none.
    bool endProvisional(CallBudget& budget);

    const AlertPlanRef m_plan;
    const MakeContext m_context;
    const AlertMachine m_machine;
    const std::shared_ptr<AlertBoard> m_board;
    const NodeId m_node;
    HeldRows m_held;
    LateRows m_late;
    AlertStates m_states;
    ChangingRows m_changing;  ///< of an updating input: rows that are not final
    AlertStalls m_stalls;
    DueSlots m_due{};
    std::vector<Instant> m_queued{};  ///< by key: when it is looked at next; kMaxTimestamp: it is not
    Instant m_watermark = kMinTimestamp;
    Instant m_upTo = kMinTimestamp;    ///< the watermark; at the end of all input, the newest row
    Instant m_judged = kMinTimestamp;  ///< all up to here was judged
    Instant m_first = kMinTimestamp;   ///< event time of the first row that was judged
    Instant m_newest = kMinTimestamp;  ///< event time of the newest row that came

    bool m_working = false;
    bool m_showing = false;               ///< all is judged, and the output is told
    std::optional<AlertStall> m_stall{};  ///< that is under way
    std::size_t m_stalled = 0;            ///< keys that it was applied to
    Instant m_again = kMaxTimestamp;      ///< when it has more to say
    struct News {
        Alert alert{};
        AlertBoard::Telling telling = AlertBoard::Telling::Nothing;
        Instant at = kMinTimestamp;
    };
    std::vector<News> m_news{};  ///< for the board
    /// By key, of the news: up to which time. Provisional alerts are raised at times to come.
    std::unordered_map<std::uint32_t, Instant> m_newsUpTo{};
    std::vector<Touched> m_touched{};
    std::vector<std::uint32_t> m_places{};  ///< by key: its place among them, or kUntouched
    std::size_t m_shown = 0, m_peaked = 0;  ///< of them: in the output, on the board
    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_inTime{}, m_groups{};
};

}  // namespace rw

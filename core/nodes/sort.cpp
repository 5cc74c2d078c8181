// sort: rows in the order of their event times, each as soon as the watermark has reached it.
#include <utility>

#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/late_rows.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/rows/held_files.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/window_assigner.h"

namespace rw {

namespace {

constexpr std::string_view kReached = "reached";  // of a state by change: the watermark

class BoundSort final : public BoundNode, public TellsContributors {
 public:
    StreamType input{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read = orderingColumns(input);
        for (std::size_t i = 0; i < read.size(); ++i) read[i] = read[i] || wanted[kRowsOut][i];
        markLate(wanted[kLateOut], *inputs.front().schema, read);
        return {std::move(read)};
    }

    /// By its columns: it has got a number of its own.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        AskedRow renumbered = asked;
        renumbered.row.positions = {};
        return std::vector{itself(renumbered, {0, sameColumns(input.schema->size()), true, input.eventTime})};
    }
};

/// One task takes all rows, and numbers those that it lets go: behind it their order is that of a source.
/// Rows beyond a share of memory wait in files.
class Sort final : public Operator, public ChangingState {
 public:
    Sort(const BoundSort& bound, const MakeContext& context)
        : m_input(bound.input),
          m_batchRows(context.batchRows),
          m_held(HeldUntil::EventTime, m_input.eventTime, m_batchRows),
          m_files(m_held, m_input, context),
          m_late(bound.outputs[kLateOut].schema, kLateOut),
          m_disorder(context) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        if (m_disorder.on()) m_disorder.addTimes(0, batch, m_input.eventTime, 0);
        m_late.addPassed(batch, m_input.eventTime, m_inTime);
        m_held.hold(batch, m_inTime);
        m_late.emit(batch, out);
        m_files.spillBeyondShare();
        return {};
    }

    Status onWatermark(Instant watermark, Output& out) override {
        m_watermark = watermark;
        m_passing = true;
        return resume(out);
    }

    bool hasMore() const override {
        return m_files.busy() || m_held.due(m_watermark) || m_files.due(m_watermark);
    }

    Status resume(Output& out) override {
        for (CallBudget budget(m_batchRows); hasMore();) {
            if (budget.spent()) return {};
            const Instant upTo = m_files.mayLeave(m_watermark);
            if (m_files.busy()) {
                RW_TRY(m_files.run(budget));
            } else if (m_held.due(upTo)) {
                release(upTo, budget, out);
            } else {
                RW_TRY(m_files.load(budget));
            }
        }
        if (!std::exchange(m_passing, false)) return {};
        out.watermark(kRowsOut, saturatingAdd(m_watermark, -1));
        out.watermark(kLateOut, m_watermark);
        return {};
    }

    Status snapshot(StateWriter& out) const override {
        writeReleased(out);
        if (m_files.size().keys == 0) {
            writeHeld(m_held, shape(), out);
            return {};
        }
        HeldRows all = m_held;
        RW_TRY(m_files.addTo(all));
        writeHeld(all, shape(), out);
        return {};
    }

    void writeRest(StateWriter& out) const override {
        writeReleased(out);
        out.i64(kReached, m_watermark);
    }
    void freeze(bool whole) override {
        m_held.freeze(whole, m_watermark);
        m_files.freeze(whole);
    }
    bool writePiece(StateWriter& out) override {
        if (!m_writing.ok()) return true;
        if (m_held.anyFrozen() && !m_files.busy()) {
            writeHeldPiece(m_held, shape(), out);
        } else {
            m_writing = m_files.writePiece(shape(), out);
        }
        return !m_writing.ok() || m_held.anyFrozen() || m_files.anyFrozen();
    }
    Status writing() const override { return m_writing; }
    std::vector<Text> takeNotes() override { return m_files.takeNotes(); }

    Status restore(const StateReader& state, const KeyGroups& own) override {
        RW_TRY_ASSIGN(m_released, state.i64("released"));
        if (m_released < 0 || m_released > WindowAssigner::kFarthest)
            return brokenState("rows that were let go");
        RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, shape(), own));
        // Among the changes since the whole was written are rows that were let go later. They are those that
        // the watermark had reached at the barrier: all others still waited for it.
        RW_TRY_ASSIGN(const Instant reached, state.i64(kReached, kMinTimestamp));
        for (const Batch& batch : held) {
            m_held.hold(batch, m_held.waitingFor(batch, reached));
            for (m_files.spillBeyondShare(); m_files.busy();) {
                CallBudget budget(m_batchRows);
                RW_TRY(m_files.run(budget));
            }
        }
        return {};
    }

    StateSize stateSize() const override {
        const StateSize inFiles = m_files.size();
        return {m_held.memoryBytes() + inFiles.bytes, m_held.size() + inFiles.keys, inFiles.spilled};
    }

 private:
    void release(Instant upTo, CallBudget& budget, Output& out) {
        Batch sorted = m_held.release(upTo, m_batchRows).gathered();
        sorted.positions.first = m_released;
        m_released += static_cast<std::int64_t>(sorted.rows);
        budget.spend(sorted.rows);
        out.emit(kRowsOut, std::move(sorted));
    }
    void writeReleased(StateWriter& out) const { out.i64("released", m_released); }
    HeldShape shape() const { return {m_input.schema, {}, orderingColumns(m_input), false}; }

    const StreamType m_input;
    const std::size_t m_batchRows;
    HeldRows m_held;
    HeldFiles m_files;  ///< of these
    LateRows m_late;
    DisorderMeter m_disorder;
    Instant m_watermark = kMinTimestamp;
    bool m_passing = false;  ///< it is to be passed on, behind its rows
    Status m_writing{};      ///< why a state could not be written
    std::int64_t m_released = 0;
    std::vector<std::uint32_t> m_inTime;
};

BoundNodeRef bindSort(BindContext& context) {
    const StreamType& input = context.input();
    if (refuseUpdating(context, RW_TEXT("sort", "Sort the rows before they are aggregated."))) return nullptr;
    if (requireEventTime(context,
                         RW_TEXT("sort", "Rows are sorted by their event time; “%1” has none marked.")) < 0)
        return nullptr;
    auto bound = std::make_shared<BoundSort>();
    bound->input = input;
    StreamType sorted = input;
    sorted.made = sorted.rejected = sorted.sharedPositions = false;
    sorted.sourceOrder = sorted.held = true;
    sorted.leftBy = PortRole::Rows;
    bound->outputs = {std::move(sorted), lateStream(input, true)};
    bound->distribution.kind = Distribution::Kind::Single;
    bound->spills = true;
    bound->state = RW_TEXT("sort", "rows, until the watermark reaches them");
    bound->watermark = RW_TEXT("sort", "its input's − 1ms");
    bound->summary =
        RW_TEXT("sort", "by %1").with(input.schema->fields[static_cast<std::size_t>(input.eventTime)].name);
    return bound;
}

Result<Made> makeSort(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Sort>(static_cast<const BoundSort&>(bound), context));
}

}  // namespace

NodeKind sortKind() {
    NodeKind kind;
    kind.type = "sort";
    kind.name = RW_TEXT("sort", "Sort");
    kind.palette = {{kind.name, RW_TEXT("sort", "Put rows in the order of time"), "sort"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, latePort()};
    kind.bind = bindSort;
    kind.make = makeSort;
    return kind;
}

}  // namespace rw

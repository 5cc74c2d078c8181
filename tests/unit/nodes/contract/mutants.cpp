#include "tests/unit/nodes/contract/mutants.h"

#include <numeric>

#include "core/data/state_reader.h"
#include "core/nodes/charts/chart_node.h"
#include "core/stream/source.h"
#include "core/views/bar_view.h"
#include "core/views/table_view.h"
#include "tests/support/broker_nodes.h"
#include "tests/support/connected_node.h"
#include "tests/support/message_node.h"

namespace rw::test {

namespace {

// ── Operators: each passes its rows on, but for the fault in its name. ──

class Honest : public Operator {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        out.emit(0, batch);
        return {};
    }
};

/// Rows chosen by their position; behind a rejected port they have none, and it is their place in the batch.
class ByPosition final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (batch.positions.at(row) % 2 == 0) rows.push_back(row);
        }
        out.emit(0, batch.select(rows));
        return {};
    }
};

class Backwards final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        std::vector<std::uint32_t> rows(batch.rows);
        std::iota(rows.rbegin(), rows.rend(), 0U);
        out.emit(0, batch.select(rows));
        return {};
    }
};

/// Counts batches, where rows are to be counted.
class CountsBatches final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        out.countNullDropped(1);
        out.emit(0, batch);
        return {};
    }
};

class GoesBack final : public Honest {
 public:
    Status onWatermark(Instant watermark, Output& out) override {
        out.watermark(0, watermark);
        if (watermark != kMaxTimestamp) out.watermark(0, watermark - 1);
        return {};
    }
};

class Silent final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        out.emit(0, batch.emptied());
        return {};
    }
};

/// Sends the watermark of every second batch only.
class Lagging final : public Honest {
 public:
    Status onWatermark(Instant watermark, Output& out) override {
        if (m_count++ % 2 == 1 || watermark == kMaxTimestamp) out.watermark(0, watermark);
        return {};
    }

 private:
    int m_count = 0;
};

/// Keeps all rows and lets them out at the end, many times over, in one call.
class Unbounded final : public Operator {
 public:
    Status onBatch(int, const Batch& batch, Output&) override {
        m_kept.push_back(batch);
        return {};
    }
    Status onWatermark(Instant watermark, Output& out) override {
        for (int i = 0; i < 20 && watermark == kMaxTimestamp; ++i) {
            for (const Batch& batch : m_kept) out.emit(0, batch);
        }
        return Operator::onWatermark(watermark, out);
    }

 private:
    std::vector<Batch> m_kept;
};

class NeverDone final : public Honest {
 public:
    bool hasMore() const override { return true; }
};

/// Loses the end of batches that are longer than most.
class CutsLargeBatches final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        out.emit(0, batch.slice(0, std::min<std::size_t>(batch.rows, 4'000)));
        return {};
    }
};

/// The first row of every wire only, whichever comes first of all.
class ByArrival final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        if (m_wire < 0) m_wire = batch.wire;
        out.emit(0, batch.wire == m_wire ? batch : batch.emptied());
        return {};
    }

 private:
    WireNumber m_wire = -1;
};

/// Says that it reads only columns that are wanted behind it, and looks at the first column.
class Forgetful final : public Honest {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (!batch.column(0).isNull(row)) rows.push_back(row);
        }
        out.emit(0, batch.select(rows));
        return {};
    }
};

class PassesOn final : public BoundNode {
 public:
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        return {wanted.front()};
    }
};

BoundNodeRef bindPassing(BindContext& context) {
    auto bound = std::make_shared<PassesOn>();
    bound->outputs = {context.input()};
    return bound;
}

/// As bindPassing, for a node that sees all rows in order.
BoundNodeRef bindSingle(BindContext& context) {
    auto bound = std::make_shared<PassesOn>();
    bound->outputs = {context.input()};
    bound->distribution.kind = Distribution::Kind::Single;
    return bound;
}

/// Only rows that come in the order of their source.
BoundNodeRef bindInSourceOrder(BindContext& context) {
    if (context.input().sourceOrder) return bindSingle(context);
    context.error({}, {"mutants", "The rows have no order."});
    return nullptr;
}

BoundNodeRef bindNever(BindContext& context) {
    context.error({}, {"mutants", "It takes no rows."});
    return nullptr;
}

template <class Op>
Result<Made> makeOperator(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<Op>());
}

template <class Op>
NodeKind operatorKind(const char* type, BindFn bind = bindPassing) {
    NodeKind kind;
    kind.type = type;
    kind.inputs = {{"in", {}}};
    kind.outputs = {{"out", {}}};
    kind.bind = bind;
    kind.make = makeOperator<Op>;
    return kind;
}

// ── Sinks: bars of v by k. ──

BarInfo barsOf(const StreamType& input, std::vector<int>& used) {
    BarInfo info;
    info.category = columnAt(input, 0, used);
    info.value = columnAt(input, 1, used);
    info.eventTime = input.eventTime;
    info.top = 100;
    return info;
}

BoundNodeRef bindBars(BindContext& context) {
    auto bound = std::make_shared<BoundChart<BarInfo>>();
    bound->info = barsOf(context.input(), bound->used);
    return bound;
}

/// Draws the categories without saying that it reads them.
BoundNodeRef bindForgetfulBars(BindContext& context) {
    auto bound = std::make_shared<BoundChart<BarInfo>>();
    bound->info = barsOf(context.input(), bound->used);
    bound->used = {1};
    return bound;
}

/// One row of every batch only: the last that has a bar, so that something is shown of any batches.
class ShownNowAndThen final : public Sink {
 public:
    explicit ShownNowAndThen(const BarInfo& info) : m_view(std::make_shared<BarView>(info)) {}
    Status onBatch(const Batch& batch) override {
        std::size_t end = batch.rows;
        while (end > 0 && batch.column(1).isNull(end - 1)) --end;
        if (end > 0) m_view->add(batch.slice(end - 1, 1));
        return {};
    }
    std::shared_ptr<LiveView> view() const override { return m_view; }

 private:
    std::shared_ptr<BarView> m_view;
};

/// Nothing at all.
class ShownNever final : public Sink {
 public:
    explicit ShownNever(const BarInfo& info) : m_view(std::make_shared<BarView>(info)) {}
    Status onBatch(const Batch&) override { return {}; }
    std::shared_ptr<LiveView> view() const override { return m_view; }

 private:
    std::shared_ptr<BarView> m_view;
};

/// Does not save its picture when it is left.
class ShownUntilLeft final : public Sink {
 public:
    explicit ShownUntilLeft(const BarInfo& info) : m_view(std::make_shared<BarView>(info)) {}
    Status onBatch(const Batch& batch) override {
        m_view->add(batch);
        return {};
    }
    std::shared_ptr<LiveView> view() const override { return m_view; }

 private:
    std::shared_ptr<BarView> m_view;
};

template <class Shown>
Result<Made> makeShown(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<Shown>(static_cast<const BoundChart<BarInfo>&>(bound).info));
}

Result<Made> makeNothing(const BoundNode&, const MakeContext&) {
    return Status(ErrorCode::Internal, RW_TEXT("test", "It is never made."));
}

NodeKind sinkKind(const char* type, BindFn bind, MakeFn make) {
    NodeKind kind;
    kind.type = type;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{"in", {}}};
    kind.bind = bind;
    kind.make = make;
    kind.chart = true;
    return kind;
}

// ── Sources: the numbers from 0 on. ──

class Numbers : public Source {
 public:
    explicit Numbers(const MakeContext& context, std::int64_t count = 100, std::int64_t atOnce = 30)
        : m_batchRows(context.batchRows), m_count(count), m_atOnce(atOnce) {}
    Status open() override { return {}; }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next >= m_count) return Poll{Poll::Kind::End};
        auto some = std::make_unique<Some>();
        some->first = m_next;
        some->count = std::min(m_atOnce, m_count - m_next);
        m_next += some->count;
        chunk = std::move(some);
        return Poll{};
    }
    Status snapshot(StateWriter& out) const override {
        out.i64("next", m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.i64("next"));
        return {};
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& some = static_cast<const Some&>(chunk);
        for (std::int64_t from = 0; from < some.count; from += step()) {
            ColumnBuilder numbers(Type::of(TypeId::Bigint));
            const std::int64_t to = std::min(some.count, from + static_cast<std::int64_t>(m_batchRows));
            for (std::int64_t i = from; i < to; ++i) numbers.append(some.first + i);
            Batch& batch = out.batches.emplace_back();
            batch.rows = numbers.size();
            batch.columns = {numbers.finish()};
            batch.positions.first = from;
        }
        out.rowsRead = static_cast<std::uint32_t>(some.count);
        return {};
    }

 protected:
    virtual std::int64_t step() const { return static_cast<std::int64_t>(m_batchRows); }
    const std::size_t m_batchRows;
    const std::int64_t m_count, m_atOnce;
    std::int64_t m_next = 0;

 private:
    struct Some final : Chunk {
        std::int64_t first = 0, count = 0;
    };
};

/// Loses a row between two batches.
class LosesRows final : public Numbers {
 public:
    using Numbers::Numbers;

 private:
    std::int64_t step() const override { return static_cast<std::int64_t>(m_batchRows) + 1; }
};

/// The same with full batches only.
class LosesRowsOfFullBatches final : public Numbers {
 public:
    explicit LosesRowsOfFullBatches(const MakeContext& context) : Numbers(context, 6'000, 5'000) {}

 private:
    std::int64_t step() const override { return Numbers::step() + (m_batchRows == 4'096 ? 1 : 0); }
};

/// Goes on `By` rows from where it was left.
template <int By>
class Misplaced final : public Numbers {
 public:
    using Numbers::Numbers;
    Status restore(const StateReader& state) override {
        RW_TRY(Numbers::restore(state));
        if (m_next > 0) m_next += By;
        return {};
    }
};

BoundNodeRef bindNumbers(BindContext&) {
    auto bound = std::make_shared<BoundNode>();
    StreamType& stream = bound->outputs.emplace_back();
    stream.schema = std::make_shared<const Schema>(Schema{{{"n", Type::of(TypeId::Bigint)}}});
    stream.sourceOrder = true;
    return bound;
}

/// Of one partition, but bound as one of several.
BoundNodeRef bindSeveral(BindContext& context) {
    auto bound = std::make_shared<BoundNode>(*bindNumbers(context));
    bound->outputs.front().sourceOrder = false;
    return bound;
}

/// Bound with another delay than it is made with.
BoundNodeRef bindLater(BindContext& context) {
    auto bound = std::make_shared<BoundNode>(*bindNumbers(context));
    bound->watermarkDelay = 1'000;
    return bound;
}

template <class Of>
Result<Made> makeSource(const BoundNode&, const MakeContext& context) {
    return Made(std::make_unique<Of>(context));
}

template <class Of>
NodeKind sourceKind(const char* type, BoundNodeRef (*bind)(BindContext&) = bindNumbers) {
    NodeKind kind;
    kind.type = type;
    kind.group = NodeGroup::Source;
    kind.outputs = {{"out", {}}};
    kind.bind = bind;
    kind.make = makeSource<Of>;
    return kind;
}

}  // namespace

std::vector<Mutant> mutants() {
    std::vector<Mutant> all = stateMutants();
    const std::string unread = "without the columns that reads() does not name";
    const std::vector<Mutant> others = {
        {operatorKind<ByPosition>("depends_on_batches_behind_a_rejected_port", bindSingle),
         "rows computed from those of a rejected port, seed 1, batches of 3 rows: port out: line"},
        {operatorKind<Backwards>("emits_backwards"), "batches of 3 rows: port out: line 1"},
        {operatorKind<CountsBatches>("counts_batches"),
         "batches of 3 rows: another number of rows is dropped as NULL"},
        {operatorKind<GoesBack>("watermark_goes_back"), "the watermark went back from"},
        {operatorKind<Silent>("emits_nothing"), "no row leaves"},
        {operatorKind<Honest>("takes_nothing", bindNever), "It takes no rows."},
        {operatorKind<Lagging>("watermark_depends_on_batches"), "port out: the watermark after"},
        {operatorKind<Unbounded>("emits_all_at_once", bindSingle), "rows in one call"},
        {operatorKind<NeverDone>("is_never_done"), "more to do for ever"},
        {operatorKind<CutsLargeBatches>("cuts_large_batches"), "batches of 4096 rows: port out: line 4001"},
        {operatorKind<ByArrival>("depends_on_arrival"), "rows over two wires, seed"},
        {operatorKind<Forgetful>("forgets_a_column"), unread + " it is ended"},
        {sinkKind("chart_forgets_a_column", bindForgetfulBars, makeChart<BarView, BarInfo>),
         unread + " it is ended"},
        {sinkKind("forgets_what_it_showed", bindBars, makeShown<ShownUntilLeft>),
         "gone on with in batches of"},
        {sinkKind("shows_one_row_of_a_batch", bindBars, makeShown<ShownNowAndThen>),
         "seed 1, batches of 7 rows: line 1"},
        {sinkKind("shows_nothing", bindBars, makeShown<ShownNever>),
         "of its rows nothing is written or shown"},
        {sinkKind("cannot_be_made", bindBars, makeNothing), "it fails: It is never made."},
        {sourceKind<Numbers>("is_bound_with_partitions", bindSeveral),
         "Its partitions and StreamType::sourceOrder differ."},
        {sourceKind<Numbers>("is_bound_with_another_delay", bindLater),
         "It does not get event time as it was bound."},
        {sourceKind<LosesRows>("loses_rows_between_batches"), "batches of 1 rows: line 2 of 100"},
        {sourceKind<LosesRowsOfFullBatches>("loses_rows_of_full_batches"), "batches of 4096 rows: line 4097"},
        {sourceKind<Misplaced<-1>>("repeats_a_row"),
         "left after 1 pieces of input, gone on with in batches of 4096: line 31 of 100"},
        {sourceKind<Misplaced<1>>("skips_a_row"),
         "left after 1 pieces of input, gone on with in batches of 4096: line 31 of 100"}};
    all.insert(all.end(), others.begin(), others.end());
    const std::vector<Mutant> ofTheWorld = {
        {queueKind("acknowledges_at_once", QueueFault::AcknowledgesAtOnce),
         "never told, it fails: Message 3 was"},
        {queueKind("acknowledges_at_barriers", QueueFault::AcknowledgesAtBarriers),
         "at a barrier that comes to nothing, it fails: Message 3 was"},
        {queueKind("acknowledges_all_so_far", QueueFault::AcknowledgesAll),
         "told late, it fails: Message 3 was"},
        {queueKind("cannot_hear_twice", QueueFault::CantHearTwice), "it fails: It was told before."},
        {topicKind("says_committed", TopicFault::SaysCommitted),
         "it says that what was only prepared is committed"},
        {topicKind("says_lost", TopicFault::SaysLost), "it says that what was committed is not"},
        {topicKind("does_not_shut_out", TopicFault::DoesNotShutOut), "who was shut out can still commit"},
        {topicKind("forgets_to_commit", TopicFault::ForgetsToCommit),
         "it says that what was committed is not"}};
    all.insert(all.end(), ofTheWorld.begin(), ofTheWorld.end());
    const std::vector<Mutant> ofWindows = windowMutants();
    all.insert(all.end(), ofWindows.begin(), ofWindows.end());
    const std::vector<Mutant> ofWaiting = waitingMutants();
    all.insert(all.end(), ofWaiting.begin(), ofWaiting.end());
    return all;
}

std::vector<NodeKind> honestKinds() {
    return {operatorKind<Honest>("passes_on"),
            operatorKind<Honest>("passes_on_in_order", bindSingle),
            operatorKind<Honest>("passes_on_from_one_source", bindInSourceOrder),
            countsKind(),
            inWindowsKind(),
            sinkKind("bars", bindBars, makeChart<BarView, BarInfo>),
            sourceKind<Numbers>("numbers"),
            queueKind("queue"),
            readQueueKind("read_queue"),
            topicKind("topic"),
            greetedKind(),
            waitsKind(),
            messagesKind("json"),
            messagesKind("csv"),
            messagesKind("text"),
            messagesKind("avro"),
            messagesKind("debezium")};
}

}  // namespace rw::test

#include "tests/engine/failing_world.h"

#include <new>
#include <utility>

#include "core/data/column.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/nodes/catalogue.h"
#include "core/nodes/source_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw::test {

World& World::the() {
    static World world;
    return world;
}

void World::clear() {
    fails.clear();
    failsFrom.clear();
    code = ErrorCode::Io;
    isTransactional = true;
    inPlace = readOnce = taken = lasts = outOfMemory = false;
    const std::lock_guard lock(m_mutex);
    m_calls.clear();
    m_placed.clear();
    m_prepared.clear();
    m_lengths.clear();
    m_newest.reset();
    m_finished = false;
}

Status World::ask(const std::string& what) {
    const std::lock_guard lock(m_mutex);
    const int call = ++m_calls[what];
    const auto from = failsFrom.find(what);
    const auto some = fails.find(what);
    const bool failing = (from != failsFrom.end() && call >= from->second) ||
                         (some != fails.end() && some->second.contains(call));
    if (!failing) return {};
    if (outOfMemory) throw std::bad_alloc();
    Error error{code, RW_TEXT("test", "The world failed: %1.").with(what)};
    error.lasts = lasts;
    return Status(std::move(error));
}

int World::calls(const std::string& what) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_calls.find(what);
    return found != m_calls.end() ? found->second : 0;
}

std::vector<std::int64_t> World::placed() const {
    const std::lock_guard lock(m_mutex);
    return m_placed;
}

void World::place(std::int64_t row) {
    const std::lock_guard lock(m_mutex);
    m_placed.push_back(row);
}

void World::prepare(Epoch epoch, std::vector<std::int64_t> rows) {
    const std::lock_guard lock(m_mutex);
    m_prepared[epoch] = std::move(rows);
}

void World::commit(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    while (!m_prepared.empty() && m_prepared.begin()->first <= epoch) {
        const auto first = m_prepared.begin();
        m_placed.insert(m_placed.end(), first->second.begin(), first->second.end());
        m_lengths[first->first] = m_placed.size();
        m_prepared.erase(first);
    }
}

void World::goOnFrom(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    m_prepared.erase(m_prepared.upper_bound(epoch), m_prepared.end());
    const auto later = m_lengths.upper_bound(epoch);
    if (later == m_lengths.end()) return;
    m_placed.resize(later == m_lengths.begin() ? 0 : std::prev(later)->second);
    m_lengths.erase(later, m_lengths.end());
}

void World::keep(StateSnapshot snapshot) {
    const std::lock_guard lock(m_mutex);
    m_newest = std::make_shared<const StateSnapshot>(std::move(snapshot));
}

std::shared_ptr<const StateSnapshot> World::newest() const {
    const std::lock_guard lock(m_mutex);
    return m_newest;
}

bool World::finished() const {
    const std::lock_guard lock(m_mutex);
    return m_finished;
}

void World::finish() {
    const std::lock_guard lock(m_mutex);
    m_finished = true;
}

namespace {

class ShelfStore final : public CheckpointStore {
 public:
    const std::string& lineage() const override { return m_lineage; }
    Status open(const MakeContext&) override { return World::the().ask("open store"); }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        RW_TRY(World::the().ask("store"));
        World::the().keep(snapshot);
        return CheckpointSize{1, 1};
    }
    Status finish() override {
        RW_TRY(World::the().ask("finish"));
        World::the().finish();
        return {};
    }
    void close() override {}
    Result<ResumePoint> next() const override {
        RW_TRY(World::the().ask("read store"));
        if (World::the().taken) return Status(ErrorCode::Invalid, RW_TEXT("test", "It was taken."));
        ResumePoint next;
        next.store = shelfStore();
        next.restore = World::the().newest();
        next.finished = World::the().finished();
        return next;
    }

 private:
    const std::string m_lineage = "line";
};

struct Number final : Chunk {
    std::int64_t n = 0;
};

class BoundCounter final : public BoundSource {
 public:
    std::int64_t rows = 0;
};

class Counter final : public Source {
 public:
    Counter(const BoundCounter& bound, const MakeContext& context) : m_bound(bound), m_clock(context.clock) {
        setTiming(*this, bound);
    }
    Status open() override { return World::the().ask("open source"); }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next == m_bound.rows) return Poll{Poll::Kind::End, 0, 0};
        const std::int64_t now = m_clock->steadyMillis();
        if (now < m_dueAt) return Poll{Poll::Kind::Wait, m_dueAt, 0};
        RW_TRY(World::the().ask("read"));
        m_dueAt = now + 1;
        auto made = std::make_unique<Number>();
        made->n = m_next++;
        chunk = std::move(made);
        return Poll{Poll::Kind::Ready, 0, 0};
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const SchemaRef& schema = m_bound.outputs.front().schema;
        ColumnBuilder column(schema->fields.front().type);
        column.append(static_cast<const Number&>(chunk).n);
        Batch& batch = out.batches.emplace_back();
        batch.schema = schema;
        batch.rows = 1;
        batch.positions.first = 0;
        batch.columns.push_back(column.finish());
        out.rowsRead = 1;
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        out.i64("next", m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.i64("next"));
        return {};
    }

 private:
    const BoundCounter& m_bound;
    const std::shared_ptr<Clock> m_clock;
    std::int64_t m_next = 0;
    std::int64_t m_dueAt = 0;  ///< steady milliseconds
};

class Ledger final : public Sink {
 public:
    explicit Ledger(const MakeContext& context)
        : m_isTransactional(!context.checkpoints.empty() && World::the().isTransactional) {}
    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_isTransactional; }
    Status open() override {
        RW_TRY(World::the().ask("open sink"));
        if (m_isTransactional) World::the().goOnFrom(m_from);
        return {};
    }
    Status onBatch(const Batch& batch) override {
        RW_TRY(World::the().ask("write"));
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const std::int64_t n = batch.column(0).at<std::int64_t>(row);
            if (!m_isTransactional && World::the().inPlace) {
                World::the().place(n);
                m_wrote = true;
            } else {
                m_rows.push_back(n);
            }
        }
        return {};
    }
    Status prepare(Epoch epoch) override {
        RW_TRY(World::the().ask("prepare"));
        World::the().prepare(epoch, std::exchange(m_rows, {}));
        m_prepared = epoch;
        return {};
    }
    Status commit(Epoch epoch) override {
        RW_TRY(World::the().ask("commit"));
        World::the().commit(epoch);
        return {};
    }
    void abort() override {
        m_rows.clear();
        (void)World::the().ask("abort");
    }
    void close() override { (void)World::the().ask("close"); }
    bool hasVisibleOutput() const override { return m_wrote; }
    Status snapshot(StateWriter& out) const override {
        out.u64("epoch", m_prepared);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_from, state.u64("epoch"));
        return {};
    }

 private:
    const bool m_isTransactional;
    std::vector<std::int64_t> m_rows;
    Epoch m_from = 0, m_prepared = 0;
    bool m_wrote = false;
};

BoundNodeRef bindCounter(BindContext& context) {
    auto bound = std::make_shared<BoundCounter>();
    bound->rows = context.integer("rows");
    bound->readOnce = World::the().readOnce;
    bindTiming(context, Schema{{{"n", Type::of(TypeId::Bigint)}}}, *bound);
    bound->outputs.push_back(sourceRejectedStream());
    return context.failed() ? nullptr : bound;
}

Result<Made> makeCounter(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Counter>(static_cast<const BoundCounter&>(bound), context));
}

BoundNodeRef bindLedger(BindContext&) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return bound;
}

Result<Made> makeLedger(const BoundNode&, const MakeContext& context) {
    return Made(std::make_unique<Ledger>(context));
}

}  // namespace

std::shared_ptr<CheckpointStore> shelfStore() {
    return std::make_shared<ShelfStore>();
}

const Catalogue& failingKinds() {
    static const Catalogue kKinds = [] {
        std::vector<NodeKind> all = builtin().kinds();
        NodeKind counter;
        counter.type = "counter";
        counter.group = NodeGroup::Source;
        counter.outputs = {{"out", {}}, rejectedPort()};
        counter.params = {makeParam("rows", ParamKind::Integer, {}, {}, 300)};
        for (ParamSpec& shared : timingParams()) counter.params.push_back(std::move(shared));
        counter.bind = bindCounter;
        counter.make = makeCounter;
        all.push_back(std::move(counter));
        NodeKind ledger;
        ledger.type = "ledger";
        ledger.group = NodeGroup::Sink;
        ledger.inputs = {{"in", {}}};
        ledger.bind = bindLedger;
        ledger.make = makeLedger;
        all.push_back(std::move(ledger));
        return Catalogue(std::move(all));
    }();
    return kKinds;
}

}  // namespace rw::test

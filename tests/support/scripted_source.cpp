#include "tests/support/scripted_source.h"

#include <algorithm>
#include <set>

#include "core/connect/kafka/kafka_partition.h"
#include "core/nodes/source_params.h"
#include "core/stream/recording/tells_offsets.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw::test {

Outside& Outside::named(const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, Outside> all;
    const std::lock_guard lock(mutex);
    return all[name];
}

void Outside::clear() {
    const std::lock_guard lock(m_mutex);
    m_events.clear();
    m_ended = false;
    m_timesHeld = 0;
}

void Outside::add(Event event) {
    std::shared_ptr<SourceWaker> waker;
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
        waker = m_waker;
    }
    if (waker) waker->wake();
}

void Outside::rows(const std::string& partition, std::vector<ScriptedRow> rows, std::int64_t at) {
    add({partition, std::move(rows), PartitionState::Live, at});
}

void Outside::news(const std::string& partition, PartitionState state, std::int64_t at) {
    add({partition, {}, state, at});
}

void Outside::end() {
    std::shared_ptr<SourceWaker> waker;
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        waker = m_waker;
    }
    if (waker) waker->wake();
}

void Outside::forget(const std::string& partition) {
    const std::lock_guard lock(m_mutex);
    for (Event& event : m_events) {
        if (event.partition == partition) event = {{}, {}, PartitionState::Live, 0};
    }
}

std::shared_ptr<SourceWaker> Outside::waker() const {
    const std::lock_guard lock(m_mutex);
    return m_waker;
}

int Outside::timesHeld() const {
    const std::lock_guard lock(m_mutex);
    return m_timesHeld;
}

namespace {

class BoundScripted final : public BoundSource, public TellsPartitions {
 public:
    std::optional<TopicPartition> partitionOf(std::string_view name) const override {
        return topicPartitionOf(name);
    }

    std::string outside{};
};

struct ScriptedRows final : Chunk {
    std::vector<ScriptedRow> rows;
};

}  // namespace

class ScriptedSource final : public Source, public TellsOffsets {
 public:
    ScriptedSource(const BoundScripted& bound, const MakeContext& context)
        : m_bound(bound), m_context(context), m_outside(Outside::named(bound.outside)) {
        setTiming(*this, bound);
        several = true;
    }

    void setWaker(std::shared_ptr<SourceWaker> waker) override {
        const std::lock_guard lock(m_outside.m_mutex);
        m_outside.m_waker = std::move(waker);
    }

    /// Events before the first rows are known from the start; after restore() all earlier ones.
    Status open() override {
        const std::lock_guard lock(m_outside.m_mutex);
        for (std::size_t i = 0; i < m_done.size(); ++i) {
            if (m_done[i]) tell(m_outside.m_events[i]);
        }
        if (!m_done.empty()) return {};
        for (const Outside::Event& event : m_outside.m_events) {
            if (!event.rows.empty() || event.at > 0) break;
            m_done.push_back(true);
            tell(event);
        }
        return {};
    }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        const std::lock_guard lock(m_outside.m_mutex);
        const auto& events = m_outside.m_events;
        m_done.resize(events.size(), false);
        Poll wait{Poll::Kind::Wait, Poll::kUntilWoken, 0};
        bool left = false;
        if (m_outside.m_ended) endPartitions();
        for (std::size_t i = 0; i < events.size(); ++i) {
            const Outside::Event& event = events[i];
            if (m_done[i]) continue;
            left = true;
            if (event.at > m_context.clock->steadyMillis()) {
                wait.until = event.at;
                break;
            }
            if (held(event.partition)) continue;  // its news as well: in order
            m_done[i] = true;
            tell(event);
            if (event.rows.empty()) continue;
            auto made = std::make_unique<ScriptedRows>();
            made->rows = event.rows;
            chunk = std::move(made);
            return Poll{Poll::Kind::Ready, 0, indexOf(event.partition)};
        }
        if (!left && m_outside.m_ended) return Poll{Poll::Kind::End, 0, 0};
        return wait;
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& rows = static_cast<const ScriptedRows&>(chunk).rows;
        for (std::size_t from = 0; from < rows.size(); from += m_context.batchRows) {
            const std::size_t to = std::min(rows.size(), from + m_context.batchRows);
            const SchemaRef& schema = m_bound.outputs.front().schema;
            std::vector<ColumnBuilder> columns;
            for (const Field& field : schema->fields) columns.emplace_back(field.type);
            for (std::size_t row = from; row < to; ++row) {
                columns[0].appendString(rows[row].key);
                columns[1].append(static_cast<std::int32_t>(rows[row].value));
                if (rows[row].time == kMinTimestamp) {
                    columns[2].appendNull();
                } else {
                    columns[2].append(rows[row].time);
                }
            }
            Batch& batch = out.batches.emplace_back();
            batch.schema = schema;
            batch.rows = to - from;
            batch.positions.first = static_cast<std::int64_t>(from);
            for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
        }
        out.rowsRead = static_cast<std::uint32_t>(rows.size());
        return {};
    }

    RowOffsets offsets(const Chunk& chunk) const override {
        RowOffsets all;
        for (const ScriptedRow& row : static_cast<const ScriptedRows&>(chunk).rows) {
            if (row.offset < 0) return {};
            all.add(row.offset);
        }
        return all;
    }

    std::vector<PartitionEvent> takePartitionEvents() override { return std::exchange(m_news, {}); }

    void hold(int partition, bool isHeld) override {
        m_held[m_found[static_cast<std::size_t>(partition)]] = isHeld;
        const std::lock_guard lock(m_outside.m_mutex);
        if (isHeld) ++m_outside.m_timesHeld;
    }

    Status snapshot(StateWriter& out) const override {
        std::string done;
        for (const bool one : m_done) done += one ? '1' : '0';
        out.bytes("done", done);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(const std::string_view done, state.bytes("done"));
        for (const char one : done) m_done.push_back(one == '1');
        return {};
    }

 private:
    bool held(const std::string& name) const {
        const auto found = m_held.find(name);
        return found != m_held.end() && found->second;
    }
    int indexOf(const std::string& name) const {
        return static_cast<int>(std::find(m_found.begin(), m_found.end(), name) - m_found.begin());
    }
    /// Nothing will happen any more: partitions whose rows were all given have ended, and those that are held
    /// need not wait for them.
    void endPartitions() {
        for (const std::string& name : m_found) {
            bool left = false;
            for (std::size_t i = 0; i < m_done.size(); ++i)
                left = left || (!m_done[i] && m_outside.m_events[i].partition == name);
            if (!left && m_ended.insert(name).second) m_news.push_back({name, PartitionState::Ended, {}});
        }
    }
    void tell(const Outside::Event& event) {
        if (event.partition.empty()) return;
        const bool known = indexOf(event.partition) < static_cast<int>(m_found.size());
        if (!known) m_found.push_back(event.partition);
        if (!known || event.rows.empty()) m_news.push_back({event.partition, event.state, {}});
    }

    const BoundScripted& m_bound;
    const MakeContext m_context;
    Outside& m_outside;
    std::vector<bool> m_done;  ///< events
    std::vector<std::string> m_found;
    std::vector<PartitionEvent> m_news;
    std::map<std::string, bool> m_held;
    std::set<std::string> m_ended;
};

namespace {

BoundNodeRef bindScripted(BindContext& context) {
    auto bound = std::make_shared<BoundScripted>();
    bound->outside = context.text("outside");
    bindTiming(context,
               Schema{{{"k", Type::of(TypeId::String)},
                       {"v", Type::of(TypeId::Int)},
                       {"ts", Type::of(TypeId::Timestamp)}}},
               *bound);
    bound->outputs.front().sourceOrder = false;
    bound->outputs.push_back(sourceRejectedStream());
    bound->outputs.back().sourceOrder = false;
    return context.failed() ? nullptr : bound;
}

Result<Made> makeScripted(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<ScriptedSource>(static_cast<const BoundScripted&>(bound), context));
}

}  // namespace

Catalogue withScriptedSource(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    NodeKind kind;
    kind.type = "scripted";
    kind.palette = {{RW_TEXT("test", "Scripted"), RW_TEXT("test", "Rows that a test gives"), "table"}};
    kind.group = NodeGroup::Source;
    kind.outputs = {{"out", {}}, rejectedPort()};
    kind.params = {makeParam("outside", ParamKind::String, {}, {}, "world")};
    for (ParamSpec& shared : timingParams()) kind.params.push_back(std::move(shared));
    kind.bind = bindScripted;
    kind.make = makeScripted;
    all.push_back(std::move(kind));
    return Catalogue(std::move(all));
}

}  // namespace rw::test

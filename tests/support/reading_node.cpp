#include "tests/support/reading_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/nodes/source_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/waiting/blocking_source.h"
#include "tests/support/batch_of.h"
#include "tests/support/noon.h"

namespace rw::test {

namespace {

constexpr std::int64_t kPiece = 5;

struct ReadingParams {
    std::int64_t rows = 0, partitions = 0, delay = 0, cuts = 0;
    std::string broken{};
    bool hangs = false, holdsOn = false;
};

struct BoundReading final : BoundSource {
    ReadingParams reading{};
};

struct Numbers final : Chunk {
    std::vector<std::int64_t> numbers{};
    std::int64_t next = 0;  ///< of its partition, behind it
};

/// Per partition: the rows before this were read, or given.
using NextRows = std::vector<std::int64_t>;

std::string partitionName(std::size_t partition) {
    return fmt::format("p{}", partition);
}

class NumberReader final : public SourceReader {
 public:
    NumberReader(ReadingParams how, NextRows next, std::shared_ptr<Clock> clock)
        : m_how(std::move(how)), m_next(std::move(next)), m_clock(std::move(clock)) {
        ++ReadWorld::instance().readers;
    }
    ~NumberReader() override { --ReadWorld::instance().readers; }

    Result<Read> read(Millis within, ReadOutput& out) override {
        ReadWorld& world = ReadWorld::instance();
        ++world.calls;
        if (m_how.hangs) world.passBy();
        const std::int64_t until = m_clock->steadyMillis() + within;
        for (std::size_t i = 0; m_how.partitions > 0 && i < m_next.size(); ++i)
            (void)out.partition(partitionName(i));
        if (std::exchange(m_cut, false)) tellAll(out, PartitionState::Live);
        if (!std::exchange(m_began, true)) tellEnded(out);
        const int partition = choose(out);
        if (partition < 0) return atEnd() ? Read::End : Read::Nothing;
        const std::uint64_t chance = splitMix64(static_cast<std::uint64_t>(m_pieces), 7);
        if (m_dueAt < 0) m_dueAt = m_clock->steadyMillis() + below(chance, m_how.delay);
        if (m_dueAt > until) {
            if (within > 0) m_clock->sleep(within);
            return Read::Nothing;
        }
        if (m_dueAt > m_clock->steadyMillis()) m_clock->sleep(m_dueAt - m_clock->steadyMillis());
        m_dueAt = -1;
        ++m_pieces;
        if (m_cuts < m_how.cuts && chance % 3 == 0) {
            ++m_cuts;
            m_cut = true;
            tellAll(out, PartitionState::Disconnected);
            return Read::Some;
        }
        const std::int64_t half = m_how.rows / std::max<std::int64_t>(m_how.partitions, 1) / 2;
        if (m_next[static_cast<std::size_t>(partition)] >= half) {
            if (m_how.broken == "throw") throw std::runtime_error("the world is broken");
            if (m_how.broken == "error")
                return Status(ErrorCode::Invalid, RW_TEXT("test", "The world is broken."));
        }
        give(partition, out);
        return atEnd() ? Read::End : Read::Some;
    }

    Status acknowledge(const NextRows& next) const {
        if (m_how.holdsOn && next.front() >= m_how.rows) ReadWorld::instance().passBy();
        if (m_how.broken == "acknowledge")
            return {ErrorCode::Invalid, RW_TEXT("test", "The world is broken.")};
        for (std::size_t i = 0; i < next.size(); ++i)
            ReadWorld::instance().acknowledge(static_cast<int>(i), next[i]);
        return {};
    }

 private:
    static std::int64_t below(std::uint64_t chance, std::int64_t n) {
        return n > 0 ? static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(n)) : 0;
    }
    std::int64_t rowsOf(std::size_t partition) const {
        const auto all = static_cast<std::int64_t>(m_next.size());
        return (m_how.rows - static_cast<std::int64_t>(partition) + all - 1) / all;
    }
    bool atEnd() const {
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            if (m_next[i] < rowsOf(i)) return false;
        }
        return true;
    }
    /// One with rows that may be read, in turn; -1: none.
    int choose(const ReadOutput& out) {
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            const std::size_t partition = (m_turn + i) % m_next.size();
            if (m_next[partition] >= rowsOf(partition) || !out.wants(static_cast<int>(partition))) continue;
            return static_cast<int>(partition);
        }
        return -1;
    }
    void tellAll(ReadOutput& out, PartitionState state) {
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            if (m_how.partitions == 0 || m_next[i] < rowsOf(i))
                out.tell(state, RW_TEXT("test", "The world is away."), static_cast<int>(i));
        }
    }
    /// Those that a run before this one has read to their end.
    void tellEnded(ReadOutput& out) const {
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            if (m_how.partitions > 0 && m_next[i] >= rowsOf(i))
                out.tell(PartitionState::Ended, {}, static_cast<int>(i));
        }
    }
    void give(int partition, ReadOutput& out) {
        const auto at = static_cast<std::size_t>(partition);
        const auto all = static_cast<std::int64_t>(m_next.size());
        auto chunk = std::make_unique<Numbers>();
        for (std::int64_t& next = m_next[at];
             next < rowsOf(at) && static_cast<std::int64_t>(chunk->numbers.size()) < kPiece; ++next)
            chunk->numbers.push_back(next * all + partition);
        chunk->next = m_next[at];
        ReadWorld& world = ReadWorld::instance();
        world.most = std::max(world.most.load(), ++world.pieces - world.given.load());
        out.give(std::move(chunk), 100, partition);
        if (m_how.partitions > 0 && m_next[at] == rowsOf(at)) out.tell(PartitionState::Ended, {}, partition);
        m_turn = at + 1;
    }

    const ReadingParams m_how;
    NextRows m_next;
    const std::shared_ptr<Clock> m_clock;
    std::int64_t m_dueAt = -1, m_pieces = 0, m_cuts = 0;
    std::size_t m_turn = 0;
    bool m_began = false, m_cut = false;
};

class ReadingSource final : public BlockingSource {
 public:
    ReadingSource(const BoundReading& bound, const MakeContext& context)
        : BlockingSource(context, {.pieces = 4}),
          m_how(bound.reading),
          m_schema(bound.outputs.front().schema),
          m_clock(context.clock),
          m_next(static_cast<std::size_t>(std::max<std::int64_t>(m_how.partitions, 1))) {
        setTiming(*this, bound);
        several = chooses = m_how.partitions > 0;
        acknowledges = true;
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        Rows rows;
        for (const std::int64_t number : static_cast<const Numbers&>(chunk).numbers)
            rows.push_back({Value(number), Value(kNoon + number * 1'000)});
        Batch batch = batchOf(m_schema, rows);
        batch.positions.first = 0;
        out.rowsRead = static_cast<std::uint32_t>(rows.size());
        out.batches.push_back(std::move(batch));
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        for (std::size_t i = 0; i < m_next.size(); ++i) out.i64(partitionName(i), m_next[i]);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, nextOf(state));
        m_restored = true;
        return {};
    }

 private:
    Result<NextRows> nextOf(const StateReader& state) const {
        NextRows next(m_next.size());
        for (std::size_t i = 0; i < next.size(); ++i) {
            RW_TRY_ASSIGN(next[i], state.i64(partitionName(i)));
        }
        return next;
    }
    Result<std::shared_ptr<SourceReader>> makeReader() override {
        m_reader = std::make_shared<NumberReader>(m_how, m_next, m_clock);
        return std::shared_ptr<SourceReader>(m_reader);
    }
    void given(const Chunk& chunk, int partition) override {
        ++ReadWorld::instance().given;
        m_next[static_cast<std::size_t>(partition)] = static_cast<const Numbers&>(chunk).next;
    }
    Result<std::function<Status()>> acknowledgement(const StateReader& position) override {
        RW_TRY_ASSIGN(const NextRows next, nextOf(position));
        return std::function<Status()>([reader = m_reader, next] { return reader->acknowledge(next); });
    }
    std::vector<std::string> knownPartitions() const override {
        std::vector<std::string> names;
        for (std::size_t i = 0; several && m_restored && i < m_next.size(); ++i)
            names.push_back(partitionName(i));
        return names;
    }

    const ReadingParams m_how;
    const SchemaRef m_schema;
    const std::shared_ptr<Clock> m_clock;
    NextRows m_next;
    bool m_restored = false;
    std::shared_ptr<NumberReader> m_reader{};
};

BoundNodeRef bindReading(BindContext& context) {
    auto bound = std::make_shared<BoundReading>();
    bound->reading = {context.integer("rows"), context.integer("partitions"), context.integer("delay"),
                      context.integer("cuts"), context.text("broken"),        context.flag("hangs"),
                      context.flag("holds_on")};
    bindTiming(context, Schema{{{"n", Type::of(TypeId::Bigint)}, {"ts", Type::of(TypeId::Timestamp)}}},
               *bound);
    bound->outputs.front().sourceOrder = bound->reading.partitions == 0;
    bound->outputs.push_back(sourceRejectedStream());
    bound->outputs.back().sourceOrder = bound->outputs.front().sourceOrder;
    return context.failed() ? nullptr : bound;
}

Result<Made> makeReading(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<ReadingSource>(static_cast<const BoundReading&>(bound), context));
}

}  // namespace

ReadWorld& ReadWorld::instance() {
    static ReadWorld world;
    return world;
}

void ReadWorld::clear() {
    letGo();
    calls = 0;
    pieces = given = most = 0;
    const std::lock_guard lock(m_mutex);
    m_acknowledged.clear();
}

void ReadWorld::hang() {
    const std::lock_guard lock(m_mutex);
    m_hangs = true;
}

void ReadWorld::letGo() {
    const std::lock_guard lock(m_mutex);
    m_hangs = false;
    m_changed.notify_all();
}

void ReadWorld::passBy() {
    ++hanging;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_hangs; });
    }
    --hanging;
}

void ReadWorld::acknowledge(int partition, std::int64_t next) {
    const std::lock_guard lock(m_mutex);
    m_acknowledged[partition] = std::max(m_acknowledged[partition], next);
}

std::int64_t ReadWorld::acknowledged(int partition) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_acknowledged.find(partition);
    return found != m_acknowledged.end() ? found->second : 0;
}

NodeKind readingKind() {
    NodeKind kind;
    kind.type = "reads_outside";
    kind.name = RW_TEXT("test", "Reads outside");
    kind.group = NodeGroup::Source;
    kind.outputs = {{"out", {}}, rejectedPort()};
    const auto param = [&kind](const char* name, ParamKind sort, Json preset) {
        kind.params.push_back(makeParam(name, sort, RW_TEXT("test", "Parameter"),
                                        RW_TEXT("test", "A parameter."), std::move(preset)));
    };
    for (const char* const name : {"rows", "partitions", "delay", "cuts"}) param(name, ParamKind::Integer, 0);
    param("broken", ParamKind::String, "");
    for (const char* const name : {"hangs", "holds_on"}) param(name, ParamKind::Boolean, false);
    for (ParamSpec& shared : timingParams()) kind.params.push_back(std::move(shared));
    kind.bind = bindReading;
    kind.make = makeReading;
    return kind;
}

Catalogue withReadingNode(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    all.push_back(readingKind());
    return Catalogue(std::move(all));
}

}  // namespace rw::test

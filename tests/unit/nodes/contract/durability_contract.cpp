// Sources that acknowledge, and sinks that decide: the rows in the outside world, whichever process was
// killed when.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/child.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/outside_world.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

namespace rw::test {

namespace {

constexpr int kMostRead = 2'000;                 // polls
constexpr int kReadBefore = 3, kReadBehind = 4;  // pieces that are read before a checkpoint, and behind it

using Lines = std::vector<std::string>;

/// A node in an outside world of its own.
class OwnWorld {
 public:
    OwnWorld(const NodeKind& kind, const Json& params)
        : m_kind(kind),
          m_bound(bindNode(kind, params,
                           kind.inputs.empty() ? std::vector<std::vector<StreamType>>()
                                               : inputsOf(kind, sampleStream()),
                           m_folder.path().string())
                      .node) {
        forgetOutside(kind);
    }

    bool binds() const { return m_bound != nullptr; }
    const BoundNode& bound() const { return *m_bound; }

    template <class Of>
    Result<std::unique_ptr<Of>> make() const {
        MakeContext context;
        context.node = "n";
        context.clock = m_clock;
        context.folder = m_folder.path().string();
        context.checkpoints = "line";
        context.connections = outsideConnections(m_kind);
        if (!m_kind.inputs.empty()) context.inputs.push_back({sampleStream()});
        if (!m_bound->outputs.empty()) context.wanted.assign(m_bound->outputs.front().schema->size(), true);
        RW_TRY_ASSIGN(Made made, m_kind.make(*m_bound, context));
        return std::get<std::unique_ptr<Of>>(std::move(made));
    }
    ManualClock& clock() const { return *m_clock; }

 private:
    const NodeKind& m_kind;
    const testing::ScratchFolder m_folder{"durability_contract"};
    const std::shared_ptr<ManualClock> m_clock = std::make_shared<ManualClock>();
    const BoundNodeRef m_bound;
};

// ── Sources ──

/// One that reads, from the beginning or from a state.
class ReadSource {
 public:
    explicit ReadSource(const OwnWorld& outside) : m_outside(outside) {}

    Status open(const std::string* state) {
        RW_TRY_ASSIGN(m_source, m_outside.make<Source>());
        if (state) {
            RW_TRY_ASSIGN(const StateReader reader, StateReader::open(*state));
            RW_TRY(m_source->restore(reader));
        }
        return m_source->open();
    }
    /// So many pieces, or all there are.
    Status read(int pieces) {
        for (int polls = 0; polls < kMostRead && pieces > 0; ++polls) {
            std::unique_ptr<Chunk> chunk;
            RW_TRY_ASSIGN(const Poll poll, m_source->poll(chunk));
            if (poll.kind == Poll::Kind::End) return {};
            if (!chunk) {
                m_outside.clock().advance(std::max<std::int64_t>(1, poll.until - m_outside.clock().steady));
                continue;
            }
            --pieces;
            ParsedChunk parsed;
            RW_TRY(m_source->parse(*chunk, parsed));
            Lines rows(parsed.rowsRead);
            for (const Batch& batch : parsed.batches) {
                for (std::size_t row = 0; row < batch.rows; ++row)
                    rows[static_cast<std::size_t>(batch.positions.at(row))] = rowText(batch, row);
            }
            for (const BadRow& bad : parsed.bad) rows[bad.index] = "bad, " + english(bad.reason);
            lines.insert(lines.end(), rows.begin(), rows.end());
        }
        return {};
    }
    Status snapshot(std::string& state) const {
        StateWriter writer;
        RW_TRY(m_source->snapshot(writer));
        state = writer.finish();
        return {};
    }
    Status tell(Epoch number, const std::string& state) const {
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        return m_source->checkpointed(number, reader);
    }
    Source& source() const { return *m_source; }
    Lines lines;

 private:
    const OwnWorld& m_outside;
    std::unique_ptr<Source> m_source;
};

/// A source is told something, and then it is gone, and another resumes.
struct Told {
    const char* what;
    bool barriers;      ///< it is at a barrier again, behind the rows read since
    int times;          ///< it is told of the first checkpoint
    bool afterMore;     ///< … and that late
    int timesRestored;  ///< the resumed source is told of it
};

Status readOn(const OwnWorld& outside, const Told& told, Lines& whole) {
    ReadSource first(outside);
    RW_TRY(first.open(nullptr));
    RW_TRY(first.read(kReadBefore));
    std::string state, newer;
    RW_TRY(first.snapshot(state));
    whole = first.lines;
    for (int i = 0; i < told.times && !told.afterMore; ++i) RW_TRY(first.tell(1, state));
    RW_TRY(first.read(kReadBehind));
    if (told.barriers) RW_TRY(first.snapshot(newer));
    for (int i = 0; i < told.times && told.afterMore; ++i) RW_TRY(first.tell(1, state));
    ReadSource second(outside);
    RW_TRY(second.open(&state));
    for (int i = 0; i < told.timesRestored; ++i) RW_TRY(second.tell(1, state));
    RW_TRY(second.read(kMostRead));
    whole.insert(whole.end(), second.lines.begin(), second.lines.end());
    second.source().finish();
    RW_TRY(second.snapshot(newer));
    RW_TRY(second.tell(2, newer));
    return second.tell(2, newer);
}

std::string sourceTrial(const NodeKind& kind, const Json& params) {
    static constexpr Told kAll[] = {{"never told", false, 0, false, 0},
                                    {"at a barrier that comes to nothing", true, 0, false, 0},
                                    {"told twice", false, 2, false, 0},
                                    {"told late", true, 1, true, 0},
                                    {"told again as it goes on", false, 1, false, 2}};
    Lines expected;
    {
        const OwnWorld outside(kind, params);
        ReadSource all(outside);
        Status status = all.open(nullptr);
        if (status.ok()) status = all.read(kMostRead);
        if (!status.ok()) return "it fails: " + english(status.error());
        expected = all.lines;
    }
    for (const Told& told : kAll) {
        const OwnWorld outside(kind, params);
        Lines found;
        const Status status = readOn(outside, told, found);
        if (!status.ok()) return fmt::format("{}, it fails: {}", told.what, english(status.error()));
        if (std::string why = firstDifference(expected, found); !why.empty())
            return fmt::format("{}: {}", told.what, why);
    }
    return {};
}

// ── Sinks ──

Status giveRows(Sink& sink, unsigned seed) {
    for (const Batch& batch : batches(sampleStream(), sampleRows(20, seed), 7)) {
        if (batch.rows > 0) RW_TRY(sink.onBatch(batch));
    }
    return {};
}

/// A sink at the barrier of checkpoint 1, which has rows of it; `state` is the state it wrote.
Result<std::unique_ptr<Sink>> prepared(const OwnWorld& outside, std::string& state) {
    RW_TRY_ASSIGN(std::unique_ptr<Sink> sink, outside.make<Sink>());
    RW_TRY(sink->open());
    RW_TRY(giveRows(*sink, 1));
    RW_TRY(sink->prepare(1));
    StateWriter writer;
    RW_TRY(sink->snapshot(writer));
    state = writer.finish();
    return sink;
}

Result<bool> answer(const OwnWorld& outside, const std::string& state, bool opens = false) {
    RW_TRY_ASSIGN(const std::unique_ptr<Sink> sink, outside.make<Sink>());
    RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
    RW_TRY(sink->restore(reader));
    RW_TRY_ASSIGN(const bool committed, sink->isCommitted(1));
    if (!opens) return committed;
    // As a run goes on.
    RW_TRY(sink->open());
    RW_TRY(sink->commit(1));
    RW_TRY(giveRows(*sink, 2));
    RW_TRY(sink->prepare(2));
    RW_TRY(sink->commit(2));
    RW_TRY(sink->commit(2));
    sink->close();
    return committed;
}

Result<std::string> sinkTrial(const NodeKind& kind, const Json& params) {
    {
        const OwnWorld outside(kind, params);
        std::string state;
        RW_TRY_ASSIGN(std::unique_ptr<Sink> sink, prepared(outside, state));
        if (!sink->decides()) return std::string();
        RW_TRY(sink->commit(1));
        RW_TRY(sink->commit(1));
        sink.reset();
        for (const bool opens : {false, true}) {
            RW_TRY_ASSIGN(const bool there, answer(outside, state, opens));
            if (!there) return std::string("it says that what was committed is not");
        }
    }
    const OwnWorld outside(kind, params);
    std::string state;
    RW_TRY_ASSIGN(const std::unique_ptr<Sink> sink, prepared(outside, state));
    for (int times = 0; times < 2; ++times) {
        RW_TRY_ASSIGN(const bool there, answer(outside, state));
        if (there) return std::string("it says that what was only prepared is committed");
    }
    if (sink->commit(1).ok()) return std::string("who was shut out can still commit");
    return std::string();
}

}  // namespace

std::string durabilityFault(const NodeKind& kind) {
    for (Json params : variants(kind)) {
        // When a row comes is by the clock, which a source that waits looks at at other times.
        params.erase("arrival_time");
        const OwnWorld outside(kind, params);
        if (!outside.binds() || outside.bound().live) continue;
        std::string fault;
        if (kind.inputs.empty()) {
            const auto source = outside.make<Source>();
            if (source.ok() && (*source)->acknowledges) fault = sourceTrial(kind, params);
        } else {
            const auto sink = outside.make<Sink>();
            if (!sink.ok() || !(*sink)->isTransactional() || !(*sink)->decides()) continue;
            if (!decidesOutside(kind)) continue;
            const Result<std::string> found = sinkTrial(kind, params);
            fault = found.ok() ? *found : "it fails: " + english(found.error());
        }
        if (!fault.empty()) return fmt::format("{} {}: {}", kind.type, params.dump(), fault);
    }
    return {};
}

}  // namespace rw::test

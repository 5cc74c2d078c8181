#include "tests/support/broker_nodes.h"

#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/nodes/source_params.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/waiting/blocking_source.h"
#include "tests/support/fake_broker.h"
#include "tests/support/simulated_clock.h"

namespace rw::test {

namespace {

/// All rows of a source that ends, each a message.
Result<std::vector<std::string>> rowsAsMessages(Source& source, SimulatedClock& clock) {
    std::vector<std::string> messages;
    RW_TRY(source.open());
    for (;;) {
        std::unique_ptr<Chunk> chunk;
        RW_TRY_ASSIGN(const Poll poll, source.poll(chunk));
        if (poll.kind == Poll::Kind::Wait) (void)clock.skipTo(poll.until);
        if (poll.kind == Poll::Kind::End) return messages;
        if (poll.kind != Poll::Kind::Ready) continue;
        ParsedChunk parsed;
        RW_TRY(source.parse(*chunk, parsed));
        const std::size_t first = messages.size();
        messages.resize(first + parsed.rowsRead);
        for (const Batch& batch : parsed.batches) {
            StateWriter message;
            message.batch("row", batch);
            messages[first + static_cast<std::size_t>(batch.positions.at(0))] = message.finish();
        }
        for (const BadRow& bad : parsed.bad) {
            StateWriter message;
            message.bytes("wrong", english(bad.reason));
            message.bytes("text", bad.text);
            messages[first + bad.index] = message.finish();
        }
    }
}

struct Message final : Chunk {
    std::string content{};
    std::uint64_t next = 0;  ///< behind it
};

/// A message as a row of the source.
Status parseMessage(const Chunk& chunk, const BoundNode& bound, ParsedChunk& out) {
    RW_TRY_ASSIGN(const StateReader message, StateReader::open(static_cast<const Message&>(chunk).content));
    out.rowsRead = 1;
    if (message.has("wrong")) {
        RW_TRY_ASSIGN(const std::string_view wrong, message.bytes("wrong"));
        RW_TRY_ASSIGN(const std::string_view text, message.bytes("text"));
        out.reject(0, RW_TEXT("test", "%1").with(std::string(wrong)), text);
        return {};
    }
    RW_TRY_ASSIGN(Batch batch, message.batch("row"));
    batch.schema = bound.outputs.front().schema;
    batch.positions = {};
    batch.positions.first = 0;
    out.batches.push_back(std::move(batch));
    return {};
}

/// The rows that the node declares, where the queue is not there yet.
Status fillQueue(FakeBroker& broker, const BoundNode& bound, const MakeContext& made) {
    if (broker.isFilled(made.node)) return {};
    MakeContext context = made;
    const auto clock = std::make_shared<SimulatedClock>(made.clock->now());
    context.clock = clock;
    context.batchRows = 1;
    context.wanted.assign(context.wanted.size(), true);
    static const MakeFn kMakeRows = builtin().find("rows")->make;
    RW_TRY_ASSIGN(Made rows, kMakeRows(bound, context));
    RW_TRY_ASSIGN(const std::vector<std::string> messages,
                  rowsAsMessages(*std::get<std::unique_ptr<Source>>(rows), *clock));
    return broker.fill(made.node, messages);
}

Status messageGone(std::uint64_t number) {
    return {ErrorCode::Invalid, RW_TEXT("test", "Message %1 was acknowledged, and is gone.").with(number)};
}

/// Waits for the broker in each call.
class QueueReader final : public SourceReader {
 public:
    QueueReader(FakeBroker& broker, std::string queue, std::uint64_t next, bool restored,
                std::shared_ptr<Clock> clock)
        : m_broker(broker),
          m_queue(std::move(queue)),
          m_next(next),
          m_restored(restored),
          m_clock(std::move(clock)) {}

    Result<Read> read(Millis within, ReadOutput& out) override {
        if (!m_opened) RW_TRY(begin());
        if (m_next == m_count) return Read::End;
        const std::int64_t now = m_clock->steadyMillis();
        if (now < m_dueAt && within == 0) return Read::Nothing;
        if (now < m_dueAt) m_clock->sleep(m_dueAt - now);
        auto message = std::make_unique<Message>();
        RW_TRY_ASSIGN(message->content, m_broker.receive(m_queue, m_next));
        m_dueAt = m_clock->steadyMillis() + 1;
        message->next = ++m_next;
        const std::size_t bytes = message->content.size();
        out.give(std::move(message), bytes);
        return Read::Some;
    }
    Status acknowledge(std::uint64_t next) { return m_broker.acknowledge(m_queue, next); }

 private:
    Status begin() {
        RW_TRY_ASSIGN(const FakeBroker::Extent extent, m_broker.extent(m_queue));
        m_count = extent.count;
        if (!m_restored) m_next = extent.first;
        if (m_next < extent.first) return messageGone(m_next);
        m_opened = true;
        return {};
    }
    FakeBroker& m_broker;
    const std::string m_queue;
    std::uint64_t m_next, m_count = 0;
    const bool m_restored;
    const std::shared_ptr<Clock> m_clock;
    bool m_opened = false;
    std::int64_t m_dueAt = 0;  ///< steady milliseconds
};

class ReadQueueSource final : public BlockingSource {
 public:
    ReadQueueSource(const BoundNode& bound, const MakeContext& context)
        : BlockingSource(context, {.pieces = 8}),
          m_bound(bound),
          m_context(context),
          m_broker(FakeBroker::of(context.folder)) {
        setTiming(*this, static_cast<const BoundSource&>(bound));
        acknowledges = true;
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        return parseMessage(chunk, m_bound, out);
    }
    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.u64("next"));
        m_restored = true;
        return {};
    }

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override {
        RW_TRY(fillQueue(m_broker, m_bound, m_context));
        m_reader =
            std::make_shared<QueueReader>(m_broker, m_context.node, m_next, m_restored, m_context.clock);
        return std::shared_ptr<SourceReader>(m_reader);
    }
    void given(const Chunk& chunk, int) override { m_next = static_cast<const Message&>(chunk).next; }
    Result<std::function<Status()>> acknowledgement(const StateReader& position) override {
        RW_TRY_ASSIGN(const std::uint64_t next, position.u64("next"));
        return std::function<Status()>([reader = m_reader, next] { return reader->acknowledge(next); });
    }

    const BoundNode& m_bound;
    const MakeContext m_context;
    FakeBroker& m_broker;
    std::uint64_t m_next = 0;
    bool m_restored = false;
    std::shared_ptr<QueueReader> m_reader{};
};

class QueueSource final : public Source {
 public:
    QueueSource(const BoundNode& bound, const MakeContext& context, QueueFault fault)
        : m_bound(bound), m_context(context), m_fault(fault), m_broker(FakeBroker::of(context.folder)) {
        setTiming(*this, static_cast<const BoundSource&>(bound));
        acknowledges = true;
    }

    Status open() override {
        RW_TRY(fillQueue(m_broker, m_bound, m_context));
        RW_TRY_ASSIGN(const FakeBroker::Extent extent, m_broker.extent(m_context.node));
        m_count = extent.count;
        if (!m_restored) m_next = extent.first;
        return m_next >= extent.first ? Status() : messageGone(m_next);
    }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next == m_count) return Poll{Poll::Kind::End};
        const std::int64_t now = m_context.clock->steadyMillis();
        if (now < m_dueAt) return Poll{Poll::Kind::Wait, m_dueAt};
        auto message = std::make_unique<Message>();
        RW_TRY_ASSIGN(message->content, m_broker.receive(m_context.node, m_next));
        m_dueAt = now + 1;
        ++m_next;
        if (m_fault == QueueFault::AcknowledgesAtOnce) RW_TRY(m_broker.acknowledge(m_context.node, m_next));
        chunk = std::move(message);
        return Poll{};
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        return parseMessage(chunk, m_bound, out);
    }

    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        if (m_fault == QueueFault::AcknowledgesAtBarriers)
            return m_broker.acknowledge(m_context.node, m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.u64("next"));
        m_restored = true;
        return {};
    }

    Status checkpointed(Epoch, const StateReader& position) override {
        RW_TRY_ASSIGN(std::uint64_t next, position.u64("next"));
        if (m_fault == QueueFault::AcknowledgesAll) next = m_next;
        if (m_fault == QueueFault::CantHearTwice && m_broker.acknowledged(m_context.node) >= next && next > 0)
            return {ErrorCode::Invalid, RW_TEXT("test", "It was told before.")};
        return m_broker.acknowledge(m_context.node, next);
    }

 private:
    const BoundNode& m_bound;
    const MakeContext m_context;
    const QueueFault m_fault;
    FakeBroker& m_broker;
    std::uint64_t m_next = 0, m_count = 0;
    std::int64_t m_dueAt = 0;  ///< steady milliseconds
    bool m_restored = false;
};

class TopicSink final : public Sink {
 public:
    TopicSink(const MakeContext& context, TopicFault fault)
        : m_producer(context.checkpoints + "/" + context.node),
          m_topic(context.node),
          m_transactional(!context.checkpoints.empty()),
          m_fault(fault),
          m_broker(FakeBroker::of(context.folder)) {}

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_transactional; }
    bool decides() const override { return m_transactional && m_fault != TopicFault::DoesNotDecide; }
    bool hasVisibleOutput() const override { return false; }

    Result<bool> isCommitted(Epoch epoch) override {
        if (m_fault == TopicFault::SaysCommitted) return true;
        if (m_fault == TopicFault::SaysLost) return false;
        if (m_fault != TopicFault::DoesNotShutOut) RW_TRY(m_broker.begin(m_producer, m_topic).status());
        RW_TRY_ASSIGN(const Epoch marker, m_broker.marker(m_producer));
        return marker >= epoch;
    }

    Status open() override {
        RW_TRY_ASSIGN(m_number, m_broker.begin(m_producer, m_topic));
        RW_TRY_ASSIGN(m_committed, m_broker.marker(m_producer));
        if (m_fault != TopicFault::None || m_committed == m_from) return {};
        return {ErrorCode::Invalid, RW_TEXT("test",
                                            "The topic has the rows of checkpoint %1, and those of %2 are "
                                            "resumed from.")
                                        .with(m_committed, m_from)};
    }
    Status onBatch(const Batch& batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row)
            RW_TRY(m_broker.send(m_producer, m_number, rowText(batch, row)));
        return {};
    }
    Status prepare(Epoch epoch) override {
        m_prepared = epoch;
        return m_broker.prepare(m_producer, m_number, epoch);
    }
    Status commit(Epoch epoch) override {
        // Of the checkpoint that was resumed nothing is left to do: it was asked for.
        if (m_fault == TopicFault::ForgetsToCommit || epoch <= m_committed) return {};
        if (m_fault != TopicFault::None && epoch != m_prepared) return {};
        RW_TRY(m_broker.commit(m_producer, m_number, epoch));
        m_committed = epoch;
        return {};
    }
    void abort() override {
        if (m_number != 0 && m_prepared <= m_committed) (void)m_broker.abort(m_producer, m_number);
    }

    Status snapshot(StateWriter& out) const override {
        out.u64("epoch", m_prepared);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_from, state.u64("epoch"));
        return {};
    }

 private:
    const std::string m_producer, m_topic;
    const bool m_transactional;
    const TopicFault m_fault;
    FakeBroker& m_broker;
    std::int64_t m_number = 0;  ///< 0: it is not open
    Epoch m_from = 0, m_prepared = 0, m_committed = 0;
};

BoundNodeRef bindTopic(BindContext& context) {
    if (context.input().updating) {
        context.error("", RW_TEXT("test", "A topic takes no changes."), {});
        return nullptr;
    }
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return bound;
}

template <QueueFault kFault>
Result<Made> makeQueue(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<QueueSource>(bound, context, kFault));
}

template <TopicFault kFault>
Result<Made> makeTopic(const BoundNode&, const MakeContext& context) {
    return Made(std::make_unique<TopicSink>(context, kFault));
}

}  // namespace

NodeKind queueKind(const char* type, QueueFault fault) {
    static constexpr MakeFn kMakers[] = {
        makeQueue<QueueFault::None>, makeQueue<QueueFault::AcknowledgesAtOnce>,
        makeQueue<QueueFault::AcknowledgesAtBarriers>, makeQueue<QueueFault::AcknowledgesAll>,
        makeQueue<QueueFault::CantHearTwice>};
    static const NodeKind kRows = *builtin().find("rows");
    NodeKind kind = kRows;
    kind.type = type;
    kind.make = kMakers[static_cast<std::size_t>(fault)];
    return kind;
}

NodeKind topicKind(const char* type, TopicFault fault) {
    static constexpr MakeFn kMakers[] = {
        makeTopic<TopicFault::None>,           makeTopic<TopicFault::DoesNotDecide>,
        makeTopic<TopicFault::SaysCommitted>,  makeTopic<TopicFault::SaysLost>,
        makeTopic<TopicFault::DoesNotShutOut>, makeTopic<TopicFault::ForgetsToCommit>};
    NodeKind kind;
    kind.type = type;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{"in", {}}};
    kind.bind = bindTopic;
    kind.make = kMakers[static_cast<std::size_t>(fault)];
    return kind;
}

NodeKind readQueueKind(const char* type) {
    NodeKind kind = queueKind(type);
    kind.make = [](const BoundNode& bound, const MakeContext& context) -> Result<Made> {
        return Made(std::make_unique<ReadQueueSource>(bound, context));
    };
    return kind;
}

Catalogue withBroker(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    all.push_back(queueKind("queue"));
    all.push_back(readQueueKind("read_queue"));
    all.push_back(topicKind("topic"));
    return Catalogue(std::move(all));
}

}  // namespace rw::test

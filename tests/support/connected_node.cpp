#include "tests/support/connected_node.h"

#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/nodes/source_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/waiting/blocking_source.h"
#include "core/stream/waiting/progress_board.h"
#include "tests/support/batch_of.h"

namespace rw::test {

namespace {

struct BoundGreeted final : BoundSource {
    std::string connection{};
    std::int64_t rows = 0;
    Millis every = 0;
    bool gossips = false;
};

struct Greetings final : Chunk {
    std::string from{};
    std::int64_t next = 0;  ///< behind it
};

class Greeter final : public SourceReader {
 public:
    Greeter(NodeConnection connection, const BoundGreeted& bound, std::int64_t next,
            std::shared_ptr<Clock> clock)
        : m_connection(std::move(connection)),
          m_next(next),
          m_rows(bound.rows),
          m_every(bound.every),
          m_clock(std::move(clock)) {}

    Result<Read> read(Millis within, ReadOutput& out) override {
        if (m_next == m_rows) return Read::End;
        const std::int64_t now = m_clock->steadyMillis();
        if (now < m_dueAt && within == 0) return Read::Nothing;
        if (now < m_dueAt) m_clock->sleep(m_dueAt - now);
        RW_TRY(enter());
        m_dueAt = m_clock->steadyMillis() + m_every;
        auto chunk = std::make_unique<Greetings>();
        chunk->arrived = m_clock->now();
        chunk->from = m_connection.field("address");
        chunk->next = ++m_next;
        out.give(std::move(chunk), 100);
        return Read::Some;
    }

 private:
    Status enter() const {
        GreetingService& service = GreetingService::instance();
        RW_TRY_ASSIGN(const Secret password, m_connection.secret("password"));
        ++service.asked;
        if (m_connection.field("address") == "closed")
            return {ErrorCode::Refused, RW_TEXT("test", "The service is closed.")};
        if (service.busy > 0) {
            --service.busy;
            return {ErrorCode::Io, RW_TEXT("test", "The service is busy.")};
        }
        const bool right =
            password.reveal([](std::string_view text) { return text == GreetingService::kPassword; });
        return right ? Status() : Status(ErrorCode::Denied, RW_TEXT("test", "The password is wrong."));
    }

    const NodeConnection m_connection;
    std::int64_t m_next;
    const std::int64_t m_rows;
    const Millis m_every;
    const std::shared_ptr<Clock> m_clock;
    std::int64_t m_dueAt = 0;  ///< steady milliseconds
};

class GreetedSource final : public BlockingSource {
 public:
    GreetedSource(const BoundGreeted& bound, const MakeContext& context, NodeConnection connection)
        : BlockingSource(context),
          m_bound(bound),
          m_clock(context.clock),
          m_connection(std::move(connection)) {
        setTiming(*this, bound);
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& greeting = static_cast<const Greetings&>(chunk);
        std::vector<Value> row{Value(greeting.from)};
        if (m_bound.timing.arrival >= 0) row.emplace_back(greeting.arrived);
        Batch batch = batchOf(m_bound.outputs.front().schema, Rows{row});
        batch.positions.first = 0;
        out.rowsRead = 1;
        out.batches.push_back(std::move(batch));
        return {};
    }
    std::vector<PartitionProgress> partitionProgress() const override {
        if (m_bound.gossips) m_board->place("others", 0);
        return m_board->all();
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
    Result<std::shared_ptr<SourceReader>> makeReader() override {
        m_board->place({}, m_next);
        m_board->end({}, m_bound.rows);
        return std::shared_ptr<SourceReader>(
            std::make_shared<Greeter>(m_connection, m_bound, m_next, m_clock));
    }
    void given(const Chunk& chunk, int) override {
        m_next = static_cast<const Greetings&>(chunk).next;
        m_board->place({}, m_next);
    }

    const BoundGreeted& m_bound;
    const std::shared_ptr<Clock> m_clock;
    const NodeConnection m_connection;
    const std::shared_ptr<ProgressBoard> m_board = std::make_shared<ProgressBoard>();
    std::int64_t m_next = 0;
};

enum class GreetedFault { None, PromisesNothing, Gossips };

template <GreetedFault fault = GreetedFault::None>
BoundNodeRef bindGreeted(BindContext& context) {
    auto bound = std::make_shared<BoundGreeted>();
    bound->connection = context.text("connection");
    bound->rows = context.integer("rows");
    bound->every = context.integer("every");
    bound->gossips = fault == GreetedFault::Gossips;
    if (fault != GreetedFault::PromisesNothing)
        bound->guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    bindTiming(context, Schema{{{"greeting", Type::of(TypeId::String)}}}, *bound);
    bound->outputs.push_back(sourceRejectedStream());
    return context.failed() ? nullptr : bound;
}

Result<Made> makeGreeted(const BoundNode& bound, const MakeContext& context) {
    const auto& greeted = static_cast<const BoundGreeted&>(bound);
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, greeted.connection));
    return Made(std::make_unique<GreetedSource>(greeted, context, std::move(connection)));
}

}  // namespace

GreetingService& GreetingService::instance() {
    static GreetingService service;
    return service;
}

NodeKind greetedKind() {
    NodeKind kind;
    kind.type = "greeted";
    kind.name = RW_TEXT("test", "Greeted");
    kind.palette = {{kind.name, RW_TEXT("test", "rows of greetings"), "generator", Json::object()}};
    kind.group = NodeGroup::Source;
    kind.outputs = {{"out", {}}, rejectedPort()};
    ParamSpec connection = makeParam("connection", ParamKind::Connection, RW_TEXT("test", "Connection"),
                                     RW_TEXT("test", "Who greets."));
    connection.choices = {{"greeter", RW_TEXT("test", "Greeter")}};
    connection.required = true;
    kind.params = {
        connection,
        makeParam("rows", ParamKind::Integer, RW_TEXT("test", "Rows"), RW_TEXT("test", "So many."), 3),
        makeParam("every", ParamKind::Integer, RW_TEXT("test", "Every"),
                  RW_TEXT("test", "So many milliseconds."), 0)};
    for (ParamSpec& shared : timingParams()) kind.params.push_back(std::move(shared));
    kind.bind = bindGreeted<>;
    kind.make = makeGreeted;
    return kind;
}

NodeKind silentGreetedKind() {
    NodeKind kind = greetedKind();
    kind.type = "promises_nothing";
    kind.bind = bindGreeted<GreetedFault::PromisesNothing>;
    return kind;
}

NodeKind gossipingGreetedKind() {
    NodeKind kind = greetedKind();
    kind.type = "tells_of_others";
    kind.bind = bindGreeted<GreetedFault::Gossips>;
    return kind;
}

std::shared_ptr<const Connections> greeterConnections(const std::string& name) {
    Connection made{name, "greeter", {{"address", "here"}}, {}};
    made.secrets["password"] = {SecretRef::Kind::Keyring, name};
    return std::make_shared<const Connections>(
        std::vector<Connection>{std::move(made)},
        [](const SecretRef&) -> Result<Secret> { return Secret(GreetingService::kPassword); });
}

Catalogue withGreetedNode(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    all.push_back(greetedKind());
    return Catalogue(std::move(all));
}

}  // namespace rw::test

// event_time: declares which column is the event time, after the source. Gives the rows new stamps in the
// order in which they come (rule 8 of the event-time rules).
#include <map>

#include "core/base/readable.h"
#include "core/data/state_reader.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/disorder.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"
#include "core/stream/stamper.h"
#include "core/stream/window_events.h"

namespace rw {

namespace {

class BoundEventTime final : public BoundNode, public TellsContributors {
 public:
    int column = -1;
    Millis delay = 0;

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    std::optional<Passage> passage(int, int port, const Batch& row, const sql::EvalContext&) const override {
        if (port != 0) return std::nullopt;
        return Passage{.becomes = row};
    }
    std::optional<Passing> passing(int, int port, const Batch& rows, const sql::EvalContext&) const override {
        if (port != 0) return std::nullopt;
        return Passing{{}, rows};
    }
};

/// Behind unions it acts as if it stood on each wire: every wire has stamps of its own, and the watermark is
/// the smallest of them.
class EventTime final : public Operator {
 public:
    EventTime(const BoundEventTime& bound, const MakeContext& context)
        : m_node(context.node),
          m_column(bound.column),
          m_delay(bound.delay),
          m_stamped(context.stamped),
          m_onlyAdvances(context.inputs.front().onlyAdvances),
          m_expected(static_cast<std::size_t>(context.inputs.front().wires)),
          m_clock(context.clock),
          m_disorder(WindowEvents::of(context)->disorder()) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        const Column& times = batch.column(m_column);
        RowFailures failures;
        failures.add(missing(times));
        RW_TRY(failures.reject(batch, out));
        Batch stamped = failures.empty() ? batch : batch.select(failures.others(batch.rows));
        stamped.stamps = nullptr;
        StampState& state = stateOf(batch.wire);
        const StampState before = state;
        const bool watched = m_disorder->watched();
        stamp(stamped, m_column, m_delay, state, watched ? StampedBatches::All : m_stamped);
        if (watched) m_disorder->addStamped(m_node, stamped, m_column, before, m_clock->now());
        out.emit(0, std::move(stamped));
        out.wireWatermark(batch.wire, state.watermark(m_delay));
        out.watermark(0, watermark());
        return {};
    }

    void onPartition(WireNumber wire, Instant advancedTo, Output& out) override {
        if (advancedTo == kMaxTimestamp) {
            // A watermark that was sent holds, also when no other wire is left for the moment.
            m_advancedTo = std::max(m_advancedTo, watermark());
            m_wires.erase(wire);
            out.wireWatermark(wire, advancedTo);
        } else {
            StampState& state = stateOf(wire);
            // An advance by another column says nothing here.
            if (m_onlyAdvances) state.advancedTo = std::max(state.advancedTo, advancedTo);
            out.wireWatermark(wire, state.watermark(m_delay));
        }
        out.watermark(0, watermark());
    }

    /// The input may have a watermark of its own, of another column: it means nothing here.
    Status onWatermark(Instant watermark, Output& out) override {
        if (watermark == kMaxTimestamp) return Operator::onWatermark(watermark, out);
        if (!m_onlyAdvances) return {};
        m_advancedTo = std::max(m_advancedTo, watermark);
        for (auto& [wire, state] : m_wires) state.advancedTo = std::max(state.advancedTo, m_advancedTo);
        out.watermark(0, this->watermark());
        return {};
    }

    Status snapshot(StateWriter& out) const override {
        out.i64("raise", m_advancedTo);
        for (const auto& [wire, state] : m_wires) {
            out.record("wire", 1, [&, number = wire, &stamps = state](StateWriter& record) {
                record.i64("number", number);
                record.i64("largest", stamps.largest);
                record.i64("raise", stamps.advancedTo);
            });
        }
        return {};
    }

    /// There is one instance for each stage that feeds the node, at any degree: the state is its own.
    Status restore(const StateReader& state, const KeyGroups&) override {
        RW_TRY_ASSIGN(m_advancedTo, state.i64("raise"));
        RW_TRY_ASSIGN(const std::vector<StateReader> wires, state.records("wire"));
        for (const StateReader& wire : wires) {
            RW_TRY_ASSIGN(const std::int64_t number, wire.i64("number"));
            if (number < 0) return brokenState("wires of the event time");
            StampState& stamps = m_wires[number];
            RW_TRY_ASSIGN(stamps.largest, wire.i64("largest"));
            RW_TRY_ASSIGN(stamps.advancedTo, wire.i64("raise"));
        }
        m_tellsAgain = true;
        return {};
    }

    bool hasMore() const override { return m_tellsAgain; }
    /// Sources without event time can't say how far it was when the state was written.
    Status resume(Output& out) override {
        m_tellsAgain = false;
        for (const auto& [wire, state] : m_wires) out.wireWatermark(wire, state.watermark(m_delay));
        out.watermark(0, watermark());
        return {};
    }

 private:
    /// A wire that comes up when others are on their way is one of a partition found later.
    StampState& stateOf(WireNumber wire) {
        if (const auto found = m_wires.find(wire); found != m_wires.end()) return found->second;
        StampState fresh;
        fresh.advancedTo = std::max(m_advancedTo, watermark());
        return m_wires.emplace(wire, fresh).first->second;
    }

    Instant watermark() const {
        Instant smallest = m_wires.size() < m_expected ? m_advancedTo : kMaxTimestamp;
        for (const auto& [wire, state] : m_wires) smallest = std::min(smallest, state.watermark(m_delay));
        return smallest;
    }

    static sql::RowErrors missing(const Column& times) {
        sql::RowErrors errors;
        if (times.validity().allValid()) return errors;
        for (std::uint32_t row = 0; row < times.size(); ++row) {
            if (times.isNull(row)) errors.push_back({row, RW_TEXT("event_time", "The event time is NULL.")});
        }
        return errors;
    }

    const NodeId m_node;
    const int m_column;
    const Millis m_delay;
    const StampedBatches m_stamped;
    const bool m_onlyAdvances;
    const std::size_t m_expected;  ///< ways; each has a wire at least
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Disorder> m_disorder;
    Instant m_advancedTo = kMinTimestamp;
    std::map<WireNumber, StampState> m_wires;  ///< those that have brought rows, or are known to
    bool m_tellsAgain = false;                 ///< restored, and the nodes behind have not been told of it
};

/// The columns that could be the event time, as ways out.
void offerTimeColumns(BindContext& context, Issue& issue) {
    for (const Field& field : context.input().schema->fields) {
        if (field.type.is(TypeId::Timestamp)) {
            issue.quickFixes.push_back(replaceParam(context, "column", -1, field.name));
        }
    }
}

/// Refuses rows without an order in which their times could count: true when it was reported.
bool refuseWithoutOrder(BindContext& context) {
    const StreamType& input = context.input();
    const Producer producer = context.producer();
    const auto refuse = [&](Text message, Text fix, const std::string& node) {
        Issue& issue = context.error({}, std::move(message).with(node), std::move(fix));
        issue.port = context.portName(0);
        return true;
    };
    if (input.made) {
        return refuse(
            RW_TEXT("event_time",
                    "“%1” makes its rows itself; they have no order in which their times could count."),
            RW_TEXT("event_time", "Put this node before “%1”, behind the nodes that compute the column.")
                .with(producer.maker),
            producer.maker);
    }
    if (input.leftBy == PortRole::Late) {
        return refuse(
            RW_TEXT("event_time",
                    "“%1” brings late rows; they come from several tasks, in no order in which their times "
                    "could count."),
            RW_TEXT("event_time",
                    "Take this node away: late rows keep their event time, and a window behind judges them "
                    "again. Or declare another event time before they become late."),
            producer.title);
    }
    if (input.leftBy == PortRole::Rejected) {
        return refuse(
            RW_TEXT("event_time",
                    "“%1” brings rejected rows; they have lost their place in the source, and with it the "
                    "order in which their times could count."),
            RW_TEXT("event_time",
                    "Declare the event time before the rows are rejected, or take those that a source "
                    "rejects."),
            producer.title);
    }
    return false;
}

BoundNodeRef bindEventTime(BindContext& context) {
    const StreamType& input = context.input();
    if (refuseUpdating(context,
                       RW_TEXT("event_time", "Declare the event time before the rows are aggregated."))) {
        return nullptr;
    }
    if (refuseWithoutOrder(context)) return nullptr;
    const std::string name = context.text("column");
    auto bound = std::make_shared<BoundEventTime>();
    bound->column = requireColumn(context, "column", *input.schema, name);
    if (bound->column < 0) return nullptr;
    const Type type = input.schema->fields[static_cast<std::size_t>(bound->column)].type;
    if (!type.is(TypeId::Timestamp)) {
        Issue& issue = context.error(
            "column",
            RW_TEXT("event_time", "“%1” is %2; event time is a TIMESTAMP.").with(name, toString(type)),
            RW_TEXT("event_time",
                    "Choose a TIMESTAMP column, or make one with TO_TIMESTAMP in a select before."));
        offerTimeColumns(context, issue);
        return nullptr;
    }
    bound->delay = context.duration("watermark_delay");
    bound->assignsEventTime = true;
    if (context.has("idle_timeout")) bound->idleTimeout = context.duration("idle_timeout");
    if (bound->idleTimeout && input.eventTime >= 0) {
        context.issue(Severity::Warning, "idle_timeout",
                      RW_TEXT("event_time", "“%1” has event time already; when it is idle is said there.")
                          .with(context.producer().title),
                      RW_TEXT("event_time", "Set “idle_timeout” at the source."));
    }
    StreamType stream = input;
    stream.eventTime = bound->column;
    stream.windowed = false;
    bound->outputs = {std::move(stream), rejectedStream()};
    bound->watermark = newestLess(name, bound->delay);
    bound->summary = RW_TEXT("event_time", "%1 · delay %2").with(name, durationText(bound->delay));
    return bound;
}

Result<Made> makeEventTime(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<EventTime>(static_cast<const BoundEventTime&>(bound), context));
}

std::vector<ParamSpec> eventTimeParams() {
    ParamSpec column =
        makeParam("column", ParamKind::ColumnName, RW_TEXT("event_time", "Column"),
                  RW_TEXT("event_time", "The TIMESTAMP column of the input that says when a row happened."));
    column.required = true;
    column.columnTypes = "timestamp";
    std::vector<ParamSpec> params{std::move(column)};
    for (ParamSpec& shared : timingParams()) {
        if (shared.name == "watermark_delay" || shared.name == "idle_timeout")
            params.push_back(std::move(shared));
    }
    // NULL can't replace an event time.
    ParamSpec onError = onErrorParam();
    onError.help = RW_TEXT("event_time", "What happens to a row whose time is NULL.");
    std::erase_if(onError.choices, [](const Choice& choice) { return choice.value == "null"; });
    params.push_back(std::move(onError));
    return params;
}

}  // namespace

NodeKind event_timeKind() {
    NodeKind kind;
    kind.type = "event_time";
    kind.name = RW_TEXT("event_time", "Event time");
    kind.palette = {{kind.name, RW_TEXT("event_time", "Say which column is the time"), "event_time"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = eventTimeParams();
    kind.bind = bindEventTime;
    kind.make = makeEventTime;
    return kind;
}

}  // namespace rw

#include "core/nodes/sources/numbered_source.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/base/random.h"
#include "core/base/readable.h"
#include "core/data/state_writer.h"

namespace rw {

namespace {

ParamSpec fromZero(ParamSpec param) {
    param.min = 0;
    return param;
}

}  // namespace

std::vector<ParamSpec> numberedParams(Text rateHelp, Text rateUnit) {
    ParamSpec rows =
        fromZero(makeParam("rows", ParamKind::Integer, RW_TEXT("generator", "Rows"),
                           RW_TEXT("generator", "How many rows are generated. `0`: no limit."), 0));
    ParamSpec rate = fromZero(
        makeParam("rate", ParamKind::Number, RW_TEXT("generator", "Rate"), std::move(rateHelp), 1000));
    rate.unit = std::move(rateUnit);
    rate.max = 1e9;
    ParamSpec seed = fromZero(
        makeParam("seed", ParamKind::Integer, RW_TEXT("generator", "Seed"),
                  RW_TEXT("generator", "The same seed gives the same rows, another seed other rows."), 1));
    seed.advanced = true;
    ParamSpec disorder = fromZero(makeParam("disorder", ParamKind::Duration, RW_TEXT("generator", "Disorder"),
                                            RW_TEXT("generator",
                                                    "Each row's event time is reduced by a random amount "
                                                    "between 0 and this, so that rows come out of order."),
                                            "0s"));
    return {std::move(rows), std::move(rate), std::move(seed), std::move(disorder)};
}

void bindNumbered(BindContext& context, Schema schema, Text onePace, Text pace, BoundNumbered& bound) {
    bound.rows = static_cast<std::uint64_t>(context.integer("rows"));
    bound.rate = context.number("rate");
    bound.seed = static_cast<std::uint64_t>(context.integer("seed"));
    bound.disorder = context.duration("disorder");
    bound.live = bound.rows == 0;
    bindTiming(context, std::move(schema), bound);
    if (bound.disorder > 0 && bound.timing.eventTime < 0 && !context.failed()) {
        context.issue(Severity::Warning, "disorder",
                      RW_TEXT("generator", "Without event time there is nothing to put out of order."),
                      RW_TEXT("generator", "Choose the event-time column."));
    }
    bound.summary = bound.rate > 0 ? figures::countedAmount(bound.rate, std::move(onePace), std::move(pace))
                                   : RW_TEXT("generator", "As fast as possible");
}

NumberedSource::NumberedSource(const BoundNumbered& bound, const MakeContext& context, double rowsPerSecond)
    : m_context(context),
      m_bound(bound),
      m_lagSeed(splitMix64(bound.seed, ~std::uint64_t{0})),
      m_pacer(Pace{.rate = rowsPerSecond}),
      m_runStart(context.eval.runStart) {
    setTiming(*this, bound);
}

Status NumberedSource::open() {
    m_pacer.start(m_context.clock->steadyMillis());
    return {};
}

Result<Poll> NumberedSource::poll(std::unique_ptr<Chunk>& chunk) {
    const std::uint64_t left = m_bound.rows == 0 ? kMostRows : m_bound.rows - std::min(m_next, m_bound.rows);
    if (left == 0) return Poll{Poll::Kind::End};
    Poll wait{Poll::Kind::Wait};
    const std::uint64_t count =
        m_pacer.acquire(m_context.clock->steadyMillis(), std::min(left, pieceRows()), wait.until);
    if (count == 0) return wait;
    auto piece = std::make_unique<NumberedRows>();
    piece->arrived = m_context.clock->now();
    piece->first = m_next;
    piece->count = count;
    m_next += count;
    m_done.store(m_next, std::memory_order_relaxed);
    chunk = std::move(piece);
    return Poll{};
}

Status NumberedSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& piece = static_cast<const NumberedRows&>(chunk);
    const std::uint64_t step = batchRows();
    for (std::uint64_t at = 0; at < piece.count; at += step)
        makeRows(piece, at, std::min(step, piece.count - at), out);
    out.rowsRead = static_cast<std::uint32_t>(piece.count);
    return {};
}

SourceProgress NumberedSource::progress() const {
    return {m_done.load(std::memory_order_relaxed), m_bound.rows, false};
}

Status NumberedSource::snapshot(StateWriter& out) const {
    out.u64("next", m_next);
    out.i64("run_start", m_runStart);  // rows are due from here on
    return {};
}

Status NumberedSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_next, state.u64("next"));
    RW_TRY_ASSIGN(m_runStart, state.i64("run_start"));
    m_done.store(m_next, std::memory_order_relaxed);
    if (m_bound.rows == 0 || m_next <= m_bound.rows) return {};
    m_done.store(m_bound.rows, std::memory_order_relaxed);
    m_notes.push_back(
        RW_TEXT("generator",
                "“Rows” is %1 now, and %2 were generated before the run was resumed. They stay, and no more "
                "are generated.")
            .with(figures::count(m_bound.rows), figures::count(m_next)));
    return {};
}

Batch NumberedSource::batchOf(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                              const std::function<ColumnRef(std::size_t index)>& column) const {
    Batch made;
    made.schema = m_bound.outputs.front().schema;
    made.rows = count;
    made.positions.first = static_cast<std::int64_t>(at);
    for (std::size_t index = 0; index < made.schema->size(); ++index) {
        if (static_cast<int>(index) != m_bound.timing.arrival) {
            made.columns.push_back(column(index));
            continue;
        }
        ColumnBuilder arrival(Type::of(TypeId::Timestamp));
        arrival.append(piece.arrived);
        made.columns.push_back(arrival.finish()->repeat(0, count));
    }
    return made;
}

bool NumberedSource::wanted(std::size_t column) const {
    if (static_cast<int>(column) == m_bound.timing.eventTime) return true;
    return column >= m_context.wanted.size() || m_context.wanted[column];
}

bool NumberedSource::isDisordered(std::size_t column) const {
    return static_cast<int>(column) == m_bound.timing.eventTime && m_bound.disorder > 0;
}

Millis NumberedSource::lag(std::uint64_t number) const {
    const auto span = static_cast<std::uint64_t>(m_bound.disorder) + 1;
    return static_cast<Millis>(splitMix64(m_lagSeed, number) % span);
}

}  // namespace rw

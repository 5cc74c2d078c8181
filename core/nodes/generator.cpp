// generator: rows made up from their numbers, at any rate; the same ones for the same seed.
#include "core/base/random.h"
#include "core/base/readable.h"
#include "core/nodes/generator_columns.h"
#include "core/nodes/generator_pieces.h"
#include "core/nodes/source_params.h"
#include "core/stream/rejected.h"
#include "core/stream/row_pacer.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundGenerator final : public BoundSource {
 public:
    std::vector<GeneratorColumn> columns;
    std::uint64_t rows = 0;  ///< 0: endless
    double rate = 0;         ///< rows a second; 0: as fast as possible
    std::uint64_t seed = 1;
    Millis disorder = 0;
};

/// Rows [first, first + count).
struct Range final : Chunk {
    std::uint64_t first = 0, count = 0;
};

class GeneratorSource final : public Source {
 public:
    GeneratorSource(const BoundGenerator& bound, const MakeContext& context)
        : m_bound(bound),
          m_context(context),
          m_pacer(Pace{.rate = bound.rate}),
          m_pieces(bound.columns, *bound.outputs.front().schema),
          m_runStart(context.eval.runStart) {
        setTiming(*this, bound.timing);
    }

    Status open() override {
        m_pacer.start(m_context.clock->steadyMillis());
        return {};
    }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        const std::uint64_t left = m_bound.rows == 0 ? GeneratorPieces::kMostRows : m_bound.rows - m_next;
        if (left == 0) return Poll{Poll::Kind::End};
        Poll wait{Poll::Kind::Wait};
        const std::uint64_t count =
            m_pacer.acquire(m_context.clock->steadyMillis(), std::min(left, m_pieces.rows()), wait.until);
        if (count == 0) return wait;
        auto range = std::make_unique<Range>();
        range->arrived = m_context.clock->now();
        range->first = m_next;
        range->count = count;
        m_next += count;
        m_done.store(m_next, std::memory_order_relaxed);
        chunk = std::move(range);
        return Poll{};
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& range = static_cast<const Range&>(chunk);
        const std::uint64_t step = m_pieces.batchRows(m_context.batchRows);
        for (std::uint64_t at = 0; at < range.count; at += step)
            batch(range, at, std::min<std::uint64_t>(step, range.count - at), out);
        m_pieces.learn(range.count, out);
        out.rowsRead = static_cast<std::uint32_t>(range.count);
        return {};
    }

    SourceProgress progress() const override {
        return {m_done.load(std::memory_order_relaxed), m_bound.rows, false};
    }

    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        out.i64("run_start", m_runStart);  // rows are due from here on
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.u64("next"));
        RW_TRY_ASSIGN(m_runStart, state.i64("run_start"));
        if (m_bound.rows > 0) m_next = std::min(m_next, m_bound.rows);
        m_done.store(m_next, std::memory_order_relaxed);
        return {};
    }

 private:
    void batch(const Range& range, std::uint64_t at, std::uint64_t count, ParsedChunk& out) const;
    ColumnRef column(std::size_t index, const Batch& numbers, sql::RowErrors& errors) const;
    ColumnRef dueTimes(const Batch& numbers) const;
    ColumnRef disordered(const Column& times, const Batch& numbers) const;
    bool wanted(std::size_t column) const {
        if (column >= m_bound.columns.size() || static_cast<int>(column) == m_bound.timing.eventTime)
            return true;
        return column >= m_context.wanted.size() || m_context.wanted[column] ||
               m_bound.columns[column].canFail;
    }

    const BoundGenerator& m_bound;
    const MakeContext m_context;
    RowPacer m_pacer;
    mutable GeneratorPieces m_pieces;
    Instant m_runStart;
    std::uint64_t m_next = 0;
    std::atomic<std::uint64_t> m_done{0};
};

void GeneratorSource::batch(const Range& range, std::uint64_t at, std::uint64_t count,
                            ParsedChunk& out) const {
    ColumnBuilder numbers(Type::of(TypeId::Bigint));
    numbers.reserve(count);
    for (std::uint64_t row = 0; row < count; ++row)
        numbers.append(static_cast<std::int64_t>(range.first + at + row));
    Batch scope;
    scope.schema = generatorScope();
    scope.rows = count;
    scope.columns = {numbers.finish()};

    Batch made;
    made.schema = m_bound.outputs.front().schema;
    made.rows = count;
    made.positions.first = static_cast<std::int64_t>(at);
    sql::RowErrors errors;
    for (std::size_t index = 0; index < made.schema->size(); ++index) {
        if (static_cast<int>(index) == m_bound.timing.arrival) {
            ColumnBuilder arrival(Type::of(TypeId::Timestamp));
            arrival.append(range.arrived);
            made.columns.push_back(arrival.finish()->repeat(0, count));
        } else {
            made.columns.push_back(wanted(index) ? column(index, scope, errors) : nullptr);
        }
    }
    if (m_context.nullOnError) errors.clear();
    out.add(std::move(made), errors,
            [&](std::uint32_t row) { return fmt::format("i={}", range.first + at + row); });
}

ColumnRef GeneratorSource::column(std::size_t index, const Batch& numbers, sql::RowErrors& errors) const {
    const GeneratorColumn& column = m_bound.columns[index];
    ColumnRef values;
    if (column.expr) {
        sql::EvalContext eval = m_context.eval;
        eval.seed = splitMix64(m_bound.seed, index);
        eval.firstRow = numbers.column(0).at<std::int64_t>(0);
        const sql::Vector computed = sql::evaluate(*column.expr, numbers, eval);
        if (computed.errors) errors.insert(errors.end(), computed.errors->begin(), computed.errors->end());
        values = computed.flat(numbers.rows);
    } else {
        values = dueTimes(numbers);
    }
    const bool happens = static_cast<int>(index) == m_bound.timing.eventTime;
    return happens && m_bound.disorder > 0 ? disordered(*values, numbers) : values;
}

ColumnRef GeneratorSource::dueTimes(const Batch& numbers) const {
    constexpr double kLatest = 253'402'300'799'999;  // 9999-12-31 23:59:59.999
    const double millisPerRow = m_bound.rate > 0 ? 1000 / m_bound.rate : 1;
    const auto most = static_cast<Instant>(kLatest) - m_runStart;
    ColumnBuilder times(Type::of(TypeId::Timestamp));
    times.reserve(numbers.rows);
    for (const std::int64_t number : numbers.column(0).values<std::int64_t>()) {
        const double after = static_cast<double>(number) * millisPerRow;
        times.append(m_runStart + (after < kLatest ? std::min(static_cast<Instant>(after), most) : most));
    }
    return times.finish();
}

ColumnRef GeneratorSource::disordered(const Column& times, const Batch& numbers) const {
    const auto span = static_cast<std::uint64_t>(m_bound.disorder) + 1;
    const std::uint64_t seed = splitMix64(m_bound.seed, ~std::uint64_t{0});
    ColumnBuilder lowered(times.type());
    lowered.reserve(times.size());
    for (std::size_t row = 0; row < times.size(); ++row) {
        if (times.isNull(row)) {
            lowered.appendNull();
            continue;
        }
        const auto number = static_cast<std::uint64_t>(numbers.column(0).at<std::int64_t>(row));
        lowered.append(
            saturatingAdd(times.at<Instant>(row), -static_cast<Millis>(splitMix64(seed, number) % span)));
    }
    return lowered.finish();
}

BoundNodeRef bindGenerator(BindContext& context) {
    auto bound = std::make_shared<BoundGenerator>();
    bound->rows = static_cast<std::uint64_t>(context.integer("rows"));
    bound->rate = context.number("rate");
    bound->seed = static_cast<std::uint64_t>(context.integer("seed"));
    bound->disorder = context.duration("disorder");
    bound->live = bound->rows == 0;
    auto columns = bindGeneratorColumns(context);
    if (!columns) return nullptr;
    bound->columns = std::move(columns->columns);
    bindTiming(context, std::move(columns->schema), *bound);
    bound->outputs.push_back(sourceRejectedStream());
    if (bound->disorder > 0 && bound->timing.eventTime < 0 && !context.failed()) {
        context.issue(Severity::Warning, "disorder",
                      RW_TEXT("generator", "Without event time there is nothing to put out of order."),
                      RW_TEXT("generator", "Choose the event-time column."));
    }
    const std::string rate = grouped(fmt::format("{}", bound->rate));
    bound->summary = bound->rate > 0 ? RW_TEXT("generator", "%1 rows/s").with(rate)
                                     : RW_TEXT("generator", "As fast as possible");
    return context.failed() ? nullptr : bound;
}

Result<Made> makeGenerator(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<GeneratorSource>(static_cast<const BoundGenerator&>(bound), context));
}

ParamSpec fromZero(ParamSpec param) {
    param.min = 0;
    return param;
}

std::vector<ParamSpec> generatorParams() {
    ParamSpec columns = makeParam(
        "columns", ParamKind::GeneratorColumns, RW_TEXT("generator", "Columns"),
        RW_TEXT("generator",
                "Name, type and expression of each column: “price DOUBLE = 100 + NOISE(3)”. i is "
                "the row number from 0; RANDOM(), NOISE(sd), PICK(a, b, …) and ZIPF(n, s) make "
                "values up. A TIMESTAMP without an expression is the time at which the row is due."),
        nullptr);
    columns.required = true;
    ParamSpec rows = fromZero(makeParam("rows", ParamKind::Integer, RW_TEXT("generator", "Rows"),
                                        RW_TEXT("generator", "How many rows are made. 0: without end."), 0));
    ParamSpec rate = fromZero(
        makeParam("rate", ParamKind::Number, RW_TEXT("generator", "Rate"),
                  RW_TEXT("generator", "How many rows come in a second. 0: as fast as possible."), 1000));
    rate.unit = RW_TEXT("generator", "rows/s");
    rate.max = 1e9;
    ParamSpec seed = fromZero(makeParam("seed", ParamKind::Integer, RW_TEXT("generator", "Seed"),
                                        RW_TEXT("generator", "The same seed makes the same rows."), 1));
    seed.advanced = true;
    ParamSpec disorder = fromZero(
        makeParam("disorder", ParamKind::Duration, RW_TEXT("generator", "Disorder"),
                  RW_TEXT("generator",
                          "Each row's event time is made smaller by a random amount up to this, so that rows "
                          "come out of order."),
                  "0s"));
    std::vector<ParamSpec> params{std::move(columns), std::move(rows), std::move(rate), std::move(seed),
                                  std::move(disorder)};
    for (ParamSpec& shared : timingParams()) params.push_back(std::move(shared));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind generatorKind() {
    NodeKind kind;
    kind.type = "generator";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("generator", "Generator");
    kind.palette = {{kind.name, RW_TEXT("generator", "Test rows, also late ones"), "generator"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = generatorParams();
    kind.bind = bindGenerator;
    kind.make = makeGenerator;
    return kind;
}

}  // namespace rw

// generator: rows made up from their numbers, at any rate; the same ones for the same seed.
#include "core/base/random.h"
#include "core/nodes/sources/generator_columns.h"
#include "core/nodes/sources/generator_pieces.h"
#include "core/nodes/sources/numbered_source.h"
#include "core/nodes/sources/time_after.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundGenerator final : public BoundNumbered {
 public:
    std::vector<GeneratorColumn> columns;
};

class GeneratorSource final : public NumberedSource {
 public:
    GeneratorSource(const BoundGenerator& bound, const MakeContext& context)
        : NumberedSource(bound, context, bound.rate),
          m_bound(bound),
          m_pieces(bound.columns, *bound.outputs.front().schema) {}

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        RW_TRY(NumberedSource::parse(chunk, out));
        m_pieces.learn(out.rowsRead, out);
        return {};
    }

 private:
    std::uint64_t pieceRows() const override { return m_pieces.rows(); }
    std::uint64_t batchRows() const override { return m_pieces.batchRows(m_context.batchRows); }
    void makeRows(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                  ParsedChunk& out) const override;
    ColumnRef column(std::size_t index, const Batch& numbers, sql::RowErrors& errors) const;
    ColumnRef dueTimes(const Batch& numbers) const;
    ColumnRef disordered(const Column& times, const Batch& numbers) const;

    const BoundGenerator& m_bound;
    mutable GeneratorPieces m_pieces;
};

void GeneratorSource::makeRows(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                               ParsedChunk& out) const {
    ColumnBuilder numbers(Type::of(TypeId::Bigint));
    numbers.reserve(count);
    for (std::uint64_t row = 0; row < count; ++row)
        numbers.append(static_cast<std::int64_t>(piece.first + at + row));
    Batch scope;
    scope.schema = generatorScope();
    scope.rows = count;
    scope.columns = {numbers.finish()};

    sql::RowErrors errors;
    Batch made = batchOf(piece, at, count, [&](std::size_t index) {
        const bool computed = wanted(index) || m_bound.columns[index].canFail;
        return computed ? column(index, scope, errors) : nullptr;
    });
    if (m_context.nullOnError) errors.clear();
    out.add(std::move(made), errors,
            [&](std::uint32_t row) { return fmt::format("i={}", piece.first + at + row); });
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
    return isDisordered(index) ? disordered(*values, numbers) : values;
}

ColumnRef GeneratorSource::dueTimes(const Batch& numbers) const {
    const double millisPerRow = m_bound.rate > 0 ? 1000 / m_bound.rate : 1;
    ColumnBuilder times(Type::of(TypeId::Timestamp));
    times.reserve(numbers.rows);
    for (const std::int64_t number : numbers.column(0).values<std::int64_t>())
        times.append(timeAfter(runStart(), static_cast<double>(number) * millisPerRow));
    return times.finish();
}

ColumnRef GeneratorSource::disordered(const Column& times, const Batch& numbers) const {
    ColumnBuilder lowered(times.type());
    lowered.reserve(times.size());
    for (std::size_t row = 0; row < times.size(); ++row) {
        if (times.isNull(row)) {
            lowered.appendNull();
            continue;
        }
        const auto number = static_cast<std::uint64_t>(numbers.column(0).at<std::int64_t>(row));
        lowered.append(saturatingAdd(times.at<Instant>(row), -lag(number)));
    }
    return lowered.finish();
}

BoundNodeRef bindGenerator(BindContext& context) {
    auto bound = std::make_shared<BoundGenerator>();
    auto columns = bindGeneratorColumns(context);
    if (!columns) return nullptr;
    bound->columns = std::move(columns->columns);
    bindNumbered(context, std::move(columns->schema), RW_TEXT("generator", "1 row/s"),
                 RW_TEXT("generator", "%1 rows/s"), *bound);
    bound->outputs.push_back(sourceRejectedStream());
    return context.failed() ? nullptr : bound;
}

Result<Made> makeGenerator(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<GeneratorSource>(static_cast<const BoundGenerator&>(bound), context));
}

std::vector<ParamSpec> generatorParams() {
    ParamSpec columns = makeParam(
        "columns", ParamKind::GeneratorColumns, RW_TEXT("generator", "Columns"),
        RW_TEXT("generator",
                "Name, type and expression of each column: `price DOUBLE = 100 + NOISE(3)`. `i` is the row "
                "number from 0. `RANDOM()`, `NOISE(sd)`, `PICK(a, b, …)` and `ZIPF(n, s)` give pseudo-random "
                "values. A TIMESTAMP without an expression is the time at which the row is due."),
        nullptr);
    columns.required = true;
    std::vector<ParamSpec> params{std::move(columns)};
    for (ParamSpec& shared :
         numberedParams(RW_TEXT("generator", "Rows per second. `0`: as fast as possible."),
                        RW_TEXT("generator", "rows/s")))
        params.push_back(std::move(shared));
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

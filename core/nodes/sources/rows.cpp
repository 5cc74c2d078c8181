// rows: a few rows typed by hand, all at once or one at a time.
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/json/json_layout.h"
#include "core/stream/rejected.h"
#include "core/stream/rows/row_pacer.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

/// A row of the grid as it was typed: values in the order of the columns, NULL where a cell is wrong.
struct TypedRow {
    std::vector<Value> values;
    Text wrong{};           ///< its error, if any
    bool unusable = false;  ///< also where a wrong cell becomes NULL: the number of cells is wrong
    std::string text;       ///< as it stands in the file
};

class BoundRows final : public BoundSource {
 public:
    std::vector<TypedRow> rows;
    Millis every = 0;
};

/// Rows [first, first + count) of the grid.
struct Range final : Chunk {
    std::size_t first = 0, count = 0;
};

class RowsSource final : public Source {
 public:
    RowsSource(const BoundRows& bound, const MakeContext& context)
        : m_bound(bound), m_context(context), m_pacer(Pace{.every = bound.every, .madeUp = 0}) {
        setTiming(*this, bound);
    }

    Status open() override { return {}; }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next == m_bound.rows.size()) return Poll{Poll::Kind::End};
        const std::int64_t now = m_context.clock->steadyMillis();
        if (const std::int64_t due = m_pacer.due(now); due > now) return Poll{Poll::Kind::Wait, due};
        m_pacer.sent();
        auto range = std::make_unique<Range>();
        range->arrived = m_context.clock->now();
        range->first = m_next;
        range->count = m_pacer.unpaced() ? rowsAtOnce() : 1;
        m_next += range->count;
        m_done.store(m_next, std::memory_order_relaxed);
        chunk = std::move(range);
        return Poll{};
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& range = static_cast<const Range&>(chunk);
        std::vector<std::uint32_t> good;
        for (std::uint32_t i = 0; i < range.count; ++i) {
            const TypedRow& row = m_bound.rows[range.first + i];
            if (row.unusable || (!row.wrong.empty() && !m_context.nullOnError)) {
                out.reject(i, row.wrong, row.text);
            } else {
                good.push_back(i);
            }
        }
        for (std::size_t from = 0; from < good.size(); from += m_context.batchRows) {
            const std::size_t count = std::min(m_context.batchRows, good.size() - from);
            out.batches.push_back(batch(range, std::span(good).subspan(from, count)));
        }
        out.rowsRead = static_cast<std::uint32_t>(range.count);
        return {};
    }

    SourceProgress progress() const override {
        return {m_done.load(std::memory_order_relaxed), m_bound.rows.size(), false};
    }

    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(const std::uint64_t next, state.u64("next"));
        m_next = std::min<std::size_t>(next, m_bound.rows.size());
        m_done.store(m_next, std::memory_order_relaxed);
        return {};
    }

 private:
    static constexpr std::size_t kRowsAtOnce = 4096, kBytesAtOnce = std::size_t{4} << 20;

    /// So many, or as many as come to so many bytes; at least one.
    std::size_t rowsAtOnce() const {
        const std::size_t most = std::min(kRowsAtOnce, m_bound.rows.size() - m_next);
        std::size_t count = 0;
        for (std::size_t bytes = 0; count < most && bytes < kBytesAtOnce; ++count)
            bytes += m_bound.rows[m_next + count].text.size();
        return count;
    }

    Batch batch(const Range& range, std::span<const std::uint32_t> rows) const {
        Batch out;
        out.schema = m_bound.outputs.front().schema;
        out.rows = rows.size();
        out.positions.first = 0;
        out.positions.offsets = std::make_shared<std::vector<std::uint32_t>>(rows.begin(), rows.end());
        for (std::size_t column = 0; column < out.schema->size(); ++column) {
            ColumnBuilder builder(out.schema->fields[column].type);
            builder.reserve(rows.size());
            for (const std::uint32_t row : rows) {
                const bool arrival = static_cast<int>(column) == m_bound.timing.arrival;
                appendValue(builder,
                            arrival ? Value{range.arrived} : m_bound.rows[range.first + row].values[column]);
            }
            out.columns.push_back(builder.finish());
        }
        return out;
    }

    const BoundRows& m_bound;
    const MakeContext m_context;
    std::size_t m_next = 0;
    RowPacer m_pacer;
    std::atomic<std::uint64_t> m_done{0};
};

/// A cell as JSON has it; nothing when it is not of the type. Numbers and texts are both read by their text.
std::optional<Value> cellValue(const Json& cell, Type type) {
    if (cell.is_null()) return Value{};
    const std::string text = cell.is_string() ? cell.get<std::string>() : onOneLine(cell);
    if (type.is(TypeId::String)) return Value{text};
    return parseValue(text, type);
}

TypedRow typedRow(const Json& cells, const Schema& schema) {
    TypedRow row;
    row.text = onOneLine(cells);
    row.values.resize(schema.size());
    if (cells.size() != schema.size()) {
        row.unusable = true;
        row.wrong = RW_TEXT("rows", "Values: %1 instead of %2.").with(cells.size(), schema.size());
        return row;
    }
    for (std::size_t column = 0; column < schema.size(); ++column) {
        const Field& field = schema.fields[column];
        if (auto value = cellValue(cells[column], field.type)) {
            row.values[column] = std::move(*value);
        } else if (row.wrong.empty()) {
            row.wrong = RW_TEXT("rows", "“%1”: %2 is not %3.")
                            .with(field.name, onOneLine(cells[column]), toString(field.type));
        }
    }
    return row;
}

BoundNodeRef bindRows(BindContext& context) {
    auto bound = std::make_shared<BoundRows>();
    bound->every = context.duration("every");
    auto schema = bindColumns(context);
    if (!schema) return nullptr;
    const Json& rows = context.json("rows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        TypedRow& row = bound->rows.emplace_back(typedRow(rows[i], *schema));
        if (row.wrong.empty()) continue;
        // A wrong row is data: it leaves by the rejected port. But the user who types it wants to know now.
        const std::string onError = context.text("on_error");
        Text then = onError == "fail"                    ? RW_TEXT("rows", "The run will stop at this row.")
                    : onError == "null" && !row.unusable ? RW_TEXT("rows", "The value will be NULL.")
                                                         : RW_TEXT("rows", "The row will be rejected.");
        context.issue(Severity::Warning, "rows", row.wrong, std::move(then)).item = static_cast<int>(i);
    }
    bound->summary = figures::counted(rows.size(), RW_TEXT("rows", "1 row"), RW_TEXT("rows", "%1 rows"));
    if (bound->every > 0)
        bound->summary = RW_TEXT("rows", "%1 · every %2").with(bound->summary, durationText(bound->every));
    bindTiming(context, std::move(*schema), *bound);
    bound->outputs.push_back(sourceRejectedStream());
    return context.failed() ? nullptr : bound;
}

Result<Made> makeRows(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<RowsSource>(static_cast<const BoundRows&>(bound), context));
}

std::vector<ParamSpec> rowsParams() {
    ParamSpec rows = makeParam("rows", ParamKind::ValueRows, RW_TEXT("rows", "Rows"),
                               RW_TEXT("rows",
                                       "The values of each row, in the order of the columns. Numbers, `true` "
                                       "and `false` may be written with or without quotes. Times and dates "
                                       "are text. `null`, or an empty cell of the grid, is NULL."));
    rows.required = true;
    ParamSpec every =
        makeParam("every", ParamKind::Duration, RW_TEXT("rows", "Every"),
                  RW_TEXT("rows", "The time from one row to the next. `0s`: all at once."), "0s");
    every.min = 0;
    every.max = 86'400'000;
    std::vector<ParamSpec> params{columnsParam(), std::move(rows), std::move(every)};
    for (ParamSpec& shared : timingParams()) params.push_back(std::move(shared));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind rowsKind() {
    NodeKind kind;
    kind.type = "rows";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("rows", "Rows");
    kind.palette = {{kind.name, RW_TEXT("rows", "A few rows typed by hand"), "rows"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = rowsParams();
    kind.bind = bindRows;
    kind.make = makeRows;
    return kind;
}

}  // namespace rw

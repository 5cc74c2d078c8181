// select: columns chosen, renamed and computed.
#include <unordered_set>

#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/slices.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundSelect final : public BoundNode, public TellsContributors {
 public:
    std::vector<sql::BoundItem> items;

    /// An expression that can fail is computed even when it is not read: a row is rejected in either case.
    bool computes(std::size_t item, const ColumnSet& wanted) const {
        return item >= wanted.size() || wanted[item] || sql::canFail(*items[item].expr);
    }
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet columns(inputs.front().schema->size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (computes(i, wanted.front())) sql::markColumns(*items[i].expr, columns);
        }
        return {std::move(columns)};
    }

    /// By the columns that go on as they are, and by what the others are computed to be.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        OwnRow own;
        bool computed = false;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const sql::BoundExpr& expr = *items[i].expr;
            const bool passes = expr.kind == sql::BoundExpr::Kind::Column;
            if (passes) own.columns.push_back({expr.column, static_cast<int>(i)});
            computed = computed || !passes;
        }
        auto match = ownRow(asked, own);
        if (computed) {
            match->also = [this, row = asked.row, eval = asked.eval](const Batch& rows, std::size_t at) {
                return gives(rows.slice(at, 1), row, eval);
            };
        }
        return std::vector<Contributors>{{0, std::move(match), RW_TEXT("lineage", "the row itself")}};
    }
    std::optional<Passage> passage(int, int port, const Batch& row,
                                   const sql::EvalContext& eval) const override {
        if (port != 0) return std::nullopt;
        Passage passage;
        passage.becomes = row;
        passage.becomes.schema = outputs.front().schema;
        passage.becomes.columns.clear();
        for (const sql::BoundItem& item : items) {
            const sql::Vector value = sql::evaluate(*item.expr, row, eval);
            if (value.errors && !value.errors->empty() && passage.passes) {
                passage.passes = false;
                passage.rejected = true;
                passage.why = RW_TEXT("lineage", "rejected: %1").with(value.errors->front().reason);
            }
            passage.becomes.columns.push_back(value.flat(1));
        }
        return passage;
    }
    std::optional<Passing> passing(int, int port, const Batch& rows,
                                   const sql::EvalContext& eval) const override {
        // Of large texts there may be room for one row's.
        if (port != 0 || sql::hasLargeTexts(rows)) return std::nullopt;
        Passing passing{std::vector<std::uint8_t>(rows.rows, 1), rows};
        passing.becomes.schema = outputs.front().schema;
        passing.becomes.columns.clear();
        sql::Work work = sql::Slices::workOf(rows);
        for (const sql::BoundItem& item : items) {
            const sql::Vector value = sql::evaluate(*item.expr, rows, eval, work);
            if (work.givenUp()) return std::nullopt;
            if (value.errors) {
                for (const sql::RowError& error : *value.errors) passing.passes[error.row] = 0;
            }
            passing.becomes.columns.push_back(value.flat(rows.rows));
        }
        return passing;
    }

 private:
    /// Whether an input row gives those columns of `wanted` that are known.
    bool gives(const Batch& input, const Batch& wanted, const sql::EvalContext& eval) const {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (!wanted.columns[i] || items[i].expr->kind == sql::BoundExpr::Kind::Column) continue;
            const ColumnRef value = sql::evaluate(*items[i].expr, input, eval).flat(1);
            if (!equalCells(*value, 0, *wanted.columns[i], 0, false)) return false;
        }
        return true;
    }
};

class Select final : public Operator {
 public:
    Select(const BoundSelect& bound, const MakeContext& context)
        : m_items(bound.items),
          m_schema(bound.outputs.front().schema),
          m_keepStamps(bound.outputs.front().eventTime >= 0),
          m_eval(context.eval),
          m_nullOnError(context.nullOnError) {
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            m_computed.push_back(bound.computes(i, context.wanted));
            m_rejects = m_rejects || (!m_nullOnError && sql::canFail(*m_items[i].expr));
        }
    }

    Status onBatch(int, const Batch& batch, Output& out) override {
        std::size_t most = batch.rows;
        if (!sql::hasLargeTexts(batch)) {
            sql::Work work = sql::Slices::workOf(batch);
            RW_TRY(emitRows(batch, m_eval, work, out));
            if (!work.givenUp()) return {};
            most /= 2;
        }
        m_slices = sql::Slices(batch, most);
        return resume(out);
    }

    bool hasMore() const override { return !m_slices.done(); }

    Status resume(Output& out) override {
        for (bool taken = false; !taken;) {
            sql::Work work = m_slices.work();
            RW_TRY(emitRows(m_slices.rows(), m_slices.context(m_eval), work, out));
            taken = m_slices.take(work);
        }
        if (m_slices.done()) m_slices = sql::Slices();
        return {};
    }

 private:
    /// Nothing, where `work` is given up.
    Status emitRows(const Batch& batch, const sql::EvalContext& eval, sql::Work& work, Output& out) const {
        Batch result = batch;
        result.schema = m_schema;
        result.columns.assign(m_items.size(), nullptr);
        if (!m_keepStamps) result.stamps = nullptr;
        RowFailures failures;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (!m_computed[i]) continue;
            const sql::Vector value = sql::evaluate(*m_items[i].expr, batch, eval, work);
            if (work.givenUp()) return {};
            if (!m_nullOnError) failures.add(value);
            result.columns[i] = value.flat(batch.rows);
        }
        if (!failures.empty()) {
            RW_TRY(failures.reject(batch, out));
            result = result.select(failures.others(batch.rows));
        }
        if (m_rejects) unpairUpdates(result);
        out.emit(0, std::move(result));
        return {};
    }

    const std::vector<sql::BoundItem> m_items;
    const SchemaRef m_schema;
    const bool m_keepStamps;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    std::vector<bool> m_computed;
    bool m_rejects = false;  ///< an item can fail
    sql::Slices m_slices{};  ///< of a batch whose texts are too large to be made at once
};

/// The output column that is input column `column` unchanged; -1: none.
int passedOn(const std::vector<sql::BoundItem>& items, int column) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const sql::BoundExpr& expr = *items[i].expr;
        if (expr.kind == sql::BoundExpr::Kind::Column && expr.column == column) return static_cast<int>(i);
    }
    return -1;
}

/// NULL and intervals are for computing with; a column has a type of section 2 of the contract.
bool isColumnType(Type type) {
    return !type.is(TypeId::Null) && !type.is(TypeId::IntervalDay) && !type.is(TypeId::IntervalMonth);
}

/// Reports an entry that can't be a column, or has the name of an earlier one; else adds its name.
bool fits(BindContext& context, const sql::BoundItem& column, std::unordered_set<std::string>& names,
          int item) {
    const std::string& name = column.name;
    Issue* issue = nullptr;
    if (!isColumnType(column.expr->type)) {
        issue = &context.error(
            "columns", RW_TEXT("select", "“%1” has no type that a column can have.").with(name),
            RW_TEXT("select", "Give it one: CAST(… AS STRING) AS %1.").with(sql::quoteIdentifier(name)));
    } else if (!names.insert(name).second) {
        issue = &context.error("columns", RW_TEXT("select", "There are two columns “%1”.").with(name),
                               RW_TEXT("select", "Give one of them another name: … AS %1.")
                                   .with(sql::quoteIdentifier(name + "_2")));
    } else {
        return true;
    }
    issue->item = item;
    issue->length = context.list("columns")[static_cast<std::size_t>(item)].size();
    return false;
}

/// Binds the list; reports elements that can't be columns.
void bindItems(BindContext& context, BoundSelect& bound, Schema& schema) {
    const auto texts = context.list("columns");
    const SchemaRef& input = context.input().schema;
    const sql::Scope scope{.schema = input, .index = std::make_shared<const ColumnIndex>(*input)};
    std::unordered_set<std::string> names;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < texts.size() && wrong < mostWrongItems(texts.size()); ++i) {
        const int item = static_cast<int>(i);
        auto items = accept(context, "columns", item, sql::bindSelectItem(texts[i], scope));
        wrong += !items;
        if (!items) continue;
        for (sql::BoundItem& one : *items) {
            if (!fits(context, one, names, item)) continue;
            schema.fields.push_back({one.name, one.expr->type});
            bound.items.push_back(std::move(one));
        }
    }
}

/// Key columns name the rows of an updating stream: without them a change could not be told whose it is.
void keepKey(BindContext& context, const BoundSelect& bound, StreamType& stream) {
    for (const int column : context.input().key) {
        const int kept = passedOn(bound.items, column);
        if (kept >= 0) {
            stream.key.push_back(kept);
            continue;
        }
        const std::string& name = context.input().schema->fields[static_cast<std::size_t>(column)].name;
        Issue& issue = context.error(
            "columns",
            RW_TEXT("select", "“%1” sends changing rows, and “%2” is part of their key; it must stay.")
                .with(context.producer().title, name),
            RW_TEXT("select", "Add “%1” to the columns.").with(sql::quoteIdentifier(name)));
        QuickFix& fix = issue.quickFixes.emplace_back();
        fix.label = RW_TEXT("select", "Add “%1”").with(name);
        fix.node = context.node().id;
        fix.param = "columns";
        fix.value = context.json("columns");
        fix.value.push_back(sql::quoteIdentifier(name));
    }
}

/// Whether the window columns go on unchanged: a computed column of their names is no window.
bool keepsWindows(const StreamType& input, const std::vector<sql::BoundItem>& items, const Schema& schema) {
    if (!input.windowed) return false;
    for (const char* name : {"window_start", "window_end", "window_time"}) {
        const auto before = input.schema->find(name), after = schema.find(name);
        if (!before || !after) return false;
        const sql::BoundExpr& expr = *items[static_cast<std::size_t>(*after)].expr;
        if (expr.kind != sql::BoundExpr::Kind::Column || expr.column != *before) return false;
    }
    return true;
}

BoundNodeRef bindSelect(BindContext& context) {
    auto bound = std::make_shared<BoundSelect>();
    const StreamType& input = context.input();
    Schema schema;
    bindItems(context, *bound, schema);
    if (context.failed()) return nullptr;
    StreamType stream = input;
    stream.key.clear();
    stream.eventTime = input.eventTime < 0 ? -1 : passedOn(bound->items, input.eventTime);
    keepKey(context, *bound, stream);
    if (context.failed()) return nullptr;
    stream.windowed = keepsWindows(input, bound->items, schema);
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    bound->outputs = {std::move(stream), rejectedStream()};
    bound->summary =
        RW_TEXT("select", "%1").with(fmt::format("{}", fmt::join(context.list("columns"), ", ")));
    return bound;
}

Result<Made> makeSelect(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Select>(static_cast<const BoundSelect&>(bound), context));
}

}  // namespace

NodeKind selectKind() {
    NodeKind kind;
    kind.type = "select";
    kind.name = RW_TEXT("select", "Select");
    kind.palette = {{kind.name, RW_TEXT("select", "Choose and compute columns"), "select"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    ParamSpec columns = makeParam(
        "columns", ParamKind::SelectItems, RW_TEXT("select", "Columns"),
        RW_TEXT("select",
                "A column, an expression with a name (`price * 2 AS twice`), or `*` for all columns of the "
                "input. They are in the order of the result, and each name must be unique. Without the "
                "event-time column, the rows have no event time from here on."));
    columns.required = true;
    kind.params = {std::move(columns), onErrorParam()};
    kind.bind = bindSelect;
    kind.make = makeSelect;
    return kind;
}

}  // namespace rw

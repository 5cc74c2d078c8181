// filter: the rows for which a condition is true.
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundFilter final : public BoundNode, public TellsContributors {
 public:
    sql::BoundRef condition;
    std::string text{};        ///< of it, for people
    bool nullOnError = false;  ///< as MakeContext::nullOnError

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        ColumnSet columns = wanted.front();
        sql::markColumns(*condition, columns);
        return {std::move(columns)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    std::optional<Passage> passage(int, int port, const Batch& row,
                                   const sql::EvalContext& eval) const override {
        if (port != 0) return std::nullopt;
        return passageOf(row, *condition, text, eval, nullOnError);
    }
    std::optional<Passing> passing(int, int port, const Batch& rows,
                                   const sql::EvalContext& eval) const override {
        if (port != 0) return std::nullopt;
        Passing passing{std::vector<std::uint8_t>(rows.rows, 0), rows};
        std::vector<std::uint32_t> selected;
        sql::RowErrors errors;
        sql::filterRows(*condition, rows, eval, selected, errors);
        for (const std::uint32_t row : selected) passing.passes[row] = 1;
        return passing;
    }
};

class Filter final : public Operator {
 public:
    Filter(const BoundFilter& bound, const MakeContext& context)
        : m_condition(bound.condition), m_eval(context.eval), m_nullOnError(context.nullOnError) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        sql::RowErrors errors;
        const sql::Vector holds = sql::filterRows(*m_condition, batch, m_eval, m_selected, errors);
        std::size_t nulls = holds.nullCount(batch.rows);
        if (!m_nullOnError) {
            nulls -= errors.size();  // a row that failed is NULL as well, but it is rejected
            RowFailures failures;
            failures.add(errors);
            RW_TRY(failures.reject(batch, out));
        }
        if (nulls > 0) out.countNullDropped(nulls);
        Batch kept = m_selected.size() == batch.rows ? batch : batch.select(m_selected);
        unpairUpdates(kept);
        out.emit(0, std::move(kept));
        return {};
    }

 private:
    const sql::BoundRef m_condition;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    std::vector<std::uint32_t> m_selected;
};

BoundNodeRef bindFilter(BindContext& context) {
    auto bound = std::make_shared<BoundFilter>();
    const std::string text = context.text("condition");
    auto condition = accept(context, "condition", -1, sql::bindCondition(text, {context.input().schema}));
    if (!condition) return nullptr;
    bound->condition = std::move(*condition);
    bound->text = text;
    bound->nullOnError = context.text("on_error") == "null";
    bound->outputs = {context.input(), rejectedStream()};
    bound->summary = RW_TEXT("filter", "%1").with(text);
    return bound;
}

Result<Made> makeFilter(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Filter>(static_cast<const BoundFilter&>(bound), context));
}

}  // namespace

NodeKind filterKind() {
    NodeKind kind;
    kind.type = "filter";
    kind.name = RW_TEXT("filter", "Filter");
    kind.palette = {{kind.name, RW_TEXT("filter", "Keep rows that match"), "filter"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    ParamSpec condition =
        makeParam("condition", ParamKind::Condition, RW_TEXT("filter", "Condition"),
                  RW_TEXT("filter",
                          "SQL over the columns of the input: comparisons, `AND`, `OR`, `NOT`, `IN`, "
                          "`BETWEEN`, `LIKE`, `IS NULL` and all functions. Rows for which it is true are "
                          "emitted; those for which it is false or NULL are dropped."));
    condition.required = true;
    condition.section = RW_TEXT("filter", "Keep rows where");
    kind.params = {std::move(condition), onErrorParam()};
    kind.bind = bindFilter;
    kind.make = makeFilter;
    return kind;
}

}  // namespace rw

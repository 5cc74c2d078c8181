#include "core/sql/eval/evaluate.h"

#include <unordered_map>

#include "core/sql/eval/cast.h"
#include "core/sql/eval/choose.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/eval/logic.h"

namespace rw::sql {

namespace {

class Evaluator {
 public:
    Evaluator(const Batch& batch, const EvalContext& context) : m_batch(batch), m_context(context) {}

    Vector run(const BoundExpr& expr) {
        if (!expr.shared) return compute(expr);
        const auto known = m_shared.find(&expr);
        if (known != m_shared.end()) return known->second;
        return m_shared.emplace(&expr, compute(expr)).first->second;
    }

 private:
    Vector compute(const BoundExpr& expr) {
        switch (expr.kind) {
            case BoundExpr::Kind::Column:
                return column(expr);
            case BoundExpr::Kind::Literal:
                return literal(expr);
            case BoundExpr::Kind::And:
                return connect<true>(expr);
            case BoundExpr::Kind::Or:
                return connect<false>(expr);
            case BoundExpr::Kind::Case:
                return caseWhen(expr);
            case BoundExpr::Kind::Coalesce:
                return coalesce(expr);
            case BoundExpr::Kind::Call:
            case BoundExpr::Kind::Cast:
                break;
        }
        std::vector<Vector> args;
        args.reserve(expr.args.size());
        for (const BoundRef& arg : expr.args) args.push_back(run(*arg));
        const CallArgs call{args, m_batch.rows, expr, m_context};
        return expr.kind == BoundExpr::Kind::Cast ? evaluateCast(call) : expr.function->evaluate(call);
    }

    Vector column(const BoundExpr& expr) const {
        return {m_batch.columns[static_cast<std::size_t>(expr.column)], false, {}};
    }

    static Vector literal(const BoundExpr& expr) {
        if (expr.prepared) return {std::static_pointer_cast<const Column>(expr.prepared), true, {}};
        ColumnBuilder builder(expr.type);
        appendValue(builder, expr.value);
        return {builder.finish(), true, {}};
    }

    template <bool conjunction>
    Vector connect(const BoundExpr& expr) {
        Vector result = run(*expr.args[0]);
        for (std::size_t i = 1; i < expr.args.size(); ++i) {
            result = connectConditions<conjunction>(result, run(*expr.args[i]), m_batch.rows);
        }
        return result;
    }

    Vector caseWhen(const BoundExpr& expr) {
        Chooser chooser(expr.type, m_batch.rows);
        for (std::size_t i = 0; i + 1 < expr.args.size() && chooser.open(); i += 2) {
            chooser.when(run(*expr.args[i]));
            if (chooser.selected()) chooser.take(run(*expr.args[i + 1]));
        }
        if (chooser.open()) {
            chooser.whenOpen();
            chooser.take(run(*expr.args.back()));
        }
        return chooser.finish();
    }

    Vector coalesce(const BoundExpr& expr) {
        Chooser chooser(expr.type, m_batch.rows);
        for (const BoundRef& arg : expr.args) {
            if (!chooser.open()) break;
            const Vector value = run(*arg);
            chooser.whenPresent(value);
            if (chooser.selected()) chooser.take(value);
        }
        return chooser.finish();
    }

    const Batch& m_batch;
    const EvalContext& m_context;
    std::unordered_map<const BoundExpr*, Vector> m_shared;
};

}  // namespace

Vector evaluate(const BoundExpr& expr, const Batch& batch, const EvalContext& context) {
    return Evaluator(batch, context).run(expr);
}

void filterRows(const BoundExpr& condition, const Batch& batch, const EvalContext& context,
                std::vector<std::uint32_t>& selected, RowErrors& errors) {
    selected.clear();
    errors.clear();
    const Vector result = evaluate(condition, batch, context);
    if (result.errors) errors = *result.errors;
    const auto rows = static_cast<std::uint32_t>(batch.rows);
    if (result.constant) {
        if (result.isNull(0) || result.at<std::uint8_t>(0) == 0) return;
        selected.resize(rows);
        for (std::uint32_t row = 0; row < rows; ++row) selected[row] = row;
        return;
    }
    // A NULL's value is 0 (Column says so), so that the bytes alone decide; every row is written, few are
    // kept.
    const std::uint8_t* const holds = result.column->values<std::uint8_t>().data();
    selected.resize(rows);
    std::uint32_t* const to = selected.data();
    std::size_t count = 0;
    for (std::uint32_t row = 0; row < rows; ++row) {
        to[count] = row;
        count += holds[row];
    }
    selected.resize(count);
}

}  // namespace rw::sql

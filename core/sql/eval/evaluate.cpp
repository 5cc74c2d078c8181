#include "core/sql/eval/evaluate.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "core/data/visit_type.h"
#include "core/sql/eval/cast.h"
#include "core/sql/eval/choose.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/eval/logic.h"
#include "core/sql/eval/slices.h"

namespace rw::sql {

namespace {

/// Bytes of the constant texts that a function reads again for each row; small ones count as none.
std::size_t constantTexts(const std::vector<Vector>& args) {
    constexpr std::size_t kSmall = 4096;
    std::size_t bytes = 0;
    bool allConstant = true;
    for (const Vector& arg : args) {
        allConstant = allConstant && arg.constant;
        if (arg.constant && isReference(arg.column->type().id) && !arg.isNull(0))
            bytes += arg.at<StringRef>(0).size();
    }
    return allConstant || bytes < kSmall ? 0 : bytes;
}

class Evaluator {
 public:
    Evaluator(const Batch& batch, const EvalContext& context, Work& work)
        : m_batch(batch), m_context(context), m_work(work) {}

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
        m_work.made(constantTexts(args) * m_batch.rows);
        if (m_work.givenUp() || interrupted()) return nullVector(expr.type, m_batch.rows);
        const CallArgs call{args, m_batch.rows, expr, m_context, m_work};
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
    Work& m_work;
    std::unordered_map<const BoundExpr*, Vector> m_shared;
};

/// The rows of [from, to) where `holds` is 1, into `kept`, which has room for all. Eight at a time: a product
/// with 0x01…01 counts in byte i the ones up to i, so that no row waits for the one before to be counted.
[[gnu::noinline]] std::size_t whereTrue(const std::uint8_t* __restrict holds, std::uint32_t from,
                                        std::uint32_t to, std::uint32_t* __restrict kept) {
    std::size_t count = 0;
    std::uint32_t row = from;
    for (; row + 8 <= to; row += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, holds + row, sizeof eight);
        const std::uint64_t upTo = eight * 0x0101010101010101;
        std::uint32_t* const place = kept + count;
        place[0] = row;
        for (unsigned i = 1; i < 8; ++i) place[(upTo >> (8 * i - 8)) & 0xFF] = row + i;
        count += upTo >> 56;
    }
    for (; row < to; ++row) {
        kept[count] = row;
        count += holds[row];
    }
    return count;
}

/// Appends the values and errors of rows that begin at `from`.
void append(ColumnBuilder& values, RowErrors& errors, const Vector& rows, std::size_t from,
            std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) {
        values.appendSharing(*rows.column, rows.constant ? 0 : row);
    }
    if (!rows.errors) return;
    for (const RowError& error : *rows.errors) {
        errors.push_back({static_cast<std::uint32_t>(error.row + from), error.reason});
    }
}

}  // namespace

Vector evaluate(const BoundExpr& expr, const Batch& batch, const EvalContext& context, Work& work) {
    return Evaluator(batch, context, work).run(expr);
}

Vector evaluate(const BoundExpr& expr, const Batch& batch, const EvalContext& context) {
    std::size_t most = batch.rows;
    if (!hasLargeTexts(batch)) {
        Work work = Slices::workOf(batch);
        Vector all = evaluate(expr, batch, context, work);
        if (!work.givenUp()) return all;
        most /= 2;
    }
    Slices slices(batch, most);
    ColumnBuilder values(expr.type);
    RowErrors errors;
    while (!slices.done()) {
        const std::size_t from = slices.from(), count = slices.count();
        Work work = slices.work();
        const Vector some = evaluate(expr, slices.rows(), slices.context(context), work);
        if (slices.take(work)) append(values, errors, some, from, count);
    }
    Vector all{values.finish(), false, {}};
    if (!errors.empty()) all.errors = std::make_shared<const RowErrors>(std::move(errors));
    return all;
}

Vector filterRows(const BoundExpr& condition, const Batch& batch, const EvalContext& context,
                  std::vector<std::uint32_t>& selected, RowErrors& errors) {
    selected.clear();
    errors.clear();
    Vector result = evaluate(condition, batch, context);
    if (result.errors) errors = *result.errors;
    const auto rows = static_cast<std::uint32_t>(batch.rows);
    if (result.constant) {
        if (result.isNull(0) || result.at<std::uint8_t>(0) == 0) return result;
        selected.resize(rows);
        for (std::uint32_t row = 0; row < rows; ++row) selected[row] = row;
        return result;
    }
    // A NULL's value is 0 (Column says so), so that the bytes alone decide; every row is written, few are
    // kept. A part at a time, because to resize `selected` to all rows would zero it each time.
    const std::uint8_t* const holds = result.column->values<std::uint8_t>().data();
    std::array<std::uint32_t, 2048> kept;  // stays in the first cache, beside the copies
    for (std::uint32_t from = 0; from < rows; from += static_cast<std::uint32_t>(kept.size())) {
        const auto to = static_cast<std::uint32_t>(std::min<std::size_t>(rows, from + kept.size()));
        const std::size_t count = whereTrue(holds, from, to, kept.data());
        selected.insert(selected.end(), kept.data(), kept.data() + count);
    }
    return result;
}

}  // namespace rw::sql

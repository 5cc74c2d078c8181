#include "core/look/expression_values.h"

#include <date/tz.h>

#include <algorithm>
#include <limits>
#include <variant>

#include "core/sql/bind/bind.h"
#include "core/sql/eval/slices.h"

namespace rw {

namespace {

constexpr std::size_t kRowsBefore = 2;  ///< of the current row, where there are as many

sql::BoundRef boundOf(const ExpressionQuestion& question) {
    const sql::Scope scope{question.input.type.schema};
    if (question.form == ExpressionForm::SelectItem) {
        const auto items = sql::bindSelectItem(question.text, scope);
        const auto* const all = std::get_if<std::vector<sql::BoundItem>>(&items);
        // A `*` is no expression.
        return all != nullptr && all->size() == 1 ? all->front().expr : nullptr;
    }
    std::string_view text = question.text;
    if (question.form == ExpressionForm::Branch) {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return nullptr;
        text.remove_prefix(colon + 1);
    }
    const auto bound = sql::bindCondition(text, scope);
    const auto* const condition = std::get_if<sql::BoundRef>(&bound);
    return condition != nullptr ? *condition : nullptr;
}

class Valuing {
 public:
    Valuing(const ExpressionQuestion& question, const sql::BoundExpr& expr)
        : m_question(question),
          m_expr(expr),
          m_current(question.current),
          m_clock(question.clock ? question.clock : systemClock()),
          m_began(m_clock->steadyMillis()),
          m_valueSchema(std::make_shared<const Schema>(Schema{{{"value", expr.type}}})) {
        m_eval.runStart = question.now;
        if (question.timeZone != "UTC") {
            m_eval.zone =
                question.timeZone == "local" ? date::current_zone() : date::locate_zone(question.timeZone);
        }
        m_values.type = expr.type;
        std::vector<bool> used(question.input.type.schema->size());
        sql::markColumns(expr, used);
        for (std::size_t column = 0; column < used.size() && m_read.size() < ExpressionValues::kMostRead;
             ++column) {
            if (!used[column]) continue;
            m_read.push_back(column);
            m_values.reads.push_back(question.input.type.schema->fields[column].name);
        }
        choose();
    }

    std::optional<ExpressionValues> values() {
        std::size_t first = 0;
        for (const Batch& batch : m_question.input.batches) {
            if (!count(batch, first)) break;
            first += batch.rows;
        }
        if (m_question.isCancelled()) return std::nullopt;
        if (m_current && m_current->first >= m_question.input.rows) {
            sql::Work work;
            const auto value = valueOf(m_current->second, m_eval, work);
            if (value) take(m_current->second, *value, 0, m_current->first);
        }
        return std::move(m_values);
    }

 private:
    /// Which rows are shown: those around the current one; the first, where it was not kept.
    void choose() {
        const std::size_t kept = m_question.input.rows;
        m_until = std::min(kept, m_question.most);
        if (!m_current) return;
        if (m_current->first >= kept) {
            m_until = std::min(kept, m_question.most - 1);
            return;
        }
        m_from = m_current->first - std::min(m_current->first, kRowsBefore);
        m_from = std::min(m_from, kept - m_until);
        m_until += m_from;
    }

    bool stops() const {
        return m_question.isCancelled() || m_clock->steadyMillis() - m_began >= m_question.longest;
    }

    /// By as many rows at a time as their texts allow. False: it was told to stop.
    bool count(const Batch& batch, std::size_t first) {
        sql::Slices slices(batch, batch.rows);
        while (!slices.done()) {
            const Batch rows = slices.rows();
            const std::size_t from = first + slices.from();
            sql::Work work = slices.work();
            const std::optional<sql::Vector> value = valueOf(rows, slices.context(m_eval), work);
            if (!value) return false;
            if (slices.take(work)) note(rows, *value, from);
        }
        return true;
    }

    std::optional<sql::Vector> valueOf(const Batch& rows, const sql::EvalContext& eval, sql::Work& work) {
        const sql::Interruptible interruptible([this] { return stops(); });
        if (stops()) return std::nullopt;
        sql::Vector value = sql::evaluate(m_expr, rows, eval, work);
        return interruptible.happened() ? std::nullopt : std::optional(std::move(value));
    }

    void note(const Batch& rows, const sql::Vector& value, std::size_t first) {
        const std::size_t failed = value.errors ? value.errors->size() : 0;
        m_values.counted += rows.rows;
        m_values.errors += failed;
        m_values.nulls += value.nullCount(rows.rows) - failed;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            if (m_expr.type.is(TypeId::Boolean) && !value.isNull(row) && value.at<std::uint8_t>(row) != 0)
                ++m_values.holds;
            if (first + row >= m_from && first + row < m_until) take(rows, value, row, first + row);
        }
    }

    void take(const Batch& batch, const sql::Vector& value, std::size_t row, std::size_t number) {
        ExpressionValue taken;
        taken.number = number;
        taken.isCurrent = m_current && m_current->first == number;
        for (const std::size_t column : m_read) taken.read.push_back(batch.columns[column]->slice(row, 1));
        taken.value = cut(value.constant ? value.column : value.column->slice(row, 1));
        if (value.errors) {
            for (const sql::RowError& error : *value.errors) {
                if (error.row == row) taken.error = error.reason;
            }
        }
        m_values.rows.push_back(std::move(taken));
    }

    ColumnRef cut(const ColumnRef& value) const {
        Batch one;
        one.schema = m_valueSchema;
        one.columns = {value};
        one.rows = 1;
        return one.newest({1, std::numeric_limits<std::size_t>::max(), Collector::kLongestText})
            .columns.front();
    }

    const ExpressionQuestion& m_question;
    const sql::BoundExpr& m_expr;
    const std::optional<std::pair<std::size_t, Batch>>& m_current;
    const std::shared_ptr<Clock> m_clock;
    const std::int64_t m_began;
    const SchemaRef m_valueSchema;
    sql::EvalContext m_eval{};
    std::vector<std::size_t> m_read{};
    std::size_t m_from = 0, m_until = 0;  ///< rows that are shown
    ExpressionValues m_values{};
};

}  // namespace

std::optional<ExpressionValues> valuesOf(const ExpressionQuestion& question) {
    const sql::BoundRef bound = boundOf(question);
    return bound ? Valuing(question, *bound).values() : std::nullopt;
}

}  // namespace rw

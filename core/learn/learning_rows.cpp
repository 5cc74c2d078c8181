#include "core/learn/learning_rows.h"

#include <cmath>

namespace rw::learn {

RowReader::RowReader(const LearningInput& input, const LearningPlan& plan, const MakeContext& context)
    : m_input(input),
      m_nullFails(plan.impute == Impute::Error && !context.nullOnError && input.role == InputRole::Rows),
      m_eval(context.eval),
      m_nullOnError(context.nullOnError) {}

void RowReader::read(const Batch& batch, LearningRows& rows) {
    m_failures = RowFailures();
    rows.batch = batch;
    rows.next = 0;
    rows.numbers.resize(m_input.numbers.size() * batch.rows);
    for (std::size_t i = 0; i < m_input.numbers.size(); ++i) readNumbers(*m_input.numbers[i], i, rows);
    rows.texts.clear();
    for (const sql::BoundRef& text : m_input.texts) rows.texts.push_back(readText(text, batch));
    rows.label = readText(m_input.label, batch);
    rows.id = readText(m_input.id, batch);
    readTarget(rows);
    if (m_input.role == InputRole::Labels) requireId(rows);
}

void RowReader::readNumbers(const sql::BoundExpr& expr, std::size_t column, LearningRows& rows) {
    const sql::Vector values = sql::evaluate(expr, rows.batch, m_eval);
    if (!m_nullOnError) m_failures.add(values);
    sql::RowErrors errors;
    for (std::uint32_t row = 0; row < rows.batch.rows; ++row) {
        double& value = rows.numbers[row * m_input.numbers.size() + column];
        value = values.isNull(row) ? kUnknown : values.at<double>(row);
        if (std::isfinite(value)) continue;
        if (!values.isNull(row) && !m_nullOnError) {
            errors.push_back({row, RW_TEXT("learning", "The feature “%1” is %2, not a finite number.")
                                       .with(m_input.names[column], value)});
        } else if (m_nullFails) {
            errors.push_back(
                {row, RW_TEXT("learning", "The feature “%1” is NULL.").with(m_input.names[column])});
        }
        value = kUnknown;
    }
    m_failures.add(errors);
}

void RowReader::readTarget(LearningRows& rows) {
    rows.targets.clear();
    if (!m_input.target) return;
    const sql::Vector values = sql::evaluate(*m_input.target, rows.batch, m_eval);
    if (!m_nullOnError) m_failures.add(values);
    sql::RowErrors errors;
    for (std::uint32_t row = 0; row < rows.batch.rows; ++row) {
        double value = values.isNull(row) ? kUnknown : values.at<double>(row);
        if (!values.isNull(row) && !std::isfinite(value)) {
            if (!m_nullOnError)
                errors.push_back(
                    {row, RW_TEXT("learning", "The target is %1, not a finite number.").with(value)});
            value = kUnknown;
        }
        rows.targets.push_back(value);
    }
    m_failures.add(errors);
}

ColumnRef RowReader::readText(const sql::BoundRef& expr, const Batch& batch) {
    if (!expr) return nullptr;
    const sql::Vector values = sql::evaluate(*expr, batch, m_eval);
    if (!m_nullOnError) m_failures.add(values);
    return values.flat(batch.rows);
}

void RowReader::requireId(const LearningRows& rows) {
    sql::RowErrors errors;
    for (std::uint32_t row = 0; row < rows.batch.rows; ++row) {
        if (rows.id->isNull(row))
            errors.push_back({row, RW_TEXT("learning", "The label has no id: it belongs to no row.")});
    }
    m_failures.add(errors);
}

}  // namespace rw::learn

#include "core/patterns/made_rows.h"

#include <algorithm>

#include "core/stream/row_errors.h"

namespace rw::patterns {

MadeRows::MadeRows(const MatchPlan& plan, const Partitions& partitions, const MakeContext& context)
    : m_plan(plan), m_partitions(partitions), m_context(context) {
    for (const RowExpression& measure : plan.measures) m_values.emplace_back(measure.terms.size());
    for (const TermAggregate& aggregate : plan.terms.ofMeasures) {
        m_sums.emplace_back();
        m_sums.back().state = aggregate.bound.make(aggregate.bound);
    }
    m_groupOf.resize(m_sums.size());
}

void MadeRows::add(const Partition& partition, const Path& path, std::int64_t number) {
    for (const RowExpression& measure : m_plan.measures) {
        for (const Term& term : measure.terms) {
            if (term.kind == Term::Kind::Aggregate) addSum(term, partition, path);
        }
    }
    if (!m_plan.allRows || path.size() == 0) return addRow(partition, path, path.size(), number);
    for (std::size_t row = 0; row < path.size(); ++row) {
        if (!path.at(row).excluded) addRow(partition, path, row, number);
    }
}

void MadeRows::addSum(const Term& term, const Partition& partition, const Path& path) {
    const auto index = static_cast<std::size_t>(term.aggregate);
    Sum& sum = m_sums[index];
    const bool each = m_plan.allRows && !term.final && path.size() > 0;  // a group for every row
    m_groupOf[index] = sum.groups;
    for (std::size_t row = 0; row < path.size(); ++row) {
        const std::uint32_t group = sum.groups + (each ? static_cast<std::uint32_t>(row) : 0);
        if (each && row > 0) {
            sum.from.push_back(group - 1);
            sum.to.push_back(group);
        }
        if (term.variable >= 0 && path.at(row).variable != term.variable) continue;
        sum.slots.push_back(partition.rows[partition.start + row]);
        sum.into.push_back(group);
    }
    sum.groups += each ? static_cast<std::uint32_t>(path.size()) : 1;
}

void MadeRows::addRow(const Partition& partition, const Path& path, std::size_t row, std::int64_t number) {
    const auto slotAt = [&](std::size_t offset) { return partition.rows[partition.start + offset]; };
    const bool whole = row == path.size();  // one row for the match
    m_rows.push_back(slotAt(whole ? 0 : row));
    m_first.push_back(slotAt(0));
    m_last.push_back(slotAt(path.size() == 0 ? 0 : path.size() - 1));
    m_numbers.push_back(number);
    for (std::size_t measure = 0; measure < m_plan.measures.size(); ++measure) {
        const std::vector<Term>& terms = m_plan.measures[measure].terms;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            const std::size_t upTo = whole || terms[i].final ? path.size() : row + 1;
            addTerm(terms[i], m_values[measure][i], partition, path, upTo);
        }
    }
}

void MadeRows::addTerm(const Term& term, Values& values, const Partition& partition, const Path& path,
                       std::size_t upTo) {
    if (term.kind == Term::Kind::MatchNumber) return;
    if (term.kind == Term::Kind::Aggregate) {
        const bool each = m_plan.allRows && !term.final && path.size() > 0;
        const auto row = each ? static_cast<std::uint32_t>(upTo - 1) : 0;
        values.groups.push_back(m_groupOf[static_cast<std::size_t>(term.aggregate)] + row);
        return;
    }
    std::size_t count = upTo;
    const std::vector<std::uint32_t>* const rows = term.variable < 0 ? nullptr : &path.of(term.variable);
    if (rows != nullptr)
        count = static_cast<std::size_t>(std::lower_bound(rows->begin(), rows->end(), upTo) - rows->begin());
    RowSlot slot = kNoRow;
    int variable = -1;
    if (const auto far = static_cast<std::size_t>(term.logical); far < count) {
        const std::size_t place = term.first ? far : count - 1 - far;
        const auto offset =
            static_cast<std::int64_t>(rows != nullptr ? (*rows)[place] : place) + term.physical;
        const auto at = static_cast<std::int64_t>(partition.start) + offset;
        if (at >= static_cast<std::int64_t>(partition.begin) &&
            at < static_cast<std::int64_t>(partition.rows.size()))
            slot = partition.rows[static_cast<std::size_t>(at)];
        if (offset >= 0 && offset < static_cast<std::int64_t>(path.size()))
            variable = path.at(static_cast<std::size_t>(offset)).variable;
    }
    if (term.kind == Term::Kind::Value) {
        values.slots.push_back(slot);
    } else {
        values.variables.push_back(variable);
    }
}

ColumnRef MadeRows::sumOf(const Term& term, const Values& values) {
    const auto index = static_cast<std::size_t>(term.aggregate);
    const TermAggregate& aggregate = m_plan.terms.ofMeasures[index];
    Sum& sum = m_sums[index];
    sum.state->resize(sum.groups);
    sql::Vector argument;
    if (aggregate.column >= 0)
        argument.column = keptColumn(m_partitions.kept(), m_plan.terms, aggregate.column, sum.slots);
    const std::vector<std::uint32_t> every = everyRow(sum.slots.size());
    sum.state->update({every, sum.into, aggregate.column >= 0 ? &argument : nullptr, {}});
    for (std::size_t i = 0; i < sum.from.size(); ++i)  // one by one: each needs the one before
        sum.state->merge(*sum.state, {&sum.from[i], 1}, {&sum.to[i], 1});
    const sql::Vector result = sum.state->finish(values.groups);
    if (result.errors) m_errors.insert(m_errors.end(), result.errors->begin(), result.errors->end());
    return result.flat(values.groups.size());
}

ColumnRef MadeRows::columnOf(const Term& term, Values& values) {
    ColumnBuilder builder(term.kind == Term::Kind::MatchNumber ? Type::of(TypeId::Bigint)
                                                               : Type::of(TypeId::String));
    switch (term.kind) {
        case Term::Kind::Value:
            return keptColumn(m_partitions.kept(), m_plan.terms, term.column, values.slots);
        case Term::Kind::Aggregate:
            return sumOf(term, values);
        case Term::Kind::MatchNumber:
            for (const std::int64_t number : m_numbers) builder.append(number);
            break;
        case Term::Kind::Classifier:
            for (const int variable : values.variables) {
                if (variable < 0) {
                    builder.appendNull();
                } else {
                    builder.appendString(m_plan.pattern.variables[static_cast<std::size_t>(variable)]);
                }
            }
            break;
    }
    return builder.finish();
}

Batch MadeRows::describe() {
    Batch made;
    made.schema = m_plan.output.schema;
    made.rows = m_rows.size();
    const RowStore& kept = m_partitions.kept();
    if (m_plan.allRows) {
        for (std::size_t column = 0; column < m_plan.input.schema->size(); ++column)
            made.columns.push_back(kept.gather(static_cast<int>(column), m_rows));
    } else {
        for (const int key : m_plan.keys) made.columns.push_back(kept.gather(key, m_rows));
    }
    for (std::size_t measure = 0; measure < m_plan.measures.size(); ++measure) {
        const RowExpression& expression = m_plan.measures[measure];
        Batch terms;
        terms.schema = expression.schema;
        terms.rows = made.rows;
        for (std::size_t i = 0; i < expression.terms.size(); ++i)
            terms.columns.push_back(columnOf(expression.terms[i], m_values[measure][i]));
        const sql::Vector values = sql::evaluate(*expression.bound, terms, m_context.eval);
        if (values.errors) m_errors.insert(m_errors.end(), values.errors->begin(), values.errors->end());
        made.columns.push_back(values.flat(made.rows));
    }
    made.columns.push_back(kept.gather(m_plan.input.eventTime, m_first));
    made.columns.push_back(kept.gather(m_plan.input.eventTime, m_last));
    return made;
}

void MadeRows::clear() {
    for (std::vector<Values>& measure : m_values) {
        for (Values& values : measure) values = {};
    }
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const sql::BoundAggregate& aggregate = m_plan.terms.ofMeasures[i].bound;
        m_sums[i] = {};
        m_sums[i].state = aggregate.make(aggregate);
    }
    m_rows.clear();
    m_first.clear();
    m_last.clear();
    m_numbers.clear();
    m_errors.clear();
}

Status MadeRows::emit(Output& out) {
    if (m_rows.empty()) return {};
    Batch made = describe();
    RowFailures failures;
    keepFirstOfEachRow(m_errors);
    if (!m_context.nullOnError) failures.add(m_errors);
    clear();
    RW_TRY(failures.reject(made, out));
    if (!failures.empty()) made = made.select(failures.others(made.rows));
    if (made.rows > 0) out.emit(kMatchOut, std::move(made));
    return {};
}

}  // namespace rw::patterns

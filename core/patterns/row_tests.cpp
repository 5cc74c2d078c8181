#include "core/patterns/row_tests.h"

#include <algorithm>

namespace rw::patterns {

namespace {

constexpr std::int64_t kCostOfCondition = 32;  // of one that is computed for one row, in steps

/// Whether the times are so far apart that one match can't have both.
bool apart(Instant first, Instant last, const std::optional<Millis>& within) {
    Millis between = 0;
    return within && (__builtin_sub_overflow(last, first, &between) || between >= *within);
}

ColumnRef oneText(std::string_view text) {
    ColumnBuilder builder(Type::of(TypeId::String));
    builder.appendString(text);
    return builder.finish();
}

ColumnRef oneNumber(std::int64_t number) {
    ColumnBuilder builder(Type::of(TypeId::Bigint));
    builder.append(number);
    return builder.finish();
}

}  // namespace

ConditionTests::ConditionTests(const MatchPlan& plan, Partitions& partitions, const MakeContext& context)
    : m_plan(plan), m_partitions(partitions), m_eval(context.eval), m_nullOnError(context.nullOnError) {}

void ConditionTests::fail(RowSlot row, const Text& reason) {
    if (m_nullOnError || m_partitions.told(row)) return;
    m_partitions.tell(row);
    m_failed.emplace_back(row, reason);
}

void ConditionTests::judge(std::span<const RowSlot> rows, std::span<const RowSlot> partitions) {
    const bool any = std::any_of(m_plan.conditions.begin(), m_plan.conditions.end(),
                                 [](const RowExpression& condition) { return condition.local; });
    if (!any || rows.empty()) return;
    std::vector<std::size_t> places(rows.size());  // in their partitions
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Partition& partition = m_partitions.at(partitions[i]);
        places[i] = partition.rows.size() - partition.unjudged--;
    }
    for (std::size_t variable = 0; variable < m_plan.conditions.size(); ++variable) {
        const RowExpression& condition = m_plan.conditions[variable];
        if (!condition.bound || !condition.local) continue;
        Batch batch;
        batch.schema = condition.schema;
        batch.rows = rows.size();
        for (const Term& term : condition.terms) {
            std::vector<RowSlot> back(rows.begin(), rows.end());
            const auto far = static_cast<std::size_t>(-term.physical);
            for (std::size_t i = 0; far > 0 && i < back.size(); ++i) {
                const Partition& partition = m_partitions.at(partitions[i]);
                const bool has = places[i] >= partition.begin + far;
                back[i] = has ? partition.rows[places[i] - far] : kNoRow;
            }
            batch.columns.push_back(keptColumn(m_partitions.kept(), m_plan.terms, term.column, back));
        }
        std::vector<std::uint32_t> selected;
        sql::RowErrors errors;
        sql::filterRows(*condition.bound, batch, m_eval, selected, errors);
        for (const std::uint32_t row : selected)
            m_partitions.holds(rows[row]) |= std::uint64_t{1} << variable;
        for (const sql::RowError& error : errors) fail(rows[error.row], error.reason);
    }
}

void ConditionTests::aim(Partition& partition, Instant next, bool ended) {
    m_partition = &partition;
    m_first = m_partitions.timeOf(partition.rows[partition.start]);
    m_next = next;
    m_ended = ended;
}

Answer ConditionTests::noRow() const {
    return m_ended || apart(m_first, m_next, m_plan.within) ? Answer::No : Answer::Unknown;
}

Answer ConditionTests::ends(const Path& path) const {
    if (m_partition->start + path.size() < size()) return Answer::No;
    return m_ended ? Answer::Yes : Answer::Unknown;
}

bool ConditionTests::lacks(std::size_t matched, std::int64_t ahead) const {
    const std::size_t last = m_partition->start + std::max<std::size_t>(matched, 1) - 1;
    return !m_ended && ahead > 0 && last + static_cast<std::size_t>(ahead) >= size();
}

Answer ConditionTests::test(int variable, const Path& path) {
    const std::size_t offset = path.size(), at = m_partition->start + offset;
    if (m_plan.maxRows && offset >= static_cast<std::size_t>(*m_plan.maxRows)) return Answer::No;
    if (at >= size()) return noRow();
    const RowSlot row = m_partition->rows[at];
    if (apart(m_first, m_partitions.timeOf(row), m_plan.within)) return Answer::No;
    const RowExpression& condition = m_plan.conditions[static_cast<std::size_t>(variable)];
    if (!condition.bound) return Answer::Yes;
    if (!condition.local) return evaluate(condition, variable, path);
    return (m_partitions.holds(row) >> variable & 1U) != 0 ? Answer::Yes : Answer::No;
}

ConditionTests::Found ConditionTests::find(const Term& term, int variable, const Path& path) const {
    const bool every = term.variable < 0;
    const std::size_t taken = every ? path.size() : path.of(term.variable).size();
    const std::size_t count = taken + (every || term.variable == variable ? 1 : 0);
    const auto far = static_cast<std::size_t>(term.logical);
    Found found;
    if (far >= count) return {Answer::No, kNoRow, 0, false};
    const std::size_t place = term.first ? far : count - 1 - far;
    const std::size_t offset = place >= taken ? path.size() : every ? place : path.of(term.variable)[place];
    const auto at = static_cast<std::int64_t>(m_partition->start + offset) + term.physical;
    if (at < static_cast<std::int64_t>(m_partition->begin)) return {Answer::No, kNoRow, 0, false};
    if (at >= static_cast<std::int64_t>(size()))
        return {m_ended ? Answer::No : Answer::Unknown, kNoRow, 0, false};
    found.row = m_partition->rows[static_cast<std::size_t>(at)];
    const std::int64_t within = at - static_cast<std::int64_t>(m_partition->start);
    found.inMatch = within >= 0 && within <= static_cast<std::int64_t>(path.size());
    found.offset = found.inMatch ? static_cast<std::size_t>(within) : 0;
    return found;
}

ColumnRef ConditionTests::classifier(const Found& found, int variable, const Path& path) const {
    if (!found.inMatch) return Column::nulls(Type::of(TypeId::String), 1);
    const int which = found.offset == path.size() ? variable : path.at(found.offset).variable;
    return oneText(m_plan.pattern.variables[static_cast<std::size_t>(which)]);
}

ColumnRef ConditionTests::sum(const Term& term, int variable, const Path& path) {
    RunningSums& sums = m_partition->search->sums;
    const std::span<const RowSlot> rows =
        std::span<const RowSlot>(m_partition->rows).subspan(m_partition->start);
    if (sums.size() <= path.size()) {
        allowance -= kCostOfCondition * static_cast<std::int64_t>(sums.follow(path, rows) + 1);
        sums.push(rows[path.size()], variable);
    }
    const sql::Vector result = sums.result(term.aggregate);
    if (result.errors && !result.errors->empty()) m_sumErrors = result.errors;
    return result.flat(1);
}

ColumnRef ConditionTests::valueOf(const Term& term, int variable, const Path& path) {
    switch (term.kind) {
        case Term::Kind::MatchNumber:
            return oneNumber(m_partition->matches + 1);
        case Term::Kind::Aggregate:
            return sum(term, variable, path);
        case Term::Kind::Value:
        case Term::Kind::Classifier:
            break;
    }
    const Found found = find(term, variable, path);
    if (found.known == Answer::Unknown) return nullptr;
    if (term.kind == Term::Kind::Classifier) return classifier(found, variable, path);
    return keptColumn(m_partitions.kept(), m_plan.terms, term.column, {&found.row, 1});
}

Answer ConditionTests::evaluate(const RowExpression& condition, int variable, const Path& path) {
    allowance -= kCostOfCondition;
    m_sumErrors = nullptr;
    Batch batch;
    batch.schema = condition.schema;
    batch.rows = 1;
    bool known = true;
    for (const Term& term : condition.terms) {
        batch.columns.push_back(valueOf(term, variable, path));
        known = known && batch.columns.back();
    }
    m_partition->search->sums.cut(path.size());
    if (!known) return Answer::Unknown;
    const sql::Vector holds = sql::evaluate(*condition.bound, batch, m_eval);
    const RowSlot row = m_partition->rows[m_partition->start + path.size()];
    if (holds.errors && !holds.errors->empty()) fail(row, holds.errors->front().reason);
    if (m_sumErrors) fail(row, m_sumErrors->front().reason);
    return !holds.isNull(0) && holds.at<std::uint8_t>(0) != 0 ? Answer::Yes : Answer::No;
}

}  // namespace rw::patterns

#include "core/lineage/row_conditions.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

bool sameShape(const RowMatch& a, const RowMatch& b) {
    return a.asKeys == b.asKeys && std::equal(a.equal.begin(), a.equal.end(), b.equal.begin(), b.equal.end(),
                                              [](const ColumnPair& one, const ColumnPair& other) {
                                                  return one.input == other.input;
                                              });
}

}  // namespace

RowPart WhereCondition::of(const Batch& rows, std::size_t row) const {
    return {select(rows.slice(row, 1)).empty() ? RowPart::Kind::None : RowPart::Kind::Took};
}

void WhereCondition::each(const Batch& rows,
                          const std::function<void(std::size_t, const RowPart&)>& told) const {
    for (const std::uint32_t row : select(rows)) told(row, {RowPart::Kind::Took});
}

std::vector<std::uint32_t> WhereCondition::select(const Batch& rows) const {
    std::vector<std::uint32_t> selected;
    sql::RowErrors errors;
    sql::filterRows(*m_condition, rows, m_eval, selected, errors);
    if (!errors.empty() && m_failure.empty()) m_failure = errors.front().reason;
    return selected;
}

RowPart PlaceCondition::of(const Batch& rows, std::size_t row) const {
    if (!rows.positions.known() || rows.positions.at(row) != m_position) return {};
    return m_condition ? m_condition->of(rows, row) : RowPart{RowPart::Kind::Took};
}

AnyCondition::AnyCondition(std::vector<RowPredicateRef> conditions) : m_conditions(std::move(conditions)) {
    for (const RowPredicateRef& condition : m_conditions) {
        const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
        if (match && match->position) {
            m_byPosition[*match->position].push_back(match);
            continue;
        }
        const std::optional<std::string> key =
            match && !match->equal.empty() ? match->askedKey() : std::nullopt;
        if (!key) {
            m_others.push_back(condition.get());
            continue;
        }
        auto group = std::find_if(m_byColumns.begin(), m_byColumns.end(),
                                  [&](const ByColumns& each) { return sameShape(*each.shape, *match); });
        if (group == m_byColumns.end()) group = m_byColumns.insert(group, ByColumns{match});
        group->conditions[*key].push_back(match);
    }
}

RowPart AnyCondition::of(const Batch& rows, std::size_t row) const {
    RowPart best;
    const auto ask = [&](const Some& some) {
        for (const RowPredicate* const each : some) {
            const RowPart part = each->of(rows, row);
            if (part.kind == RowPart::Kind::Took || best.kind == RowPart::Kind::None) best = part;
            if (best.kind == RowPart::Kind::Took) return true;
        }
        return false;
    };
    if (!m_byPosition.empty()) {
        if (!rows.positions.known()) {
            for (const auto& [position, some] : m_byPosition) {
                if (ask(some)) return best;
            }
        } else if (const auto found = m_byPosition.find(rows.positions.at(row));
                   found != m_byPosition.end()) {
            if (ask(found->second)) return best;
        }
    }
    for (const ByColumns& group : m_byColumns) {
        const std::optional<std::string> key = group.shape->keyOf(rows, row);
        if (!key) continue;
        const auto found = group.conditions.find(*key);
        if (found != group.conditions.end() && ask(found->second)) return best;
    }
    ask(m_others);
    return best;
}

void AnyCondition::each(const Batch& rows,
                        const std::function<void(std::size_t, const RowPart&)>& told) const {
    if (!m_byPosition.empty() || !m_byColumns.empty()) return RowPredicate::each(rows, told);
    std::vector<RowPart> best(rows.rows);
    for (const RowPredicate* const other : m_others) {
        other->each(rows, [&best](std::size_t row, const RowPart& part) {
            RowPart& so = best[row];
            if (so.kind == RowPart::Kind::Took) return;
            if (part.kind == RowPart::Kind::Took || so.kind == RowPart::Kind::None) so = part;
        });
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (best[row].kind != RowPart::Kind::None) told(row, best[row]);
    }
}

RowPart PassedCondition::of(const Batch& rows, std::size_t row) const {
    const auto passage =
        m_through.node->passage(m_through.input, m_through.port, rows.slice(row, 1), m_through.eval);
    return passage ? m_below->of(passage->becomes, 0) : RowPart{};
}

void PassedCondition::each(const Batch& rows,
                           const std::function<void(std::size_t, const RowPart&)>& told) const {
    const auto passing = m_through.node->passing(m_through.input, m_through.port, rows, m_through.eval);
    if (!passing) return RowPredicate::each(rows, told);
    m_below->each(passing->becomes, told);
}

RowPart LeftOutCondition::of(const Batch& rows, std::size_t row) const {
    const auto passage =
        m_through.node->passage(m_through.input, m_through.port, rows.slice(row, 1), m_through.eval);
    return passage && !passage->passes ? m_below->of(passage->becomes, 0) : RowPart{};
}

void LeftOutCondition::each(const Batch& rows,
                            const std::function<void(std::size_t, const RowPart&)>& told) const {
    const auto passing = m_through.node->passing(m_through.input, m_through.port, rows, m_through.eval);
    if (!passing) return RowPredicate::each(rows, told);
    if (passing->passes.empty()) return;
    m_below->each(passing->becomes, [&](std::size_t row, const RowPart& part) {
        if (passing->passes[row] == 0) told(row, part);
    });
}

}  // namespace rw

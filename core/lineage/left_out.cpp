#include "core/lineage/left_out.h"

#include <memory>
#include <utility>

#include "core/base/figures.h"
#include "core/lineage/question.h"
#include "core/stream/lineage/row_match.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

bool passesRows(const TellsContributors& teller, const PlannedNode& node, int port,
                const sql::EvalContext& eval) {
    if (node.kind->inputs.size() != 1) return false;
    Batch row;  // of NULLs: it is enough to see whether the node answers
    row.schema = node.inputs.front().type.schema;
    row.rows = 1;
    for (const Field& field : row.schema->fields) row.columns.push_back(Column::nulls(field.type, 1));
    return teller.passage(0, port, row, eval).has_value();
}

/// Whether the value of `a` is less than that of `b`.
bool isLess(const Batch& a, const Batch& b, int column) {
    const Column &own = a.column(column), &other = b.column(column);
    return compareCells(own.type(), ColumnCell{&own, 0}, ColumnCell{&other, 0}) < 0;
}

}  // namespace

void addLeftOut(const Upstream& upstream, const sql::EvalContext& eval, const UpstreamPort& from,
                const RowPredicateRef& below, std::size_t step, std::vector<WantedRows>& wanted,
                std::vector<LeavingOut>& leaving) {
    const PlannedNode& node = *upstream.find(from.node);
    const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
    if (!teller || !passesRows(*teller, node, from.port, eval)) return;
    const PassedCondition::Through through{teller, 0, from.port, eval};
    const auto above = std::make_shared<PassedCondition>(through, below);
    for (const UpstreamPort& producer : upstream.producers(from.node, 0)) {
        wanted.push_back({portOf(upstream, producer), std::make_shared<LeftOutCondition>(through, below)});
        leaving.push_back({step, through, from.node});
        addLeftOut(upstream, eval, producer, above, step, wanted, leaving);
    }
}

void tellLeftOut(const LeavingOut& leaving, const GatheredRows& found, LineageStep& step) {
    if (found.count == 0) return;
    LeftOut filtered, rejected;
    for (LeftOut* const left : {&filtered, &rejected}) {
        left->node = leaving.node;
        left->schema = found.type.schema;
    }
    filtered.count = found.count;
    rejected.rejected = true;
    for (const GatheredRow& row : found.rows) {
        const PassedCondition::Through& through = leaving.through;
        const auto passage = through.node->passage(through.input, through.port, row.row, through.eval);
        LineageRow left{row.row};
        if (passage) left.why = passage->why;
        (passage && passage->rejected ? rejected : filtered).rows.push_back(std::move(left));
    }
    const bool all = filtered.rows.empty() && !rejected.rows.empty();
    rejected.count = all ? found.count : rejected.rows.size();
    filtered.count -= rejected.count;
    for (LeftOut* const left : {&filtered, &rejected}) {
        if (left->count > 0) step.leftOut.push_back(std::move(*left));
    }
}

void LeftOutValues::add(const Batch& row, const Passage& passage) {
    ++m_rows;
    if (m_untold) return;
    const std::optional<FalseFor>& is = passage.falseFor;
    const bool first = m_least.rows == 0;
    const bool numbers = is && !passage.elsewhere && row.column(is->column).type().isNumeric();
    if (!numbers || (!first && (is->condition != m_condition || is->column != m_column))) {
        m_untold = true;
        return;
    }
    m_condition = is->condition;
    m_column = is->column;
    if (first || isLess(row, m_least, m_column)) m_least = row;
    if (first || isLess(m_most, row, m_column)) m_most = row;
}

Text LeftOutValues::text(std::uint64_t count) const {
    if (m_untold || m_least.rows == 0 || !isLess(m_least, m_most, m_column)) return {};
    const std::string& name = m_least.schema->fields[static_cast<std::size_t>(m_column)].name;
    const std::string from = cellValueText(m_least.column(m_column), 0);
    const std::string to = cellValueText(m_most.column(m_column), 0);
    if (count <= m_rows)
        return RW_TEXT("lineage", "%1 is false for each %2 from %3 to %4").with(m_condition, name, from, to);
    return RW_TEXT("lineage", "%1 is false for each %2 of the last %5: from %3 to %4")
        .with(m_condition, name, from, to, figures::count(m_rows));
}

}  // namespace rw

#include "core/lineage/left_out.h"

#include <memory>
#include <utility>

#include "core/lineage/question.h"

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
    LeftOut filtered{leaving.node, false, found.type.schema, found.count, {}};
    LeftOut rejected{leaving.node, true, found.type.schema, 0, {}};
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

}  // namespace rw

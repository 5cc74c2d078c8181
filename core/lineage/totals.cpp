#include "core/lineage/totals.h"

#include <vector>

#include "core/stream/lineage/tells_aggregates.h"

namespace rw {

void tellTotals(const Upstream& upstream, const sql::EvalContext& eval, const AskedRows& asked,
                Lineage& lineage) {
    for (const auto& [id, given] : asked) {
        const auto* const node = dynamic_cast<const TellsAggregates*>(upstream.find(id)->bound.get());
        if (!node || given.size() != 1 || given.front().port != 0) continue;
        std::vector<LineageStep*> into;
        for (LineageStep& step : lineage.steps)
            if (step.to == id && !step.from.node.empty()) into.push_back(&step);
        if (into.size() != 1) continue;
        LineageStep& step = *into.front();
        std::vector<Batch> rows;
        for (const LineageRow& row : step.rows) rows.push_back(row.row);
        step.together = windowTotal(node->aggregates(), rows, step.count, eval);
    }
}

}  // namespace rw

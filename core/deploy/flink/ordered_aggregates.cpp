#include "core/deploy/flink/ordered_aggregates.h"

#include "core/nodes/aggregate_params.h"

namespace rw {

void flinkFindOrderedAggregates(NodeForm& form) {
    const StreamType& input = form.input();
    if (input.sourceOrder) return;
    const std::vector<sql::BoundAggregate> aggregates = bindAggregates(form.params(), input.schema);
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
        if (!aggregates[i].ordered) continue;
        Remark& finding = form.find(
            Verdict::Approximated,
            RW_TEXT("deploy", "%1 takes rows in the order in which they reach it in Flink, which is another.")
                .with(aggregates[i].function),
            "aggregates");
        finding.item = static_cast<int>(i);
        finding.fix = RW_TEXT("deploy", "Choose an aggregate that needs no order: MIN, MAX, COUNT.");
    }
}

}  // namespace rw

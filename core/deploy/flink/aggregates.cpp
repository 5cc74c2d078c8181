// group_aggregate: GROUP BY, whose results change.
#include "core/deploy/flink/aggregates.h"

#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/lateness.h"
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

void flinkGroupAggregate(NodeForm& form) {
    const StreamType& input = form.input();
    flinkFindOrderedAggregates(form);
    const std::vector<std::string> keys = flinkKeys(form, "keys", input);
    std::vector<std::string> results = keys;
    for (NodeForm::Aggregate& aggregate : form.aggregates(*input.schema))
        results.push_back(std::move(aggregate.call));
    flinkNameAll(form, results, *form.output().schema);
    const std::string hint = flinkStateTtl(form, {"rows"});
    flinkView(
        form, form.relation(),
        fmt::format("SELECT {}{}\nFROM {}{}{}{}", hint, flinkLine(results), form.quoted(form.from()),
                    hint.empty() ? "" : " AS `rows`", keys.empty() ? "" : "\nGROUP BY ", flinkLine(keys)));
    flinkNoRejected(form);
}

}  // namespace rw

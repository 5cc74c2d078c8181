// group_aggregate: GROUP BY, whose results change.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/lateness.h"
#include "core/deploy/flink/ordered_aggregates.h"
#include "core/deploy/flink/state_ttl.h"

namespace rw {

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

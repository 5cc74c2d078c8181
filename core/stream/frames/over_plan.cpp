#include "core/stream/frames/over_plan.h"

#include <algorithm>
#include <utility>

namespace rw {

OverColumns::OverColumns(const OverPlan& plan) {
    Schema waits = *plan.input.schema, keeps, partition;
    const auto keep = [&](int column) {
        const auto known = std::find(keptFrom.begin(), keptFrom.end(), column);
        const auto place = static_cast<int>(known - keptFrom.begin());
        if (known == keptFrom.end()) keptFrom.push_back(column);
        return place;
    };
    keep(plan.input.eventTime);
    for (std::size_t i = 0; i < plan.aggregates.size(); ++i) {
        const sql::BoundAggregate& aggregate = plan.aggregates[i];
        const sql::BoundExpr* const argument = aggregate.argument.get();
        if (!argument && !aggregate.filter) {
            operands.push_back(-1);
        } else if (argument && !aggregate.filter && argument->kind == sql::BoundExpr::Kind::Column) {
            operands.push_back(keep(argument->column));
        } else {
            operands.push_back(keep(static_cast<int>(waits.size())));
            computed.push_back(i);
            waits.fields.push_back({aggregate.name, argument ? argument->type : Type::of(TypeId::Boolean)});
        }
    }
    for (const int column : keptFrom) keeps.fields.push_back(waits.fields[static_cast<std::size_t>(column)]);
    for (const int column : plan.keys)
        partition.fields.push_back(waits.fields[static_cast<std::size_t>(column)]);
    Schema saved = partition;
    if (plan.frame.unbounded()) {
        saved.fields.push_back({"rows", Type::of(TypeId::Bigint)});
    } else {
        saved.fields.insert(saved.fields.end(), keeps.fields.begin(), keeps.fields.end());
    }
    waiting = std::make_shared<const Schema>(std::move(waits));
    kept = std::make_shared<const Schema>(std::move(keeps));
    keys = std::make_shared<const Schema>(std::move(partition));
    state = std::make_shared<const Schema>(std::move(saved));
}

}  // namespace rw

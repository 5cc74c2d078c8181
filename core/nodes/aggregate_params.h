// The parameter `aggregates` of nodes that aggregate, and the columns of their output.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/aggregates/aggregates.h"

namespace rw {

/// `aggregates`.
ParamSpec aggregatesParam();

/// Those that can be bound over the columns of `input`; of the others, and when there are none, says so.
std::vector<sql::BoundAggregate> bindAggregates(BindContext& context, const SchemaRef& input);

/// Adds a column to the result; a name that is taken gets a number, as Flink gives it.
void addResultColumn(Schema& schema, const std::string& name, Type type);
/// Adds those of the aggregates, and warns of a name that is taken.
void addResultColumns(BindContext& context, Schema& schema,
                      const std::vector<sql::BoundAggregate>& aggregates);

/// Marks the columns that the aggregates look at in `read`.
void markAggregates(const std::vector<sql::BoundAggregate>& aggregates, ColumnSet& read);

/// The words of a list parameter: “auction, bidder”.
std::string listText(const BindContext& context, std::string_view param);
/// The aggregates without their names: “COUNT(*), AVG(load)”.
std::string aggregatesText(const BindContext& context);

}  // namespace rw

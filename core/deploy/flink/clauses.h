// Parts of queries in Flink SQL: lists, columns, hints, views.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// The elements of a list with commas between them, in lines of a width that can be read.
std::string flinkLine(const std::vector<std::string>& elements);

/// An element of a select list, “COUNT(*) AS `n`”; a column that has the name already stands alone.
std::string flinkNamed(const NodeForm& form, std::string expression, std::string_view name);

/// Such elements: expression by expression with the names of the columns of `output`.
void flinkNameAll(const NodeForm& form, std::vector<std::string>& expressions, const Schema& output);

/// The instants of a column without its being event time in Flink, of which the rows of a stream have one
/// column at most, and those of a regular join or a ranking none.
std::string flinkInstant(const std::string& column);

/// The columns of a stream as a select list, its event time as a plain column.
std::vector<std::string> flinkPlainColumns(const NodeForm& form, const StreamType& stream);

/// The name of a column, or all names, quoted.
std::vector<std::string> flinkColumnNames(const NodeForm& form, const Schema& schema);
std::string flinkColumn(const NodeForm& form, const Schema& schema, int column);
/// The columns that a parameter names, quoted; event time as a plain column.
std::vector<std::string> flinkKeys(NodeForm& form, std::string_view param, const StreamType& input);

/// `name`, with “_” at its end until no column of the schema is called so.
std::string flinkFreeName(const Schema& schema, std::string name);

/// A query of the rows of `from`, on time all of them, in the order of their event time; of each combination
/// of `keys` alone, where there are some.
std::string flinkInOrder(const NodeForm& form, const StreamType& stream, const std::string& from,
                         const std::vector<std::string>& keys = {});

/// The hint for the parameter `state_ttl` of nodes that keep keys: “/*+ STATE_TTL('left' = '3600 s') */ ” for
/// the inputs that a query calls so, or nothing where keys are kept for ever; adds the remarks on it.
std::string flinkStateTtl(NodeForm& form, const std::vector<std::string>& inputs);

/// Writes CREATE TEMPORARY VIEW.
void flinkView(NodeForm& form, std::string name, const std::string& query, std::string note = {});

}  // namespace rw

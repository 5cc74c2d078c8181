// What the forms of all sources share, and those of all sinks.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// Reads the copy of the source where copies are read; false: they are not.
bool sparkAddStaged(NodeForm& form);
/// The columns that are read, without that of the time of arrival.
Schema sparkReadColumns(NodeForm& form);
/// Converts texts to rows of the node's types; the others leave by its port. `cells`: an expression of
/// Python.
void sparkAddTyped(NodeForm& form, const std::string& cells);
/// Adds the remarks that hold for the rows of any source.
void sparkSayRows(NodeForm& form);

/// Where rows are fetched from sinks: the statement of this one, and true.
bool sparkOnlyFetched(NodeForm& form);
/// The columns that name a row of an upsert; none in another mode.
std::vector<std::string> sparkUpsertKey(NodeForm& form);

}  // namespace rw

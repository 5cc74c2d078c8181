// The database of a table as Superset is told of it.
#pragma once
#include "core/superset/superset_bundle.h"

namespace rw {

/// Every UUID of this program in Superset is below this one.
const std::string& supersetNamespace();
/// A text of at most so many bytes, whole characters; a longer one ends in a hash of the whole.
std::string shortName(const std::string& text, std::size_t most);

/// An error: Superset can't be told of it, for it is of another kind, or not known here.
Result<SupersetDatabase> supersetDatabase(const StoredTable& store, const Connections* connections);
/// What is to be seen to at Superset, so that it can read this database.
std::vector<Text> supersetNeeds(const SupersetDatabase& database, const StoredTable& store,
                                const Connections* connections);

}  // namespace rw

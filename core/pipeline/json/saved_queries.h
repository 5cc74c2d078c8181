// The queries that are saved in a pipeline, by their names.
#pragma once
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// Of the root of a .rill file, and of Pipeline::unknown: an object of names and statements.
inline constexpr char kQueriesKey[] = "queries";
inline constexpr std::size_t kMaxQueryText = 20'000;  ///< characters of a statement

struct SavedQuery {
    std::string name, sql;
    bool operator==(const SavedQuery&) const = default;
};

/// An error where `value`, which a file has under that key, is no object of statements.
Status checkQueries(const Json& value);

/// In the order of the file.
std::vector<SavedQuery> savedQueries(const Pipeline& pipeline);
/// Behind the others, or in the place of the one of that name.
void saveQuery(Pipeline& pipeline, const SavedQuery& query);
/// It keeps its place, and takes that of another which has the new name. Nothing where there is none.
void renameQuery(Pipeline& pipeline, const std::string& name, const std::string& next);
void removeQuery(Pipeline& pipeline, const std::string& name);

/// What a pipeline has under that key, an empty object where nothing; and its further keys without it.
Json queriesOf(const Pipeline& pipeline);
Json withoutQueries(const Pipeline& pipeline);

}  // namespace rw

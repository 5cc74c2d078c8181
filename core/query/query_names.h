// The names by which queries know databases, tables and columns.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rw {

struct QueryDatabase;

/// Names of one scope of SQLite, to which the case of ASCII letters is nothing.
class QueryNames {
 public:
    /// The name, or the name with a number behind it where it is taken: “a”, then “A_2”. It is taken then.
    std::string add(std::string_view name);

 private:
    std::set<std::string> m_taken;
};

/// As SQL has it: in quotes only where it needs them.
std::string queryName(std::string_view name);

/// A name for each file, after that of the file, which needs no quotes: “results” of “/data/results.db”. Of
/// more than kMostQueryDatabases the first ones.
std::vector<QueryDatabase> namedDatabases(const std::vector<std::string>& paths);

}  // namespace rw

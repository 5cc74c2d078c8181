// A chart of a pipeline as Superset draws it: what it reads, and how. What differs is said, and so is why a
// chart can't be there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/validate.h"
#include "core/superset/store_sql.h"

namespace rw {

/// From best to worst.
enum class Likeness {
    Exact,        ///< the same values
    Approximate,  ///< some are missing or other ones: `remarks` say which
    None          ///< it is not published: `remarks` say why
};
/// “exact”, “approximate”, “not published”, for people.
Text likenessText(Likeness likeness);
/// “exact”, “approximate”, “none”, as --json has it.
std::string_view likenessName(Likeness likeness);

struct SupersetChart {
    NodeId node{};
    std::string title{};
    Likeness likeness = Likeness::Exact;
    std::vector<Text> remarks{};
    Text mend{};  ///< how the chart could be published after all; empty: nothing is known

    // Of one that is published:
    StoredTable store{};
    std::string viz{};    ///< Superset's name of such charts
    std::string query{};  ///< the SQL of its dataset
    std::vector<DatasetColumn> columns{};
    std::string time{};  ///< the column of its time axis; empty: it has none
    Json params = Json::object(), request = Json::object();
    std::size_t mostRows = 0;

    bool isPublished() const { return likeness != Likeness::None; }
};

/// A chart and what is known of it and its table.
struct ChartToPublish {
    NodeId node{};
    std::string title{};
    const BoundNode* bound = nullptr;
    StreamType input{};
    StoredTable store{};
    std::vector<std::string> keys{};  ///< by which its rows were made: rowKeys()
    bool bounded = false;             ///< the run ends by itself
    std::string timeZone = "UTC";
};

/// Looks at nothing but its argument.
SupersetChart supersetChart(const ChartToPublish& chart);

}  // namespace rw

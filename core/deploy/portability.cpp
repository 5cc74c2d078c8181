#include "core/deploy/portability.h"

#include <algorithm>

#include "core/deploy/form.h"

namespace rw {

namespace {

std::string_view rowName(const NodeFormEntry& row) {
    return row.type;
}
std::string_view rowName(const FunctionForm& row) {
    return row.name;
}
std::string_view rowName(const AggregateForm& row) {
    return row.name;
}

Portability inGeneral(const NodeFormEntry& row) {
    return {row.verdict, row.what, {}, row.fix};
}

// What can't be written is refused, whatever else its row says.
Portability inGeneral(const FunctionForm& row) {
    const bool written = !row.pattern.empty() || row.write != nullptr;
    return {written ? row.verdict : Verdict::Refused, row.what, row.condition, row.fix};
}
Portability inGeneral(const AggregateForm& row) {
    return {row.pattern.empty() ? Verdict::Refused : row.verdict, row.what, row.condition, row.fix};
}

template <class Row>
std::vector<PortabilityRow> sideBySide(const std::vector<Row>& flink, const std::vector<Row>& spark) {
    std::vector<PortabilityRow> rows;
    const auto of = [&rows](std::string_view name) -> PortabilityRow& {
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [name](const PortabilityRow& row) { return row.name == name; });
        if (found != rows.end()) return *found;
        // An engine without a row has the word as SQL has it (CASE), which the walk over the tree writes.
        rows.push_back({.name = name, .flink = {Verdict::Exact}, .spark = {Verdict::Exact}});
        return rows.back();
    };
    for (const Row& row : flink) of(rowName(row)).flink = inGeneral(row);
    for (const Row& row : spark) of(rowName(row)).spark = inGeneral(row);
    return rows;
}

}  // namespace

std::vector<PortabilityRow> nodePortability() {
    return sideBySide(flinkForms(), sparkForms());
}

std::vector<PortabilityRow> functionPortability() {
    return sideBySide(flinkDialect().functions(), sparkDialect().functions());
}

std::vector<PortabilityRow> aggregatePortability() {
    return sideBySide(flinkDialect().aggregates(), sparkDialect().aggregates());
}

}  // namespace rw

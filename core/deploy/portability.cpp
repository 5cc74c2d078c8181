#include "core/deploy/portability.h"

#include <algorithm>

#include "core/deploy/engine_writer.h"

namespace rw {

namespace {

Portability inGeneral(const NodeFormEntry& row) {
    return {row.verdict, row.what, {}, row.fix};
}

// A function that can't be written is refused, whatever else its row says.
Portability inGeneral(const FunctionForm& row) {
    const bool written = !row.pattern.empty() || row.write != nullptr;
    return {written ? row.verdict : Verdict::Refused, row.what, row.condition, row.fix};
}
Portability inGeneral(const AggregateForm& row) {
    return {row.pattern.empty() ? Verdict::Refused : row.verdict, row.what, row.condition, row.fix};
}

/// The rows of a table of each engine, side by side.
template <class Row>
std::vector<PortabilityRow> sideBySide(const std::vector<Row>& (Dialect::*table)() const) {
    std::vector<PortabilityRow> rows;
    const auto of = [&rows](std::string_view name) -> PortabilityRow& {
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [name](const PortabilityRow& row) { return row.name == name; });
        if (found != rows.end()) return *found;
        // An engine without a row has the word as SQL has it (CASE), which the walk over the tree writes.
        PortabilityRow& added = rows.emplace_back();
        added.name = name;
        for (Portability& there : added.there) there.verdict = Verdict::Exact;
        return added;
    };
    for (const Engine engine : kEngines) {
        for (const Row& row : (writerOf(engine).dialect.*table)()) of(row.name).on(engine) = inGeneral(row);
    }
    return rows;
}

}  // namespace

bool PortabilityRow::unreserved() const {
    return std::all_of(there.begin(), there.end(), [](const Portability& each) { return each.unreserved(); });
}

std::vector<PortabilityRow> nodePortability(const Catalogue& catalogue) {
    std::vector<PortabilityRow> rows;
    for (const NodeKind& kind : catalogue.kinds()) {
        PortabilityRow& row = rows.emplace_back();
        row.name = kind.type;
        for (const Engine engine : kEngines) row.on(engine) = inGeneral(writerOf(engine).form(kind));
    }
    return rows;
}

std::vector<PortabilityRow> functionPortability() {
    return sideBySide(&Dialect::functions);
}

std::vector<PortabilityRow> aggregatePortability() {
    return sideBySide(&Dialect::aggregates);
}

}  // namespace rw

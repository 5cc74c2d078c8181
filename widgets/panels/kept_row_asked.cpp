#include "widgets/panels/kept_row_asked.h"

#include <algorithm>

#include "core/data/text.h"

namespace rw::ui {

namespace {

/// Runs keep the start of a longer text: the least length at which they may have cut it.
constexpr std::size_t kMaybeCutText = 1'000;

/// Late by so much for that window, as the two columns of late ports say it.
std::string lateCondition(const KeptRow& row) {
    std::string where = "late_by = " + std::to_string(row.lateBy) + " AND late_for ";
    if (row.windowEnd == kMinTimestamp) return where + "IS NULL";
    where += "= '";
    appendTimestamp(where, row.windowEnd);
    return where + '\'';
}

/// The text of the row, as rejected ports have it.
std::string textCondition(const std::string& row) {
    std::string where = "`row` = '";
    for (const char each : row) {
        if (each == '\'') where += '\'';
        where += each;
    }
    return where + '\'';
}

}  // namespace

std::optional<ShownRow> shownRow(const Pipeline& pipeline, const Catalogue& catalogue, const KeptRow& row,
                                 const QString& told) {
    const Node* const node = pipeline.find(row.node);
    const NodeKind* const kind = node == nullptr ? nullptr : catalogue.of(*node);
    if (kind == nullptr) return std::nullopt;
    ShownRow shown;
    shown.ofRun = true;
    shown.told = told;
    if (row.kind == KeptRow::Kind::Late) {
        shown.from = {row.node, row.port};
        shown.where = lateCondition(row);
        shown.position = row.position;
        return shown;
    }
    const auto port = std::find_if(kind->outputs.begin(), kind->outputs.end(),
                                   [](const PortSpec& each) { return each.role == PortRole::Rejected; });
    if (row.position < 0 && (port == kind->outputs.end() || row.row.size() >= kMaybeCutText))
        return std::nullopt;
    if (port != kind->outputs.end()) {
        shown.from = {row.node, port->name};
        shown.where =
            row.position < 0 ? textCondition(row.row) : "`position` = " + std::to_string(row.position + 1);
        return shown;
    }
    const auto wire = std::find_if(pipeline.wires.begin(), pipeline.wires.end(),
                                   [&row](const Wire& each) { return each.to.node == row.node; });
    if (wire == pipeline.wires.end()) return std::nullopt;
    shown.from = wire->from;
    shown.position = row.position;
    return shown;
}

}  // namespace rw::ui

#include "core/stream/lineage/own_row.h"

#include <utility>

#include "core/data/text.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

/// The columns of the rejected stream.
constexpr std::size_t kRowText = 2, kPosition = 3;

std::string textOf(const AskedRow& asked, std::size_t column) {
    const ColumnRef& cells = asked.row.columns[column];
    return cells && !cells->isNull(0) ? std::string(cells->string(0)) : std::string();
}

}  // namespace

std::shared_ptr<RowMatch> ownRow(const AskedRow& asked, const OwnRow& own) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->equal = own.columns;
    if (asked.row.positions.known()) match->position = asked.row.positions.at(0);
    if (own.judged) {
        match->eventTime = own.eventTime;
        match->late = RowMatch::Late::ByTime;
    }
    return match;
}

Contributors itself(const AskedRow& asked, const OwnRow& own) {
    return {own.input, ownRow(asked, own), RW_TEXT("lineage", "the row itself")};
}

Contributors lateRow(const AskedRow& asked, int input) {
    OwnRow own{input};
    const Schema& schema = *asked.inputs[static_cast<std::size_t>(input)].schema;
    int place = 0;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (!isLateColumn(schema.fields[i].name)) own.columns.push_back({static_cast<int>(i), place++});
    }
    return {input, ownRow(asked, own), RW_TEXT("lineage", "the row that came too late")};
}

Contributors rejectedRow(const AskedRow& asked, int input) {
    auto match = std::make_shared<RowMatch>();
    Text words = RW_TEXT("lineage", "the row that was rejected");
    const ColumnRef& positions = asked.row.columns[kPosition];
    if (positions && !positions->isNull(0)) {
        match->position = positions->at<std::int64_t>(0) - 1;
    } else {
        match->also = [text = textOf(asked, kRowText)](const Batch& rows, std::size_t row) {
            return rowText(rows, row) == text;
        };
    }
    return {input, std::move(match), std::move(words)};
}

Passage passageOf(const Batch& row, const sql::BoundExpr& condition, const std::string& text,
                  const sql::EvalContext& eval, bool nullOnError) {
    Passage passage;
    passage.becomes = row;
    std::vector<std::uint32_t> selected;
    sql::RowErrors errors;
    const sql::Vector holds = sql::filterRows(condition, row, eval, selected, errors);
    passage.passes = !selected.empty();
    if (passage.passes) return passage;
    ColumnSet read(row.columns.size(), false);
    sql::markColumns(condition, read);
    std::vector<int> columns;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (read[i]) columns.push_back(static_cast<int>(i));
    }
    const Text cells = cellsText(row, 0, columns);
    if (!errors.empty() && !nullOnError) {
        passage.rejected = true;
        passage.why = RW_TEXT("lineage", "rejected: %1").with(errors.front().reason);
    } else if (holds.isNull(0)) {
        passage.why = RW_TEXT("lineage", "%1 is NULL for %2").with(text, cells);
    } else {
        passage.why = RW_TEXT("lineage", "%1 is false for %2").with(text, cells);
        if (columns.size() == 1) passage.falseFor = FalseFor{text, columns.front()};
    }
    return passage;
}

}  // namespace rw

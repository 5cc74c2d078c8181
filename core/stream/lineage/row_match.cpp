#include "core/stream/lineage/row_match.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/data/hash.h"
#include "core/data/text.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

/// As people see it; a long one is cut.
constexpr std::size_t kShownBytes = 60;

std::optional<std::int64_t> wholeNumber(const Column& column, std::size_t row) {
    if (column.type().is(TypeId::Int)) return column.at<std::int32_t>(row);
    if (column.type().is(TypeId::Bigint)) return column.at<std::int64_t>(row);
    return std::nullopt;
}

const Column* columnAt(const Batch& batch, int column) {
    if (column < 0 || static_cast<std::size_t>(column) >= batch.columns.size()) return nullptr;
    return batch.columns[static_cast<std::size_t>(column)].get();
}

void appendKey(std::string& out, const Column& column, std::size_t row, bool asKeys) {
    if (column.isNull(row)) {
        out += '\0';
        return;
    }
    out += '\1';
    if (const auto whole = wholeNumber(column, row)) {
        out.append(reinterpret_cast<const char*>(&*whole), sizeof *whole);
        return;
    }
    std::string text;
    if (column.type().is(TypeId::Double)) {
        const double value = column.at<double>(row);
        appendDouble(text, asKeys ? keyDouble(value) : value);
    } else {
        appendCell(text, column, row);
    }
    const std::uint64_t size = text.size();
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += text;
}

bool withBlankEnds(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    return text.empty() || isBlank(text.front()) || isBlank(text.back());
}

/// Behind it the row can't be late, whatever it looks at (event-time rules, 5).
constexpr Millis kClean = 2;

}  // namespace

bool equalCells(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB, bool asKeys) {
    if (a.isNull(rowA) || b.isNull(rowB)) return a.isNull(rowA) == b.isNull(rowB);
    const auto wholeA = wholeNumber(a, rowA), wholeB = wholeNumber(b, rowB);
    if (wholeA && wholeB) return *wholeA == *wholeB;
    if (!(a.type() == b.type())) return false;
    if (asKeys && a.type().is(TypeId::Double))
        return compareDoubles(keyDouble(a.at<double>(rowA)), keyDouble(b.at<double>(rowB))) == 0;
    return compareCells(a.type(), ColumnCell{&a, rowA}, ColumnCell{&b, rowB}) == 0;
}

bool RowMatch::fits(const Batch& rows, std::size_t row) const {
    if (position && rows.positions.known()) {
        if (rows.positions.at(row) != *position || (wire && rows.wire != *wire)) return false;
    }
    for (const ColumnPair& pair : equal) {
        const Column *wanted = columnAt(asked, pair.asked), *have = columnAt(rows, pair.input);
        if (!wanted || !have) continue;
        if (!equalCells(*have, row, *wanted, 0, asKeys)) return false;
    }
    return true;
}

RowPart RowMatch::judged(const Batch& rows, std::size_t row) const {
    const Column* const times = columnAt(rows, eventTime);
    if (!times) return {RowPart::Kind::Took};
    if (times->isNull(row)) return {};
    const Instant time = times->at<Instant>(row);
    if (time < from || time >= until) return {};
    const Instant stamp = rows.stamps ? (*rows.stamps)[row] : kCleanStamp;
    if (late == Late::Never || time >= saturatingAdd(stamp, kClean) || stamp == kCleanStamp)
        return {RowPart::Kind::Took};
    if (late == Late::ByTime) {
        if (time > stamp) return {RowPart::Kind::Took};
        return {RowPart::Kind::Late, saturatingAdd(stamp, -time)};
    }
    const std::optional<Instant> end = late == Late::ByOwnWindow ? lastOf(rows, row) : last;
    if (!end || saturatingAdd(*end, lateness) > stamp) return {RowPart::Kind::Took};
    return {RowPart::Kind::Late, saturatingAdd(stamp, -*end)};
}

RowPart RowMatch::of(const Batch& rows, std::size_t row) const {
    if (!fits(rows, row)) return {};
    const RowPart part = judged(rows, row);
    if (part.kind == RowPart::Kind::None || !also || also(rows, row)) return part;
    return {};
}

std::optional<std::string> RowMatch::keyOf(const Batch& rows, std::size_t row) const {
    std::string key;
    for (const ColumnPair& pair : equal) {
        const Column* const have = columnAt(rows, pair.input);
        if (!have) return std::nullopt;
        appendKey(key, *have, row, asKeys);
    }
    return key;
}

std::optional<std::string> RowMatch::askedKey() const {
    std::string key;
    for (const ColumnPair& pair : equal) {
        const Column* const wanted = columnAt(asked, pair.asked);
        if (!wanted) return std::nullopt;
        appendKey(key, *wanted, 0, asKeys);
    }
    return key;
}

std::optional<Instant> knownTime(const AskedRow& asked, int column) {
    if (!asked.knows(column)) return std::nullopt;
    const Column& cells = asked.row.column(column);
    if (cells.isNull(0) || !cells.type().is(TypeId::Timestamp)) return std::nullopt;
    return cells.at<Instant>(0);
}

std::string timeText(Instant time) {
    std::string text;
    appendTimestamp(text, time);
    return text;
}

std::vector<ColumnPair> sameColumns(std::size_t columns, std::size_t first) {
    std::vector<ColumnPair> pairs;
    for (std::size_t i = 0; i < columns; ++i)
        pairs.push_back({static_cast<int>(i), static_cast<int>(first + i)});
    return pairs;
}

std::string withoutBlanksAndCase(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return inAsciiSmall(text);
}

std::string cellValueText(const Column& column, std::size_t row) {
    if (column.isNull(row)) return "NULL";
    std::string value;
    appendCell(value, column, row);
    if (value.size() > kShownBytes) {
        std::size_t end = kShownBytes;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
        value.resize(end);
        value += "…";
    }
    const bool blank = column.type().is(TypeId::String) && withBlankEnds(value);
    return blank ? "“" + value + "”" : value;
}

Text cellsText(const Batch& rows, std::size_t row, const std::vector<int>& columns, std::size_t most) {
    std::string text;
    std::size_t shown = 0;
    for (const int index : columns) {
        const Column* const column = columnAt(rows, index);
        if (!column) continue;
        if (shown++ == most) {
            text += ", …";
            break;
        }
        if (!text.empty()) text += ", ";
        text +=
            rows.schema->fields[static_cast<std::size_t>(index)].name + " = " + cellValueText(*column, row);
    }
    return RW_TEXT("lineage", "%1").with(text);
}

}  // namespace rw

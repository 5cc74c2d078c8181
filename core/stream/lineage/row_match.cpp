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

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

bool withBlankEnds(std::string_view text) {
    return text.empty() || isBlank(text.front()) || isBlank(text.back());
}

/// A byte of a letter behind its first one.
bool isInsideLetter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// A text as it stands between the blanks at its ends.
struct Trimmed {
    std::string_view before{}, text{}, behind{};
    explicit Trimmed(std::string_view whole) {
        std::size_t first = 0, end = whole.size();
        while (first < end && isBlank(whole[first])) ++first;
        while (end > first && isBlank(whole[end - 1])) --end;
        before = whole.substr(0, first);
        text = whole.substr(first, end - first);
        behind = whole.substr(end);
    }
};

/// At most one letter, which is no digit.
bool atMostOneLetter(std::string_view text) {
    const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return !isInsideLetter(c); });
    return letters <= 1 && std::none_of(text.begin(), text.end(), isAsciiDigit);
}

/// Shorter ones are near to too many.
constexpr std::size_t kLeastNear = 3;

/// What is left of both without what they have in common in front and at the end is a letter at most.
bool oneLetterApart(std::string_view a, std::string_view b) {
    const std::size_t shorter = std::min(a.size(), b.size());
    if (shorter < kLeastNear) return false;
    std::size_t front = 0, end = 0;
    while (front < shorter && a[front] == b[front]) ++front;
    // Not within a letter of either.
    while (front > 0 &&
           ((front < a.size() && isInsideLetter(a[front])) || (front < b.size() && isInsideLetter(b[front]))))
        --front;
    while (end < shorter - front && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    while (end > 0 && (isInsideLetter(a[a.size() - end]) || isInsideLetter(b[b.size() - end]))) --end;
    return atMostOneLetter(a.substr(front, a.size() - front - end)) &&
           atMostOneLetter(b.substr(front, b.size() - front - end));
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
    return inAsciiSmall(Trimmed(text).text);
}

bool nearlySame(std::string_view a, std::string_view b) {
    const std::string own = withoutBlanksAndCase(a), other = withoutBlanksAndCase(b);
    return own == other || oneLetterApart(own, other);
}

Text apartText(std::string_view left, std::string_view right, const SideNames& names) {
    const Trimmed own(left), other(right);
    std::vector<Text> parts;
    const auto blanks = [&parts](std::string_view has, std::string_view hasNot, const Text& where) {
        if (has.size() <= hasNot.size()) return;
        parts.push_back((has.size() == 1 ? RW_TEXT("lineage", "a blank %1") : RW_TEXT("lineage", "blanks %1"))
                            .with(where));
    };
    const Text inFront = RW_TEXT("lineage", "in front of that of %1");
    const Text atEnd = RW_TEXT("lineage", "at the end of that of %1");
    blanks(own.before, other.before, Text(inFront).with(names.left));
    blanks(other.before, own.before, Text(inFront).with(names.right));
    blanks(own.behind, other.behind, Text(atEnd).with(names.left));
    blanks(other.behind, own.behind, Text(atEnd).with(names.right));
    if (own.text != other.text) parts.push_back(RW_TEXT("lineage", "small and capital letters"));
    // As many of other kinds.
    if (parts.empty()) return RW_TEXT("lineage", "the kind of blanks");
    Text all = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) all = RW_TEXT("lineage", "%1 and %2").with(all, parts[i]);
    return all;
}

std::string shortenedText(std::string_view text) {
    if (text.size() <= kShownBytes) return std::string(text);
    std::size_t end = kShownBytes;
    while (end > 0 && isInsideLetter(text[end])) --end;
    return std::string(text.substr(0, end)) + "…";
}

std::string cellValueText(const Column& column, std::size_t row) {
    if (column.isNull(row)) return "NULL";
    std::string value;
    appendCell(value, column, row);
    value = shortenedText(value);
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

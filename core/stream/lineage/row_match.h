// A condition on rows: columns that are equal to those of the row asked about, a span of event time, a place.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/stream/lineage/contributors.h"

namespace rw {

/// A column of the input and the one of the row asked about that must be equal to it. NULL is equal to NULL.
struct ColumnPair {
    int input = -1, asked = -1;
};

/// Pairs of columns that the row does not know do not count.
class RowMatch final : public RowPredicate {
 public:
    Batch asked{};  ///< one row
    std::vector<ColumnPair> equal{};
    bool asKeys = false;  ///< as the keys of groups and joins are equal: −0.0 is 0.0
    std::optional<std::int64_t> position{};
    /// With a position, which counts in its source alone: the wire on which the row comes.
    std::optional<WireNumber> wire{};
    /// The rows' event times lie in [from, until); not looked at where there is no column.
    int eventTime = -1;
    Instant from = kMinTimestamp, until = kMaxTimestamp;
    enum class Late : std::uint8_t {
        Never,
        ByWindow,     ///< its stamp has reached `last` + `lateness`
        ByOwnWindow,  ///< its stamp has reached `lastOf` it + `lateness`
        ByTime        ///< its stamp has reached its event time
    } late = Late::Never;
    Instant last = kMaxTimestamp;  ///< ByWindow: the window's last millisecond
    /// ByOwnWindow: the last millisecond of the last window that a row lies in; nothing: it is never late.
    std::function<std::optional<Instant>(const Batch&, std::size_t)> lastOf{};
    Millis lateness = 0;  ///< ByWindow, ByOwnWindow: the node's allowed lateness
    /// A further condition; null: none. Any thread.
    std::function<bool(const Batch&, std::size_t)> also{};

    RowPart of(const Batch& rows, std::size_t row) const override;
    /// As a text that is the same for rows that are equal in `equal`; nothing where a column is not known.
    std::optional<std::string> keyOf(const Batch& rows, std::size_t row) const;
    std::optional<std::string> askedKey() const;

 private:
    bool fits(const Batch& rows, std::size_t row) const;
    RowPart judged(const Batch& rows, std::size_t row) const;
};

/// Whether two cells are equal; types are the same, or both whole numbers.
bool equalCells(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB, bool asKeys);

/// A text as people compare it who do not see blanks at its ends, nor small and capital letters of ASCII.
std::string withoutBlanksAndCase(std::string_view text);

/// Whether people may have meant the one by the other: they differ in blanks at the ends and in small and
/// capital letters alone, or besides in one letter that was added, left out or replaced. Digits count: they
/// tell numbers and names apart.
bool nearlySame(std::string_view a, std::string_view b);
/// In what two texts differ that are the same without blanks at their ends and small and capital letters: “a
/// blank at the end of that of “Customers””.
Text apartText(std::string_view left, std::string_view right, const SideNames& names);

/// The time in that column of the row that is asked about; nothing: it is not known, or NULL.
std::optional<Instant> knownTime(const AskedRow& asked, int column);
/// As people read it.
std::string timeText(Instant time);

/// All columns of the input are those of the output, from output column `first` on.
std::vector<ColumnPair> sameColumns(std::size_t columns, std::size_t first = 0);

/// A long text is cut.
std::string shortenedText(std::string_view text);
/// A cell as people read it: a long text is cut, blanks at its ends are seen between quotes.
std::string cellValueText(const Column& column, std::size_t row);
/// `columns` of a row as people read it: “k = x, v = 3”; at most `most` of them.
Text cellsText(const Batch& rows, std::size_t row, const std::vector<int>& columns, std::size_t most = 6);

}  // namespace rw

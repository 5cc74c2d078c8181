// A preview of a CSV file before it becomes a source: its format, the likely types of its columns, its first
// rows.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/connect/csv/format.h"
#include "core/data/type.h"

namespace rw {

/// Values of a column that are not of a type.
struct CsvMisfits {
    static constexpr std::size_t kExamples = 3;

    std::uint64_t count = 0;
    std::vector<std::string> examples{};  ///< the first of them, each once

    void add(std::string_view value);
};

/// The type that the values of a column have in common. Empty fields, which are NULL, do not count.
struct CsvPreviewColumn {
    std::string name{};
    /// The narrowest of BOOLEAN, INT, BIGINT, DOUBLE, DATE, TIMESTAMP(3) and STRING that all values are of,
    /// as inferCsvSchema() says it.
    Type type{};
    std::uint64_t values = 0;
    std::uint64_t names = 0;  ///< of them names in digits, see isDigitCode()
    /// Numbers whose comma is a decimal mark: for certain, see hasDecimalComma(), or where ; stands between
    /// fields.
    std::uint64_t commas = 0;
    std::uint64_t points = 0;      ///< numbers with a point that can't stand between groups of three digits
    std::uint64_t numbers = 0;     ///< with a point or a comma before their decimals
    int digits = 1, decimals = 0;  ///< the most before and behind the decimal mark of numbers
    /// The unit that most values count since 1970: integers of the years 2000 to 2100. None: they are no times.
    CsvFormat::Epoch epoch = CsvFormat::Epoch::None;

    /// How far a time lies behind the newest one before it, at most, by CsvFormat::Epoch. 0: they are in order.
    std::array<Millis, 3> disorder{};
    std::array<bool, 3> ties{};  ///< whether a time is that of the newest one before it

    /// The values that a source would not read as such a type; none are of STRING.
    const CsvMisfits& misfits(Type as, CsvFormat::Epoch count) const;
    /// A DECIMAL with room for the numbers.
    Type decimal() const;
    /// DOUBLE or TIMESTAMP(3) when at least half of the values of a text column are that; nothing: the column is
    /// no text, or its values are of one type.
    std::optional<Type> mostly() const;
    /// Why the column is text though at least half of its values are numbers, or times: “price is text: 5 of
    /// 2 000 values are no numbers (12,50 …).” Empty: mostly() is nothing.
    Text whyText() const;

    std::array<CsvMisfits, 9> others{};  ///< for misfits()
};

/// The watermark delay with which no row that lies so far behind is late, and a little more, so that it is a
/// round one: 90 s for 89 s. Without disorder it is 1 ms where there are ties, for a row whose time the
/// watermark has reached is late in nodes that keep rows, and 0 where there are none.
Millis likelyDelay(Millis disorder, bool ties);

struct CsvPreviewRow {
    std::vector<std::string> cells{};  ///< cut where they are long; of a rejected row as many as it has
    Text rejected{};                   ///< why a source rejects it; empty: it does not
};

struct CsvPreview {
    static constexpr std::size_t kShownRows = 50;

    CsvFormat format{};
    std::vector<CsvPreviewColumn> columns{};
    std::vector<CsvPreviewRow> first{};  ///< kShownRows at most
    std::uint64_t rows = 0;              ///< that were looked at, without the header
    bool whole = true;                   ///< the file has no others
    std::uint64_t rejected = 0;          ///< of them: another number of fields, broken quotes, no text
    std::uint64_t firstRejected = 0;     ///< its number, from 1; 0: there is none
    Text reason{};                       ///< of this one

    /// A mark that would make numbers of texts; nothing where there is no reason to take another one.
    std::optional<CsvFormat::Decimal> betterDecimal() const;
    /// The column that says when rows happened: the first TIMESTAMP, else the first whose numbers are times
    /// and whose name says so; -1: none.
    int likelyEventTime() const;
};

struct CsvPreviewOptions {
    std::uint64_t mostRows = 200'000;
    std::uint64_t mostBytes = std::uint64_t{64} << 20;
    /// Asked each thousand rows. True ends the preview with the rows read so far.
    std::function<bool()> enough{};
    std::function<bool()> cancelled{};  ///< asked as often, and before each block of the file
};

/// How the first file at `path` (as inputFiles() takes it) seems to be written. The delimiter, unless it is
/// known, is that of , ; tab and | by which most of the first rows have as many fields as the first one.
/// There is a header unless the first row has values of the types that those below it have.
Result<CsvFormat> likelyCsvFormat(const std::string& path, CsvFormat known = {}, bool guessDelimiter = true,
                                  const CsvPreviewOptions& options = {});

/// Looks at the first rows of the same file. 200 000 rows of six columns took 0.8 s when it was measured.
/// ErrorCode::Cancelled once that is said. For a worker thread.
Result<CsvPreview> previewCsv(const std::string& path, const CsvFormat& format,
                              const CsvPreviewOptions& options = {});

}  // namespace rw

// Counts over whole CSV files: needed before a more lenient reader is given them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/connect/csv/format.h"
#include "core/data/schema.h"

namespace rw {

/// The first place that something was found at.
struct CsvPlace {
    std::string file{};
    std::uint64_t row = 0;  ///< from 1, the header and empty lines not counted; 0: before the first
    Text reason{};
    std::string column{};
};

/// The cells of a column of the schema.
struct CsvColumnSurvey {
    std::optional<CsvPlace> empty{};     ///< the first that has nothing
    std::optional<CsvPlace> notPlain{};  ///< the first of the others that isPlainCell() does not take
};

struct CsvSurvey {
    std::uint64_t files = 0, rows = 0;
    /// Cells of the first header as they are there; empty: the files have none, or no line.
    std::vector<std::string> header{};
    std::string headerFile{};
    std::vector<std::size_t> places{};  ///< of the schema's columns but the time of arrival in rows
    std::optional<CsvPlace> otherHeader{};    ///< the first file whose header is another one
    std::optional<CsvPlace> byteOrderMark{};  ///< the first file that begins with one
    std::uint64_t misfits = 0;  ///< rows with another number of cells, broken quotes, or bytes that are no text
    std::optional<CsvPlace> misfit{};
    std::uint64_t emptyLines = 0;  ///< none where rows have one cell: there they are rows
    std::optional<CsvPlace> emptyLine{};
    std::optional<CsvPlace> quotedEmpty{};   ///< the first cell `""`
    std::vector<CsvColumnSurvey> columns{};  ///< of the schema; empty unless asked for
};

struct CsvSurveyOptions {
    std::string path{};  ///< as inputFiles() takes it
    CsvFormat format{};
    SchemaRef schema{};
    int arrival = -1;                      ///< the column that no file has; -1: there is none
    bool columns = false;                  ///< whether each cell is looked at
    std::shared_ptr<const Files> files{};  ///< null: the machine's
    std::function<bool()> cancelled{};     ///< asked for each block of a file
};

/// Reads the files to their ends, as csv_source does, and keeps no row. Errors: those that end csv_source (no
/// such file, a header without a column), ErrorCode::Cancelled.
Result<CsvSurvey> surveyCsv(const CsvSurveyOptions& options);

}  // namespace rw

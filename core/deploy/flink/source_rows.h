// From files to rows: the parts that all sources share once it is known how cells are found.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/csv/format.h"
#include "core/deploy/form.h"
#include "core/sql/functions/json_path.h"

namespace rw {

/// A table whose cells are read as text, so that bad ones can be told.
struct FlinkCells {
    std::vector<std::string> columns{};    ///< definitions of the table's columns
    std::string connector = "filesystem";  ///< of the table
    std::string options{};                 ///< … and the others: “'path' = …, 'format' = …”
    /// The text of each column of the rows, NULL where there is none.
    std::vector<std::string> texts{};
    std::string row{};     ///< the row as text
    std::string broken{};  ///< holds for rows without cells
    std::string what{};    ///< … the message about them
    std::string noRow{};   ///< true of lines that are no row: the header, a blank line
};

/// Table “id$cells”, view “id$read” with each cell as its type and the row's error, view “id” with good
/// rows, “id$rejected” with the others where that is wired.
void flinkWriteCells(NodeForm& form, const FlinkCells& cells);

/// The cell at a place of the JSON object that each line is, as a text of the table's next column.
void flinkJsonCell(NodeForm& form, FlinkCells& cells, std::size_t column, const std::string& line,
                   const sql::JsonPath& place);
/// “, 'csv.field-delimiter' = ';'” where it is not Flink's default.
std::string flinkCsvOptions(const CsvFormat& format);
/// Refuses decimal commas and numbers as times: a cast there knows neither.
void flinkJudgeCsvValues(NodeForm& form, const CsvFormat& format);

/// The same of a table whose columns have their types: `names` there, quoted, one for each of the node's.
void flinkWriteTyped(NodeForm& form, const std::vector<std::string>& names, const std::string& connector,
                     const std::string& options);

/// Which column marks the event time of the source's table: its own, or the one that is declared behind it.
struct FlinkSourceTime {
    int column = -1;  ///< -1: none
    Millis delay = 0;
    bool own = false;
};
FlinkSourceTime flinkSourceTime(NodeForm& form);
/// The column that has it; -1: none has.
int flinkTimeColumn(const NodeForm& form);
/// “WATERMARK FOR `ts` AS `ts` - INTERVAL '5' SECOND”
std::string flinkWatermark(const std::string& column, Millis delay);
/// The time of a row that has none, which moves no watermark: before all times that are likely.
inline constexpr std::string_view kFlinkUnknownTime = "TIMESTAMP '1970-01-01 00:00:00.000'";
/// CREATE TEMPORARY TABLE; the name is not quoted.
std::string flinkTable(const NodeForm& form, const std::string& name, const std::vector<std::string>& columns,
                       const std::string& connector, const std::string& options);
/// The same of a file.
std::string flinkFileTable(const NodeForm& form, const std::string& name,
                           const std::vector<std::string>& columns, const std::string& options);

/// Reads the copy of the source where copies are read; false: they are not, or there can be none.
bool flinkReadCopy(NodeForm& form);

// The columns of view “id$read” besides the source's; “id$marked”, which an event_time node right behind
// the source reads, has the row and the time of flinkTimeOf(). Both have the same columns, so that a name
// which one of them has already is another one for both.

/// Columns for a row's error and for its text, quoted.
std::string flinkErrorColumn(const NodeForm& form);
std::string flinkRowColumn(const NodeForm& form);
/// “$.address.city” for JSON_VALUE, with brackets around names that are no words.
std::string flinkJsonPath(const sql::JsonPath& path);
/// The event time of a table that is read as text, which is never NULL.
std::string flinkTimeOf(const NodeForm& form, const Field& column);
/// The BYTES that an expression has in Base64; NULL where it is none, which alone would end the job.
std::string flinkBytesOfText(const std::string& text);
/// Holds for rows whose error is NULL; with on_error "fail" others end the job, with the error's words.
std::string flinkGood(NodeForm& form, const std::string& error);
/// Writes the port “rejected” from the rows of view `read`.
void flinkRejected(NodeForm& form, const std::string& error, const std::string& read,
                   const std::string& where);

}  // namespace rw

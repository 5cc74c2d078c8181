// Compares a table that a pipeline wrote with the one that Apache Flink wrote.
//
// Rows compare as a multiset, or in order where the expectation's types say "ordered"; cells as exact text,
// NULL (an empty field) not being the empty string (""), DOUBLE to 1e-9 relative or 1e-12 absolute; columns
// by name and order. An updating result written with the column `op` is reduced to its final table first.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::golden {

using Cell = std::optional<std::string>;  ///< nothing: NULL
using Row = std::vector<Cell>;

struct Table {
    Row header;
    std::vector<Row> rows;
};

enum class Columns {
    Same,    ///< the actual table has the expectation's columns and no others
    AtLeast  ///< others are allowed and not looked at
};

/// The records of a CSV text, the first being the header.
std::vector<Row> parseCsv(std::string_view text);

/// The table of a CSV file.
Table readTable(const std::filesystem::path& path);

/// An updating stream with a column `op` as the final rows; an error text when it takes back a row that is
/// not there.
std::string reduceToFinal(Table& table);

/// Empty when equal, else a short diff. `types` are the expectation's, one per column; a column without is
/// exact text.
std::string compare(const Table& expected, Table actual, const std::vector<std::string>& types, bool ordered,
                    Columns columns);

/// Changes both before they are compared, when the actual table has the expectation's columns and is the rows
/// that are left.
using BeforeCompared = std::function<void(Table& expected, Table& actual)>;

/// The same for files; the types are read from the file beside `expected` with the ending .types, if there is
/// one.
std::string compareFiles(const std::filesystem::path& expected, const std::filesystem::path& actual,
                         Columns columns, const BeforeCompared& before = {});

}  // namespace rw::golden

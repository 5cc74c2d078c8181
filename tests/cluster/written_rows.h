// Rows that sinks wrote, here as a file with a line of names, on Flink as a folder of parts without one; in
// one form, so that both can be compared.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

/// Sorted; a row is one text. Cells are written as core writes values of their type; an empty text is NULL,
/// for Flink's files can't tell one from the other.
using WrittenRows = std::vector<std::string>;

/// A CSV file of ours.
WrittenRows rowsOfFile(const std::filesystem::path& file, const Schema& schema);
/// All parts in the folder, which need not be there; a line of names is none of their rows.
WrittenRows rowsOfParts(const std::filesystem::path& folder, const Schema& schema);
/// The same of JSON lines: values in the order of the columns; a missing one is NULL.
WrittenRows jsonRowsOfFile(const std::filesystem::path& file, const Schema& schema);
WrittenRows jsonRowsOfParts(const std::filesystem::path& folder, const Schema& schema);

/// All rows of a table of an SQLite file.
WrittenRows rowsOfTable(const std::filesystem::path& database, const std::string& table,
                        const Schema& schema);
/// Rows that were fetched.
WrittenRows writtenRows(const std::vector<golden::Row>& rows, const Schema& schema);

/// The sum of an INT or BIGINT column of a folder of CSV parts.
long long sumOfParts(const std::filesystem::path& folder, const Schema& schema, const std::string& column);

/// Empty when both are the same, else the first rows that only one has.
std::string differenceOf(const WrittenRows& here, const WrittenRows& there);

}  // namespace rw::cluster

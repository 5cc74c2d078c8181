// Whether a table of an SQLite file is still as it was left.
#pragma once
#include <optional>
#include <string>

namespace rw {

/// The state of a table or view in the file, as a text that differs once the table was made again, or rows
/// came, went or changed. It is looked at before every run, so at most the first 4 MiB and 200 000 rows are
/// read. Where there are more, the text says “more than … rows”, and of the rest only the number of the last
/// row counts. None: the file holds nothing of that name; empty: it can't be looked into now, or not with
/// reasonable effort. Waits half a second at most for another program that has the file locked.
std::optional<std::string> sqliteTableState(const std::string& path, const std::string& table);

}  // namespace rw

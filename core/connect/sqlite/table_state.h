// Whether a table of an SQLite file is still as it was left.
#pragma once
#include <optional>
#include <string>

namespace rw {

/// How a table or view stands in the file: a text that is another once it was made anew, or rows came, went or
/// changed. Of the rows behind the first 200 000 only the number counts: all are read before every run. None:
/// the file holds nothing of that name; empty: it can't be looked into now. Waits half a second at most for
/// another program that has the file locked.
std::optional<std::string> sqliteTableState(const std::string& path, const std::string& table);

}  // namespace rw

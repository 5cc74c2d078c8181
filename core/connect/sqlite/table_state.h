// Whether a table of an SQLite file is still as it was left.
#pragma once
#include <optional>
#include <string>

namespace rw {

/// How a table or view stands in the file: a text that is another once it was made anew, or rows came, went
/// or changed. It is looked at before every run, so at most the first 4 MiB and 200 000 rows are read: where
/// there are more the text says “more than … rows”, and of those behind only the number of the last one
/// counts. None: the file holds nothing of that name; empty: it can't be looked into now, or not with
/// reasonable effort. Waits half a second at most for another program that has the file locked.
std::optional<std::string> sqliteTableState(const std::string& path, const std::string& table);

}  // namespace rw

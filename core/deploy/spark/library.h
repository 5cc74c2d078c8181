// The functions in Python that statements call. A program has those that it needs.
#pragma once
#include <string_view>
#include <vector>

namespace rw {

struct SparkFunction {
    std::string_view name{};     ///< of the function or class
    std::string_view imports{};  ///< modules, with commas between
    std::string_view text{};     ///< begins and ends with a line end
};

/// How rows are read: files, copies, tables; event time.
const std::vector<SparkFunction>& sparkReaders();
/// Functions that change rows: windows, totals, rankings.
const std::vector<SparkFunction>& sparkChanges();
/// Where they go.
const std::vector<SparkFunction>& sparkWriters();
/// Topics of Kafka and tables of PostgreSQL, both ways.
const std::vector<SparkFunction>& sparkOutside();

/// Functions of the user's in Python.
const std::vector<SparkFunction>& sparkPythonCalls();

}  // namespace rw

// Sources of random rows in disorder, the same rows in an SQLite, and runs whose result must equal its own.
#pragma once
#include <rapidcheck.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"
#include "tests/support/sqlite_oracle.h"

namespace rw::test {

/// A row k STRING, v INT, d DOUBLE, place BIGINT, ts TIMESTAMP(3): `place` is its number in its source.
struct GivenRow {
    int letter = 0;   ///< of k; 0: NULL
    int value = 0;    ///< of v; 0: NULL
    int eighths = 0;  ///< of d; 0: NULL
    int ahead =
        0;  ///< half seconds before the first of the rows of its place, so that times are out of order
};

struct GivenSource {
    std::vector<GivenRow> rows{};
    int delay = 0;  ///< of the watermark, in half seconds

    Instant timeOf(std::size_t place) const;
    /// By its stamp: whether the watermark had reached its event time before it came.
    bool isLate(std::size_t place) const;
};
/// Rows of which some are late, unless `inTime`.
rc::Gen<GivenSource> anySource(bool inTime);
/// One of them, or two.
std::vector<GivenSource> oneOrTwo(bool inTime);

Node sourceOf(const char* id, const GivenSource& source);
/// The sources, a union of them where they are several, `nodes` one behind the other, and the table “result”.
Pipeline chainOf(const std::vector<GivenSource>& sources, const std::vector<Node>& nodes);

/// Makes the table `name`, with the columns of the rows and `wire`, the number of their source.
void load(SqliteOracle& oracle, const std::string& name, const std::vector<GivenSource>& sources,
          bool alsoLate);

/// The rows of a table_view, written and sorted as the oracle's are. Times are milliseconds.
std::vector<std::string> tableLines(const Run& run, const char* id);
/// Runs it to the end at several batch sizes and degrees of parallelism. Where `wrong` gives an error of a
/// run, the property fails.
void atEveryDegree(const Pipeline& pipeline, const std::function<std::string(const Run&)>& wrong);
/// The table “result” must have the rows of the query.
void expectSql(const Pipeline& pipeline, const SqliteOracle& oracle, const std::string& query);

}  // namespace rw::test

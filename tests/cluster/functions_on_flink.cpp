// functions_on_flink LIST: every function of ours, called with NULL, the ends of its types and texts beyond
// U+FFFF, gives on a real Flink the same as here, but for rows of which its verdict says otherwise. LIST has
// the functions that differ for their rows do not keep a condition of the verdict, each with the reason.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_target.h"
#include "core/data/text.h"
#include "core/deploy/flink/dialect.h"
#include "core/deploy/flink/sql_text.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/function_probes.h"
#include "tests/cluster/judged_cases.h"
#include "tests/cluster/staged_sources.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr std::size_t kCallsAtOnce = 40;
constexpr Millis kProbeWithin = 120'000;

/// The first row that differs and may not, in words; empty: none does.
std::string differenceIn(const FunctionProbe& probe, const FlinkTable& table, std::size_t column) {
    if (table.rows.size() != probe.here.size()) return fmt::format("{} rows came", table.rows.size());
    CellsByRow cells;
    for (const ChangeRow& row : table.rows) {
        const std::optional<std::int32_t> id = parseInt(row.cells.front().value_or(""));
        if (!id) return "a row without its number came";
        cells[static_cast<std::size_t>(*id)] = row.cells[column];
    }
    return differenceOf(probe, cells);
}

class FunctionsOnFlink {
 public:
    FunctionsOnFlink(const Target& target, const Batch& rows, const fs::path& file) : m_target(target) {
        std::ofstream out(file, std::ios::binary);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            golden::Row cells;
            for (std::size_t i = 0; i < rows.columns.size(); ++i) {
                const Value value = valueAt(*rows.columns[i], row);
                cells.emplace_back(isNull(value) ? "<NULL>" : toText(value, rows.schema->fields[i].type));
            }
            out << csvLine(cells);
        }
        std::string columns;
        for (const Field& field : rows.schema->fields)
            columns +=
                fmt::format("{}`{}` {}", columns.empty() ? "" : ", ", field.name, toString(field.type));
        m_table = fmt::format(
            "CREATE TEMPORARY TABLE `rows` ({}) WITH ('connector' = 'filesystem', 'path' = {}, "
            "'format' = 'csv', 'csv.null-literal' = '<NULL>')",
            columns, flinkText("file://" + file.string()));
    }

    /// All at once, or, where that fails, half by half: the trouble of each is its own.
    void run(std::vector<FunctionProbe>& probes, std::size_t begin, std::size_t end) {
        const Result<FlinkTable> table = ask(probes, begin, end);
        if (table.ok()) {
            for (std::size_t i = begin; i < end; ++i)
                probes[i].trouble = differenceIn(probes[i], *table, i - begin + 1);
        } else if (end - begin == 1) {
            probes[begin].trouble = "Flink ends the job: " + english(table.error());
        } else {
            const std::size_t middle = begin + (end - begin) / 2;
            run(probes, begin, middle);
            run(probes, middle, end);
        }
    }

 private:
    Result<FlinkTable> ask(const std::vector<FunctionProbe>& probes, std::size_t begin,
                           std::size_t end) const {
        RW_TRY_ASSIGN(const HttpServer gateway, gatewayOf(m_target, environmentSecret));
        RW_TRY_ASSIGN(const HttpServer jobManager, jobManagerOf(m_target, environmentSecret));
        RW_TRY_ASSIGN(const auto session, FlinkSession::open(gateway, {{"parallelism.default", "1"},
                                                                       {"table.local-time-zone", "UTC"}}));
        session->endJobsAt(jobManager);
        RW_TRY(session->run(m_table).status());
        std::string query = "SELECT `id`";
        for (std::size_t i = begin; i < end; ++i)
            query += fmt::format(",\n  {} AS `c{}`", probes[i].there, i);
        Result<FlinkTable> table = session->run(query + "\nFROM `rows`", {}, kProbeWithin);
        static_cast<void>(session->close());
        return table;
    }

    const Target m_target;
    std::string m_table{};
};

}  // namespace

int main(int argc, char** argv) {
    check(argc == 2, "the list of functions is named");
    if (argc != 2) return test::summary();
    const testing::ScratchFolder scratch("functions_on_flink");
    const Batch rows = rowsForCalls();
    std::vector<FunctionProbe> probes = functionProbes(flinkDialect(), rows);
    // Those that are refused are not sent.
    const auto sent = std::stable_partition(probes.begin(), probes.end(), [](const FunctionProbe& probe) {
        return probe.verdict != Verdict::Refused;
    });
    const auto count = static_cast<std::size_t>(sent - probes.begin());
    fmt::print("{} calls, {} rows\n", count, rows.rows);
    FunctionsOnFlink flink(flinkOfTests(), rows, scratch.path() / "rows.csv");
    for (std::size_t at = 0; at < count; at += kCallsAtOnce)
        flink.run(probes, at, std::min(at + kCallsAtOnce, count));
    judgeProbes(probes, reasonsIn(argv[1]));
    return test::summary();
}

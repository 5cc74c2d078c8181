// kinds_on_flink DIR: the cases in DIR on a real Flink, in the form that `rillwright export` writes, against
// their results here (kind_cases.h).
#include "tests/cluster/flink_export.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/kind_cases.h"
#include "tests/support/expect.h"

using namespace rw;
using namespace rw::cluster;

int main(int argc, char** argv) {
    const Target flink = flinkOfTests();
    check(argc == 2, "kinds_on_flink DIR");
    if (argc != 2) return test::summary();
    tryKinds(argv[1], Engine::Flink,
             [&flink](const Pipeline& pipeline, const auto& folder, ChartRows& charts) {
                 ShownRows shown;
                 RW_TRY(runExport(flink, pipeline, folder, {.shown = &shown}));
                 for (const auto& [chart, rows] : shown) {
                     for (const ChangeRow& row : rows) {
                         check(row.kind == RowKind::Insert, chart + ": rows that are not taken back");
                         charts[chart].push_back(row.cells);
                     }
                 }
                 return Status();
             });
    return test::summary();
}

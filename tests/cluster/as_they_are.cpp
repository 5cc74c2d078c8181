// as_they_are: sources and sinks in the form that `rillwright export` writes: files as they are, with a line
// of names, bad cells, late rows, JSON lines with holes; the same rows come out as here.
//
// Cells that need no care come out alike, too, where columns have their types, as an export writes them that read the files.
//
// Known differences are listed in the help (deploy_differences): of rejected rows only their number and
// their node are compared, and a text that is empty is NULL.
#include <fmt/format.h>

#include <fstream>
#include <set>
#include <vector>

#include "core/deploy/form.h"
#include "tests/cluster/flink_export.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/raw_files.h"
#include "tests/cluster/written_rows.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

/// How many rows each node rejected.
std::multiset<std::string> nodesOf(const WrittenRows& rejected) {
    std::multiset<std::string> nodes;
    for (const std::string& row : rejected) nodes.insert(row.substr(0, row.find(' ')));
    return nodes;
}

void compareSink(const Pipeline& pipeline, const Node& sink, const fs::path& folder,
                 const std::string& what) {
    const std::string path = sink.params.value("path", std::string());
    const fs::path here = folder / path, there = folder / partsFolderOf(path);
    const Schema columns = columnsAt(pipeline, sink.id, folder);
    if (sink.id.starts_with("rejected")) {
        const WrittenRows ours = rowsOfFile(here, columns), theirs = rowsOfParts(there, columns);
        check(!ours.empty() && nodesOf(ours) == nodesOf(theirs),
              fmt::format("{}, {}: {} rows are rejected here, {} there", what, sink.id, ours.size(),
                          theirs.size()));
        return;
    }
    const bool json = sink.type == "ndjson_sink";
    const WrittenRows ours = json ? jsonRowsOfFile(here, columns) : rowsOfFile(here, columns);
    const WrittenRows theirs = json ? jsonRowsOfParts(there, columns) : rowsOfParts(there, columns);
    const std::string difference = differenceOf(ours, theirs);
    check(!ours.empty() && ours.size() == theirs.size() && difference.empty(),
          fmt::format("{}, {}: {} rows here, {} there{}", what, sink.id, ours.size(), theirs.size(),
                      difference));
}

void compareCase(const Target& flink, const RawCase& raw, int degree, bool readFiles) {
    const std::string what =
        fmt::format("{}, parallelism {}{}", raw.name, degree, readFiles ? ", types" : "");
    fmt::print("{}\n", what);
    const testing::ScratchFolder scratch("as_they_are");
    for (const auto& [name, text] : raw.files) std::ofstream(scratch.path() / name, std::ios::binary) << text;
    Pipeline pipeline = pipelineOf(raw.pipeline);
    pipeline.settings.parallelism = degree;
    runHere(pipeline, scratch.path());
    const Status ran = runExport(flink, pipeline, scratch.path(), {.readFiles = readFiles});
    check(ran.ok(), what + ": " + (ran.ok() ? std::string("it runs") : english(ran.error())));
    if (!ran.ok()) return;
    for (const Node& node : pipeline.nodes) {
        if (node.type == "csv_sink" || node.type == "ndjson_sink")
            compareSink(pipeline, node, scratch.path(), what);
    }
}

}  // namespace

int main() {
    const Target flink = flinkOfTests();
    for (const RawCase& raw : rawCases()) {
        for (const int degree : {1, 2}) compareCase(flink, raw, degree, false);
    }
    for (const bool readFiles : {false, true}) compareCase(flink, plainCells(), 2, readFiles);
    return test::summary();
}

// bench_export [--markdown PAGE]… : how long a pipeline of fifty nodes takes to be checked and written for
// other engines: inside the process, as with each edit in the window, and as `rillwright export`, from start
// to exit. A page takes the medians.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "core/deploy/translation.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "tests/bench/child_run.h"
#include "tests/bench/figures.h"

namespace fs = std::filesystem;
using namespace rw;

namespace {

constexpr int kRuns = 21;
constexpr int kBranches = 8;  ///< of six nodes each; with the source and the sink of its rejected rows fifty

/// A source, and branches of a filter, a select, windows, a file, and two charts.
std::string pipelineText() {
    std::string nodes =
        R"rill({ "id": "bids", "type": "csv_source", "params": { "path": "bids.csv", "event_time": "ts",
        "watermark_delay": "5s", "columns": ["auction BIGINT", "bidder BIGINT", "price DECIMAL(10,2)",
        "channel STRING", "ts TIMESTAMP(3)"] } },
    { "id": "rejected", "type": "csv_sink", "params": { "path": "rejected.csv" } })rill";
    std::string wires = R"rill({ "from": "bids.rejected", "to": "rejected" })rill";
    for (int i = 0; i < kBranches; ++i) {
        nodes += fmt::format(R"rill(,
    {{ "id": "some_{0}", "type": "filter", "params": {{ "condition": "MOD(auction, 123) = {0} AND price > 1.5" }} }},
    {{ "id": "named_{0}", "type": "select", "params": {{ "columns": ["UPPER(channel) AS channel",
        "CASE WHEN price > 100 THEN 'dear' ELSE 'cheap' END AS kind", "price * 1.1 AS gross", "ts"] }} }},
    {{ "id": "windows_{0}", "type": "window_aggregate", "params": {{ "window": "tumble", "size": "1min",
        "keys": ["channel", "kind"], "aggregates": ["COUNT(*) AS n", "SUM(gross) AS total", "MAX(gross) AS best"] }} }},
    {{ "id": "out_{0}", "type": "csv_sink", "params": {{ "path": "out_{0}.csv" }} }},
    {{ "id": "rows_{0}", "type": "table_view" }},
    {{ "id": "chart_{0}", "type": "line_chart", "params": {{ "y": ["n"], "series": "channel" }} }})rill",
                             i);
        wires += fmt::format(R"rill(,
    {{ "from": "bids", "to": "some_{0}" }}, {{ "from": "some_{0}", "to": "named_{0}" }},
    {{ "from": "named_{0}", "to": "windows_{0}" }}, {{ "from": "windows_{0}", "to": "out_{0}" }},
    {{ "from": "windows_{0}", "to": "rows_{0}" }}, {{ "from": "windows_{0}", "to": "chart_{0}" }})rill",
                             i);
    }
    return R"rill({ "rill": 1, "name": "Fifty nodes", "nodes": [ )rill" + nodes +
           R"rill( ], "wires": [ )rill" + wires + " ] }\n";
}

[[noreturn]] void endBench(const Error& error) {
    fmt::print(stderr, "{}\n", english(error));
    std::exit(1);
}

/// The median, in ms.
double print(const std::string& what, std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2] * 1000;
    fmt::print("{:<34} median {:>7.2f} ms, slowest of {}: {:.2f} ms\n", what, median, seconds.size(),
               seconds.back() * 1000);
    return median;
}

/// Typing all nodes, verdicts, and the text.
double measureInside(const Pipeline& pipeline, const Catalogue& catalogue, std::string_view target,
                     const fs::path& folder) {
    const Artefact& artefact = *artefactOf(target);
    TranslateOptions options;
    options.validate.folder = folder.string();
    std::vector<double> seconds;
    for (int i = 0; i < kRuns; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const Validated validated = validate(pipeline, catalogue, options.validate);
        const Translation translation = translate(pipeline, catalogue, validated, artefact.engine, options);
        const Result<std::string> text = writeArtefact(pipeline, translation, artefact, options);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        if (!text.ok()) endBench(text.error());
    }
    return print(fmt::format("{} in the process", target), std::move(seconds));
}

double measureProgram(const std::string& program, const std::string& target, const fs::path& folder) {
    std::vector<double> seconds;
    for (int i = 0; i < kRuns; ++i) {
        seconds.push_back(
            rw::bench::runOrEnd({program, "export", "fifty.rill", "--to", target}, folder, folder / "log")
                .seconds);
    }
    return print(fmt::format("rillwright export --to {}", target), std::move(seconds));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string program = rw::bench::builtProgram();
    const rw::testing::ScratchFolder scratch("bench");
    const fs::path& folder = scratch.path();
    std::ofstream(folder / "bids.csv") << "auction,bidder,price,channel,ts\n";
    const std::string text = pipelineText();
    std::ofstream(folder / "fifty.rill") << text;
    const Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) endBench(loaded.error());
    fmt::print("{} nodes, {} wires\n", loaded->pipeline.nodes.size(), loaded->pipeline.wires.size());
    const Catalogue catalogue = builtin();
    std::vector<std::string> rows;
    for (const char* const target : {"flink-sql", "pyflink", "pyspark"}) {
        const double inside = measureInside(loaded->pipeline, catalogue, target, folder);
        const double whole = measureProgram(program, target, folder);
        rows.push_back(fmt::format("| `{}` | {:.1f} | {:.1f} |", target, inside, whole));
    }
    for (const fs::path& page : rw::bench::pagesIn(argc, argv)) rw::bench::fillPage(page, "export", 2, rows);
    return 0;
}

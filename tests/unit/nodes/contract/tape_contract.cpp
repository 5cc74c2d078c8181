// Sources in a run that is recorded: its replay asks nobody outside, and has the same rows.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/tape/tape_player.h"
#include "core/views/table_view.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/short_reads.h"
#include "tests/support/tape_in_memory.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/outside_world.h"

namespace rw::test {

namespace {

constexpr std::uint64_t kTapedRows = 20;  // of a source without end
constexpr int kLooks = 1'500;
constexpr std::size_t kTapedBytes = 1'000;  // that are read of a file at once
constexpr int kLooksForNews = 25;
constexpr Millis kBetweenLooks = 20, kSoon = 100;
constexpr const char *kGood = "good", *kBad = "bad";

/// The source, and tables of its rows and of those that it rejects.
Pipeline tapedPipeline(const NodeKind& kind, Json params) {
    // A run goes by the clock of this machine.
    if (const ParamSpec* const every = kind.param("every"); every != nullptr && params.contains("every"))
        params["every"] = formatDuration(std::max(kSoon, static_cast<Millis>(every->min.value_or(0))));
    Pipeline pipeline;
    pipeline.nodes = {node("n", kind.type.c_str(), std::move(params)),
                      node(kGood, "table_view", {{"keep", 20'000}})};
    pipeline.wires = {wire("n", kGood, kind.outputs.front().name.c_str())};
    if (kind.outputPort("rejected") < 0) return pipeline;
    pipeline.nodes.push_back(node(kBad, "table_view", {{"keep", 20'000}}));
    pipeline.wires.push_back(wire("n", kBad, "rejected"));
    return pipeline;
}

Catalogue catalogueWith(const NodeKind& kind) {
    std::vector<NodeKind> all = builtin().kinds();
    std::erase_if(all, [&kind](const NodeKind& one) { return one.type == kind.type; });
    all.push_back(kind);
    return Catalogue(std::move(all));
}

/// The rows of both tables, sorted.
std::vector<std::string> tablesOf(const Run& run) {
    std::vector<std::string> lines;
    for (const char* const table : {kGood, kBad}) {
        const auto view = std::dynamic_pointer_cast<TableView>(run.view(table));
        if (!view) continue;
        for (const TableRowRef& row : view->snapshot().rows) {
            std::string& line = lines.emplace_back(table);
            for (std::size_t i = 0; i < row->size(); ++i)
                line += ' ' + toText((*row)[i], view->info().columns[i].type);
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

/// Until some rows came, or the source has ended.
void letRowsCome(const NodeKind& kind, Run& run) {
    for (int looks = 1; looks < kLooks && !run.waitFor(kBetweenLooks); ++looks) {
        const RunMetrics now = run.metrics();
        const auto counts = now.nodes.find(kGood);
        if (counts != now.nodes.end() && counts->second.rowsIn >= kTapedRows) break;
        if (looks % kLooksForNews == 0) bringRowsOutside(kind);
    }
    run.stop(StopMode::Now);
    run.wait();
}

}  // namespace

std::string tapeFault(const NodeKind& kind, const Json& params, const std::string& folder,
                      const std::string& standardInput) {
    const Catalogue kinds = catalogueWith(kind);
    const auto said = [&](const std::string& why) {
        return fmt::format("{} {}, recorded: {}", kind.type, params.dump(), why);
    };
    PlanOptions planning;
    planning.parallelism = 2;
    planning.validate.folder = folder;
    const Planned planned = makePlan(tapedPipeline(kind, params), kinds, planning);
    if (!planned.plan) return said(english(planned.issues.front()));
    const TapeInMemory tape;
    RunOptions options;
    options.record = tape.recorder;
    options.outputs = tape.disk;
    options.files = std::make_shared<ShortReads>(kTapedBytes, standardInput);
    options.connections = outsideConnections(kind);
    const auto recorded = Run::start(planned.plan, options);
    if (!recorded.ok()) return said(english(recorded.error()));
    letRowsCome(kind, **recorded);
    if (const Status status = (*recorded)->status(); !status.ok()) return said(english(status.error()));
    const std::vector<std::string> rows = tablesOf(**recorded);
    if (rows.empty()) return readsThisMachine(kind) ? std::string() : said("no row comes");
    const auto file = readTape(tape.bytes());
    if (!file.ok()) return said(english(file.error()));
    RunOptions again;
    again.replay = makeTapePlayer(*file, 0);
    const auto replayed = Run::start(planned.plan, again);
    if (!replayed.ok()) return said("its replay does not start: " + english(replayed.error()));
    (*replayed)->wait();
    const std::string why = firstDifference(rows, tablesOf(**replayed));
    return why.empty() ? why : said("in its replay " + why);
}

}  // namespace rw::test

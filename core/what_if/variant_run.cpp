#include "core/what_if/variant_run.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/launch/replay.h"
#include "core/runtime/run.h"
#include "core/tape/tape_player.h"
#include "core/what_if/final_rows.h"
#include "core/what_if/still_clock.h"

namespace rw {

namespace {

/// Of all ports of one run: those of two are there at a time.
constexpr std::size_t kMostRowBytes = std::size_t{256} << 20;

std::shared_ptr<FinalRows> rowsOf(const Run& run, const PlannedPort& port) {
    return port.keeper.empty() ? nullptr : std::dynamic_pointer_cast<FinalRows>(run.view(port.keeper));
}

/// How long all the sources wait, where they wait equally long.
std::optional<Millis> commonDelay(const std::vector<NodeId>& timedBy,
                                  const std::map<NodeId, NodeMetrics>& nodes) {
    std::optional<Millis> common;
    for (const NodeId& id : timedBy) {
        const auto found = nodes.find(id);
        if (found == nodes.end() || !found->second.watermarkDelay) return std::nullopt;
        if (common && *common != *found->second.watermarkDelay) return std::nullopt;
        common = found->second.watermarkDelay;
    }
    return common;
}

void measure(const Run& run, const VariantPlan& planned, RanVariant& out) {
    const RunMetrics metrics = run.metrics();
    const std::map<NodeId, NodeMetrics> nodes(metrics.nodes.begin(), metrics.nodes.end());
    out.side.sourceRows = metrics.sourceRows;
    for (const NodeId& id : planned.order) {
        const auto found = nodes.find(id);
        if (found == nodes.end()) continue;
        const NodeMetrics& node = found->second;
        out.side.nodes.push_back({id, node.rowsIn, node.rowsOut, node.late, node.rejected});
        out.side.late += node.late;
        out.side.rejected += node.rejected;
        out.side.notes.insert(out.side.notes.end(), node.notes.begin(), node.notes.end());
    }
    if (!out.side.failed.ok()) return;
    for (const PlannedPort& port : planned.ports) {
        RanPort ran;
        if (const std::shared_ptr<FinalRows> rows = rowsOf(run, port)) {
            ran.there = true;
            ran.side.rows = rows->count();
            ran.side.resultAfter = commonDelay(port.timedBy, nodes);
            ran.rows = {rows->type(),  rows->take(),     port.keys,
                        rows->isCut(), rows->isHashed(), rows->takeHashes()};
        }
        out.ports.push_back(std::move(ran));
    }
}

}  // namespace

Result<RanVariant> runVariant(const CommonRun& common, const VariantPlan& planned) {
    const WhatIfRequest& request = common.request;
    const auto clock = std::make_shared<StillClock>(common.began, request.isCancelled);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = clock;
    options.files = common.files;
    options.isCancelled = request.isCancelled;
    options.onlyCharts = true;
    bool beganEmpty = false;
    if (request.tape) {
        options.replay = makeTapePlayer(request.tape, 0.0);
        // Variants have no state of theirs there: all sides begin alike.
        beganEmpty = beginAt(*request.tape, *planned.plan, TapeStates::Sources, options);
    }
    RanVariant out;
    auto started = Run::start(planned.plan, std::move(options));
    if (started.ok()) {
        Run& run = **started;
        WhatIfLimits limits = request.limits;
        limits.bytes = std::min(limits.bytes, kMostRowBytes / planned.ports.size());
        for (const PlannedPort& port : planned.ports) {
            if (const std::shared_ptr<FinalRows> rows = rowsOf(run, port)) rows->setLimits(limits);
        }
        if (!run.waitFor(StillClock::kForGood)) run.stop(StopMode::Discard);
        run.wait();
        out.side.failed = run.status();
        measure(run, planned, out);
    } else {
        out.side.failed = started.status();
    }
    if (beganEmpty) {
        out.side.notes.push_back(RW_TEXT("what_if",
                                         "The runs begin without what the nodes had kept before the input "
                                         "that there is: their first windows may lack rows."));
    }
    if (!request.isCancelled()) return out;
    return Status(ErrorCode::Cancelled, RW_TEXT("what_if", "The comparison was ended before it was done."));
}

}  // namespace rw

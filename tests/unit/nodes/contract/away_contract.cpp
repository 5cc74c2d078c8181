// Node types with a connection, where nobody, or nothing of that kind, is at its address: other nodes go on,
// and a run can be given up at its start and stopped later.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/connections.h"
#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/worlds/bad_server.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/outside_world.h"

namespace rw::test {

namespace {

constexpr std::uint64_t kRowsBeside = 500;
constexpr int kLooksBeside = 500;
constexpr Millis kLookBeside = 20;
constexpr std::int64_t kLateEnd = 3'000, kLateStart = 40'000;  // milliseconds; kOpenWait, and a little
constexpr Millis kGivenUpAfter = 300;

/// The node, with a source in front of it where it takes rows, and others that have nothing to do with it.
Pipeline besideOthers(const NodeKind& kind, const Json& params) {
    const Json rows = {{"rate", 1'000},
                       {"columns",
                        {"k STRING = CAST(MOD(i, 3) AS STRING)", "v INT = CAST(MOD(i, 100) AS INT)",
                         "d DOUBLE = CAST(i AS DOUBLE)", "b BOOLEAN = MOD(i, 2) = 0",
                         "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                       {"event_time", "ts"}};
    Pipeline pipeline;
    pipeline.nodes = {node("others", "generator", rows), node("beside", "table_view"),
                      node("n", kind.type.c_str(), params)};
    pipeline.wires = {wire("others", "beside")};
    if (kind.inputs.empty()) {
        pipeline.nodes.push_back(node("result", "table_view"));
        pipeline.wires.push_back(wire("n", "result", kind.outputs.front().name.c_str()));
        return pipeline;
    }
    pipeline.nodes.push_back(node("in", "generator", rows));
    pipeline.wires.push_back({{"in", "out"}, {"n", kind.inputs.front().name}, Json::object()});
    return pipeline;
}

/// The connection of the contract, to another address.
std::shared_ptr<const Connections> leadingTo(const NodeKind& kind, const std::string& address) {
    const Result<Connection> known = outsideConnections(kind)->named(kConnection);
    Connection made = known.ok() ? *known : Connection();
    const ConnectionKind* const of = connectionKind(made.kind);
    const ConnectionFieldSpec* const field = of == nullptr ? nullptr : connectionField(*of, "address");
    const bool byUrl = field != nullptr && field->type == ConnectionFieldSpec::Type::Url;
    made.fields["address"] = (byUrl ? "http://" : "") + address;
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

std::int64_t millisOf(const std::function<void()>& work) {
    const std::int64_t began = systemClock()->steadyMillis();
    work();
    return systemClock()->steadyMillis() - began;
}

/// What is wrong with a run that has started; it is stopped.
std::string faultOfRunning(Run& run) {
    std::uint64_t beside = 0;
    for (int looks = 0; looks < kLooksBeside && beside < kRowsBeside; ++looks) {
        if (run.waitFor(kLookBeside)) break;
        const RunMetrics now = run.metrics();
        const auto found = now.nodes.find("beside");
        beside = found == now.nodes.end() ? 0 : found->second.rowsIn;
    }
    const bool failed = !run.status().ok();
    if (!failed && beside < kRowsBeside) return "it holds up a source that has nothing to do with it";
    const std::int64_t took = millisOf([&run] {
        run.stop(StopMode::Now);
        run.wait();
    });
    if (took > kLateEnd) return fmt::format("a stop takes {} ms", took);
    return run.status().ok() || !english(run.status().error()).empty() ? std::string() : "it fails silently";
}

}  // namespace

std::string awayFault(const NodeKind& kind, const Json& params, const std::string& folder) {
    std::vector<NodeKind> all = builtin().kinds();
    std::erase_if(all, [&kind](const NodeKind& one) { return one.type == kind.type; });
    all.push_back(kind);
    const Catalogue kinds(std::move(all));
    PlanOptions planning;
    planning.parallelism = 1;
    planning.validate.folder = folder;
    const Planned planned = makePlan(besideOthers(kind, params), kinds, planning);
    if (!planned.plan) return {};  // of rows that a generator does not make
    constexpr std::pair<BadManner, const char*> kManners[] = {{BadManner::Nobody, "nobody"},
                                                              {BadManner::Closes, "who hangs up"},
                                                              {BadManner::Silent, "who is silent"}};
    for (const auto& [manner, what] : kManners) {
        const BadServer server(manner);
        const auto said = [&, what = what](const std::string& why) {
            return fmt::format("{} {}, led to {}: {}", kind.type, params.dump(), what, why);
        };
        RunOptions options;
        options.connections = leadingTo(kind, server.address());
        std::unique_ptr<Run> run;
        const std::int64_t start = millisOf([&] {
            Result<std::unique_ptr<Run>> started = Run::start(planned.plan, options);
            if (started.ok()) run = std::move(*started);
        });
        if (start > kLateStart) return said(fmt::format("its start takes {} ms", start));
        if (run) {
            if (const std::string why = faultOfRunning(*run); !why.empty()) return said(why);
            continue;
        }
        // A start that waits can be given up.
        const std::int64_t until = systemClock()->steadyMillis() + kGivenUpAfter;
        options.isCancelled = [until] { return systemClock()->steadyMillis() > until; };
        const std::int64_t left = millisOf([&] { (void)Run::start(planned.plan, options); });
        if (left > kGivenUpAfter + kLateEnd) return said(fmt::format("its start is left after {} ms", left));
    }
    return {};
}

}  // namespace rw::test

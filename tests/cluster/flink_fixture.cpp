#include "tests/cluster/flink_fixture.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "tests/support/expect.h"

namespace rw::cluster {

namespace {

constexpr Millis kLookEvery = 50;

[[noreturn]] void giveUp(const std::string& why) {
    fmt::print("FAILED: {}\n", why);
    std::exit(1);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == 0)
        giveUp(fmt::format("{} is not set: run it by tests/run --cluster", name));
    return value;
}

}  // namespace

void check(bool holds, const std::string& what) {
    test::expect(holds, what.c_str());
}

Target flinkOfTests() {
    Target target;
    target.name = "tests";
    target.flink.gateway = environment("RILLWRIGHT_FLINK_GATEWAY");
    target.flink.jobManager = environment("RILLWRIGHT_FLINK_REST");
    return target;
}

std::shared_ptr<const Catalogue> allNodes() {
    static const auto kNodes = std::make_shared<const Catalogue>(builtin());
    return kNodes;
}

Pipeline pipelineOf(const std::string& text) {
    Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) giveUp(english(loaded.error()));
    return std::move(loaded->pipeline);
}

std::unique_ptr<Run> runHere(const Pipeline& pipeline, const std::filesystem::path& folder) {
    PlanOptions options;
    options.validate.folder = folder.string();
    const Planned planned = makePlan(pipeline, *allNodes(), options);
    for (const Issue& issue : planned.issues) {
        if (issue.severity == Severity::Error) giveUp(english(issue));
    }
    if (!planned.plan) giveUp("no plan");
    Result<std::unique_ptr<Run>> run = Run::start(planned.plan, {});
    if (!run.ok()) giveUp(english(run.error()));
    (*run)->wait();
    const Status status = (*run)->status();
    check(status.ok(), "it runs here" + (status.ok() ? std::string() : ": " + english(status.error())));
    return std::move(*run);
}

Schema columnsAt(const Pipeline& pipeline, const NodeId& sink, const std::filesystem::path& folder) {
    ValidateOptions options;
    options.folder = folder.string();
    const Validated validated = validate(pipeline, *allNodes(), options);
    const auto typed = validated.nodes.find(sink);
    if (typed == validated.nodes.end() || typed->second.inputs.empty() ||
        typed->second.inputs.front().empty())
        giveUp("nothing reaches " + sink);
    return *typed->second.inputs.front().front().schema;
}

ClusterRequest requestFor(const Target& target, Pipeline pipeline, const std::filesystem::path& folder) {
    ClusterRequest request;
    request.target = target;
    request.catalogue = allNodes();
    request.pipeline = std::move(pipeline);
    request.validate.folder = folder.string();
    request.validate.file = (folder / "pipeline.rill").string();
    request.deployments = (folder / "deployments").string();
    request.pollEvery = 500;
    request.outputs.all = OutputChoice::Append;  // tests that deploy often do so into one folder
    return request;
}

ClusterStatus await(const ClusterRun& run, const std::function<bool(const ClusterStatus&)>& seen) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kPatience;
    for (;;) {
        ClusterStatus look = run.look();
        if (seen(look) || isOver(look.state)) return look;
        if (clock->steadyMillis() > until) {
            check(false, "it comes in time; " + told(look));
            return look;
        }
        clock->sleep(kLookEvery);
    }
}

ClusterStatus await(const ClusterRun& run, ClusterState state) {
    return await(run, [state](const ClusterStatus& look) { return look.state == state; });
}

ClusterStatus awaitOver(const ClusterRun& run) {
    return await(run, [](const ClusterStatus&) { return false; });
}

ClusterStatus awaitRows(const ClusterRun& run, std::uint64_t rows) {
    return await(run, [rows](const ClusterStatus& look) {
        return look.state == ClusterState::Running && look.figures.sourceRows.value_or(0) >= rows;
    });
}

std::string told(const ClusterStatus& look) {
    std::string text =
        fmt::format("state {}, job {} {}", static_cast<int>(look.state), look.job, look.jobState);
    if (look.figures.sourceRows) text += fmt::format(", {} rows", *look.figures.sourceRows);
    for (const Issue& issue : look.issues) text += "; issue: " + english(issue);
    for (const Text& note : look.notes) text += "; note: " + english(note);
    for (const Status& status : {look.failure, look.connectionProblem, look.chartTrouble}) {
        if (!status.ok()) text += "; " + english(status.error());
    }
    return text;
}

EndedAtLast::~EndedAtLast() {
    if (isOver(m_run.look().state)) return;
    m_run.cancel();
    awaitOver(m_run);
}

}  // namespace rw::cluster

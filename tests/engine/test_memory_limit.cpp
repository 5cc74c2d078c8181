// A run whose state exceeds its memory limit ends, and names the node that has most; one that releases its
// state in time ends well, however much that was in all.
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kRows = 200'000;

Node numbers(int rows = kRows) {
    return node("source", "generator",
                {{"rows", rows},
                 {"rate", 0},
                 {"columns",
                  {"many BIGINT = i", "few BIGINT = i % 10",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                 {"event_time", "ts"}});
}

/// Two nodes that never forget a key; the one has very many, the other ten.
Pipeline twoThatKeep(const std::string& heavy, const char* limit, int rows = kRows) {
    const auto keys = [&heavy](const char* id) { return Json::array({heavy == id ? "many" : "few"}); };
    Pipeline pipeline;
    pipeline.nodes = {numbers(rows), node("first", "deduplicate", {{"keys", keys("first")}}),
                      node("group", "group_aggregate",
                           {{"keys", keys("group")}, {"aggregates", Json::array({"COUNT(*) AS n"})}}),
                      node("firsts", "table_view"), node("groups", "table_view")};
    pipeline.wires = {wire("source", "first"), wire("source", "group"), wire("first", "firsts"),
                      wire("group", "groups")};
    pipeline.settings.memoryLimit = limit;
    return pipeline;
}

RunOptions optionsFor(ExecutorKind executor) {
    RunOptions options;
    options.executor = executor;
    options.seed = 7;
    return options;
}

std::string errorOf(const Run& run) {
    return run.status().ok() ? "" : english(run.status().error());
}

bool says(const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
}

void endsNaming(const std::string& heavy, int parallelism, ExecutorKind executor) {
    constexpr std::uint64_t kLimit = 2U << 20U;
    const auto plan = planOf(twoThatKeep(heavy, "2MB"), parallelism);
    const auto run = runToEnd(plan, optionsFor(executor));
    expect(run && run->state() == RunState::Failed, "a run over its memory limit fails");
    if (!run || run->status().ok()) return;
    const std::string said = errorOf(*run);
    expect(run->status().error().node == heavy, "the node with the most state is named");
    expect(says(said, "over its memory limit of 2\u2009MiB"), "the limit is told");
    expect(says(said, "Raise “memory_limit”"), "a way out is told");
    const RunMetrics metrics = run->metrics();
    std::uint64_t kept = 0;
    for (const auto& [id, one] : metrics.nodes) kept += one.stateBytes;
    expect(kept > kLimit / 2, "it fails for what it keeps, which is counted now and then");
    expect(kept < 4 * kLimit, "and soon: what is full doubles, a batch more may come to each task");
    expect(metrics.nodes.at(heavy).rowsIn < kRows, "and does not go on");
    if (executor != ExecutorKind::Seeded) return;
    const auto again = runToEnd(plan, optionsFor(executor));
    expect(again && errorOf(*again) == said, "the same seed fails with the same words");
    expect(again && again->metrics().steps == metrics.steps, "at the same step");
}

void staysBelow(ExecutorKind executor) {
    const auto run = runToEnd(planOf(twoThatKeep("group", "1GB"), 3), optionsFor(executor));
    expect(run && run->state() == RunState::Finished, "a run below its memory limit ends well");
    expect(run && run->metrics().nodes.at("groups").rowsIn >= kRows, "with all its rows");
    expect(run && run->metrics().nodes.at("group").stateKeys == kRows, "and all its keys");
}

/// Every key is new, and goes with its window.
void whatIsLetGoDoesNotCount(int parallelism, ExecutorKind executor) {
    Pipeline pipeline;
    pipeline.nodes = {numbers(),
                      node("hours", "window_aggregate",
                           {{"size", "1h"},
                            {"keys", Json::array({"many"})},
                            {"aggregates", Json::array({"COUNT(*) AS n"})}}),
                      node("result", "table_view")};
    pipeline.wires = {wire("source", "hours"), wire("hours", "result")};
    pipeline.settings.memoryLimit = "6MB";
    const auto run = runToEnd(planOf(pipeline, parallelism), optionsFor(executor));
    expect(run && run->state() == RunState::Finished, "state that was let go does not count");
    expect(run && run->metrics().nodes.at("hours").rowsOut == kRows, "and every key has its row");
}

/// A run that resumes from a snapshot has the state of that from the start.
void whatIsRestoredCounts() {
    constexpr int kFew = 50'000;
    RunOptions options = optionsFor(ExecutorKind::Seeded);
    options.batchRows = 500;
    options.channelRows = 2'000;
    const auto plan = planOf(twoThatKeep("group", "", kFew), 2);
    const auto whole = runToEnd(plan, options);
    expect(whole && whole->state() == RunState::Finished, "without a limit nothing is too much");
    if (!whole) return;
    options.snapshotAtStep = whole->metrics().steps / 2;
    auto first = Run::start(plan, options);
    expect(first.ok(), "the first run starts");
    if (!first.ok()) return;
    Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    first = Status();
    expect(snapshot.ok(), "a snapshot comes");
    if (!snapshot.ok()) return;
    options.snapshotAtStep = 0;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    const auto refused = Run::start(planOf(twoThatKeep("group", "128KB", kFew), 3), options);
    expect(!refused.ok() && refused.error().node == "group", "restored state over the limit is refused");
    expect(!refused.ok() && says(english(refused.error()), "over its memory limit of 128\u2009KiB"),
           "with the reason");
    const auto resumed = runToEnd(planOf(twoThatKeep("group", "1GB", kFew), 3), options);
    expect(resumed && resumed->state() == RunState::Finished, "below it the run goes on");
    expect(resumed && resumed->metrics().nodes.at("group").stateKeys == kFew, "with all keys");
}

}  // namespace

int main() {
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        for (const int parallelism : {1, 3}) {
            endsNaming("first", parallelism, executor);
            endsNaming("group", parallelism, executor);
            whatIsLetGoDoesNotCount(parallelism, executor);
        }
        staysBelow(executor);
    }
    whatIsRestoredCounts();
    return summary();
}

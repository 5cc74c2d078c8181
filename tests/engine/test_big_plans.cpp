// Pipelines whose number of ways, length or width is large: planning and running take time and memory by
// their size, never by the number of ways through them.
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Node numbers(const std::string& id, int count) {
    Json rows = Json::array();
    for (int i = 0; i < count; ++i) {
        rows.push_back(Json::array({i, "2024-03-01 12:00:0" + std::to_string(i % 10)}));
    }
    return node(id.c_str(), "rows", {{"columns", {"n INT", "ts TIMESTAMP(3)"}}, {"rows", rows}});
}

/// From `from`, `depth` times: split by a condition into two ways that a union brings together. Gives the
/// last union's id.
std::string addDiamonds(Pipeline& pipeline, const std::string& from, int depth) {
    std::string last = from;
    for (int i = 0; i < depth; ++i) {
        const std::string even = "even" + std::to_string(i), odd = "odd" + std::to_string(i),
                          both = "both" + std::to_string(i);
        pipeline.nodes.push_back(node(even.c_str(), "filter", {{"condition", "n % 2 = 0"}}));
        pipeline.nodes.push_back(node(odd.c_str(), "filter", {{"condition", "n % 2 <> 0"}}));
        pipeline.nodes.push_back(node(both.c_str(), "union"));
        pipeline.wires.push_back(wire(last.c_str(), even.c_str()));
        pipeline.wires.push_back(wire(last.c_str(), odd.c_str()));
        pipeline.wires.push_back(wire(even.c_str(), both.c_str()));
        pipeline.wires.push_back(wire(odd.c_str(), both.c_str()));
        last = both;
    }
    return last;
}

void addResult(Pipeline& pipeline, const std::string& from) {
    pipeline.nodes.push_back(node("result", "table_view", {{"keep", 1000}}));
    pipeline.wires.push_back(wire(from.c_str(), "result"));
}

std::uint64_t rowsAtResult(const Pipeline& pipeline, int parallelism) {
    const auto run = runToEnd(planOf(pipeline, parallelism));
    return run ? run->metrics().nodes.at("result").rowsIn : 0;
}

/// 2^18 ways, and every row takes one of them.
void diamondsOfFilters() {
    Pipeline pipeline;
    pipeline.nodes.push_back(numbers("source", 100));
    addResult(pipeline, addDiamonds(pipeline, "source", 18));
    const auto plan = planOf(pipeline, 2);
    expect(plan && plan->stages.size() == 2, "diamonds of stateless nodes are one stage, and the sink");
    expect(plan && plan->stages.front().nodes.size() == 1 + 3 * 18, "no node stands in a stage twice");
    for (const int parallelism : {1, 3})
        expect(rowsAtResult(pipeline, parallelism) == 100, "every row comes through the diamonds once");
}

/// Behind diamonds event_time gives stamps per wire; here every row is the only one of its wire or in order.
void stampsBehindDiamonds() {
    Pipeline pipeline;
    pipeline.nodes.push_back(numbers("source", 100));
    const std::string last = addDiamonds(pipeline, "source", 12);
    pipeline.nodes.push_back(node("time", "event_time", {{"column", "ts"}, {"watermark_delay", "10s"}}));
    pipeline.wires.push_back(wire(last.c_str(), "time"));
    pipeline.nodes.push_back(
        node("count", "window_aggregate",
             {{"window", "tumble"}, {"size", "1min"}, {"aggregates", {"COUNT(*) AS n"}}}));
    pipeline.wires.push_back(wire("time", "count"));
    addResult(pipeline, "count");
    const auto run = runToEnd(planOf(pipeline, 2));
    expect(run && run->metrics().nodes.at("count").rowsIn == 100, "all rows reach the window");
    expect(run && run->metrics().nodes.at("count").rowsOut == 1, "the window fires once");
}

void tooManyWaysAreSaid() {
    Pipeline pipeline;
    pipeline.nodes.push_back(numbers("source", 3));
    addResult(pipeline, addDiamonds(pipeline, "source", 40));
    PlanOptions options;
    const Planned planned = makePlan(pipeline, kinds(), options);
    expect(!planned.plan && planned.issues.size() == 1, "2^40 ways are refused, once");
    expect(!planned.issues.empty() && planned.issues.front().node == "both20",
           "where they first become too many");
}

void aLongChain() {
    Pipeline pipeline;
    pipeline.nodes.push_back(numbers("source", 10));
    std::string last = "source";
    for (int i = 0; i < 15'000; ++i) {
        const std::string id = "f" + std::to_string(i);
        pipeline.nodes.push_back(node(id.c_str(), "filter", {{"condition", "n >= 0"}}));
        pipeline.wires.push_back(wire(last.c_str(), id.c_str()));
        last = id;
    }
    addResult(pipeline, last);
    expect(rowsAtResult(pipeline, 1) == 10, "rows come through 15 000 filters");
}

void manySources() {
    Pipeline pipeline;
    pipeline.nodes.push_back(node("all", "union"));
    for (int i = 0; i < 200; ++i) {
        const std::string id = "s" + std::to_string(i);
        pipeline.nodes.push_back(numbers(id, 5));
        pipeline.wires.push_back(wire(id.c_str(), "all"));
    }
    pipeline.nodes.push_back(node("some", "filter", {{"condition", "n < 4"}}));
    pipeline.wires.push_back(wire("all", "some"));
    addResult(pipeline, "some");
    const auto plan = planOf(pipeline, 2);
    std::size_t places = 0;
    for (const Stage& stage : plan->stages) places += stage.nodes.size();
    expect(places < 3 * 200, "a node below many stages is not copied into all of them");
    expect(rowsAtResult(pipeline, 2) == 800, "rows of 200 sources come together");
}

}  // namespace

int main() {
    diamondsOfFilters();
    stampsBehindDiamonds();
    tooManyWaysAreSaid();
    aLongChain();
    manySources();
    return summary();
}

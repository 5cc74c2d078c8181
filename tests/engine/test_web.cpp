// Runs that send rows to a service and take rows of one: every row is there, whatever parallelism and batch
// size, and whatever the service does meanwhile.
#include <algorithm>
#include <atomic>
#include <mutex>

#include "tests/support/run_of.h"
#include "tests/support/worlds/web_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kRows = 2'000;

using Lines = std::vector<std::string>;

Lines numbers(int from, int until) {
    Lines out;
    for (int n = from; n < until; ++n) out.push_back("{\"n\":" + std::to_string(n) + "}");
    return out;
}

Pipeline intoService() {
    Json rows = Json::array();
    for (int n = 0; n < kRows; ++n) rows.push_back(Json::array({n}));
    Pipeline made;
    made.nodes = {node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", rows}}),
                  node("out", "http_sink", {{"connection", "shop"}, {"path", "in"}, {"batch", 64}})};
    made.wires = {wire("in", "out")};
    return made;
}

void everyRowIsSentOnce() {
    for (const int parallelism : {1, 3}) {
        for (const std::size_t batchRows : {std::size_t{7}, std::size_t{4'096}}) {
            const WebWorld world({});
            RunOptions options;
            options.batchRows = batchRows;
            options.connections = world.connections("shop");
            const auto run = runToEnd(planOf(intoService(), parallelism), options);
            expect(run && run->status().ok(), "a run into a service ends well");
            expect(world.taken() == numbers(0, kRows), "and every row is there once, in order");
        }
    }
}

/// Every third request is refused for its load, and a row is never taken.
void aServiceThatIsBusyAndPicky() {
    std::mutex mutex;
    std::atomic<int> asked{0};
    Lines taken;
    FakeServer service([&](const FakeRequest& request) {
        if (++asked % 3 == 0) return answer({}, 503);
        if (request.body.find("{\"n\":77}") != std::string::npos) return answer("not 77", 422);
        const std::lock_guard lock(mutex);
        taken.push_back(request.body);
        return answer({}, 204);
    });
    const Connection made{"shop", "http", {{"address", service.address()}}, {}};
    RunOptions options;
    options.connections =
        std::make_shared<const Connections>(std::vector<Connection>{made}, environmentSecret);
    const auto run = runToEnd(planOf(intoService()), options);
    expect(run && run->status().ok(), "a run into a service that is busy ends well");
    std::string all;
    for (const std::string& body : taken) all += body;
    int there = 0;
    for (const std::string& row : numbers(0, kRows)) there += all.find(row) != std::string::npos ? 1 : 0;
    expect(there == kRows - 1, "all rows are there but the one that it does not take");
    expect(all.find("{\"n\":77}") == std::string::npos, "which is not there");
}

/// A run that is stopped while the service is silent ends soon.
void aSilentServiceHoldsNoRun() {
    FakeServer service([](const FakeRequest&) { return FakeAnswer{{}, true, false}; });
    const Connection made{"shop", "http", {{"address", service.address()}}, {}};
    RunOptions options;
    options.connections =
        std::make_shared<const Connections>(std::vector<Connection>{made}, environmentSecret);
    auto run = Run::start(planOf(intoService()), options);
    expect(run.ok(), "a run into a silent service starts");
    if (!run.ok()) return;
    service.awaitRequests(1);
    const auto clock = systemClock();
    const std::int64_t from = clock->steadyMillis();
    (*run)->stop(StopMode::Discard);
    (*run)->wait();
    expect(clock->steadyMillis() - from < 10'000, "and ends soon when it is stopped");
}

void rowsOfAServiceCountOnce() {
    const WebWorld world(numbers(0, 300));
    Pipeline made;
    made.nodes = {node("in", "http_source",
                       {{"connection", "shop"},
                        {"path", "rows"},
                        {"every", "100ms"},
                        {"key", {"n"}},
                        {"columns", {"n BIGINT"}}}),
                  node("out", "http_sink", {{"connection", "shop"}, {"path", "back"}, {"body", "lines"}})};
    made.wires = {wire("in", "out")};
    RunOptions options;
    options.connections = world.connections("shop");
    auto run = Run::start(planOf(made), options);
    expect(run.ok(), "a run from a service starts");
    if (!run.ok()) return;
    for (int tries = 0; tries < 300 && world.taken().size() < 300; ++tries) (void)(*run)->waitFor(100);
    (void)(*run)->waitFor(500);  // asked again, the service has no other rows
    (*run)->stop(StopMode::Now);
    (*run)->wait();
    expect(world.taken() == numbers(0, 300), "rows of a service come once, as often as it is asked");
}

}  // namespace

int main() {
    everyRowIsSentOnce();
    aServiceThatIsBusyAndPicky();
    aSilentServiceHoldsNoRun();
    rowsOfAServiceCountOnce();
    return summary();
}

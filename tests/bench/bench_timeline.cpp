// The cost of telling those who watch a run of its windows: the processor's time for the same rows with and
// without a watch, in pairs one after the other, and the median of their quotients. With an argument only the
// nodes whose names hold it.
#include <fmt/format.h>

#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/window_events.h"
#include "tests/bench/keyed_bench.h"
#include "tests/bench/operators.h"
#include "tests/bench/peer_figures.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kPairs = 15;

struct Case {
    const char* name;
    Json params;
};

struct Measured {
    double seconds = 0;
    std::size_t results = 0, events = 0;
};

Measured measure(const Case& tried, const BenchStream& input, bool watches) {
    static const Catalogue kCatalogue = builtin();
    const NodeKind& kind = *kCatalogue.find("window_aggregate");
    Node node;
    node.params = tried.params;
    const Settings settings;
    std::vector<Issue> issues;
    BindContext binding(node, kind.params, settings, "/", {{input.type}}, issues);
    const BoundNodeRef bound = kind.bind(binding);
    if (!bound) fail(tried.name, english(issues.front()));
    MakeContext context;
    context.node = "windows";
    context.inputs = {InputInfo{input.type}};
    context.clock = systemClock();
    const auto events = WindowEvents::of(context);
    const auto watch = watches ? std::make_unique<WindowWatch>(events) : nullptr;
    auto made = kind.make(*bound, context);
    if (!made.ok()) fail(tried.name, english(made.error()));
    const auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
    op->outputPorts = static_cast<int>(kind.outputs.size());
    Counting out;
    const double before = cpuSeconds();
    for (const Batch& batch : input.batches) {
        finish(tried.name, *op, out, op->onBatch(0, batch, out));
        finish(tried.name, *op, out, op->onWatermark(batch.watermark, out));
    }
    finish(tried.name, *op, out, op->onWatermark(kMaxTimestamp, out));
    return {cpuSeconds() - before, out.rows, watch ? watch->since("windows", 0).size() : 0};
}

void compare(const Case& tried, const BenchStream& input) {
    std::size_t rows = 0;
    for (const Batch& batch : input.batches) rows += batch.rows;
    std::vector<double> plain, watched, quotients;
    std::size_t events = 0;
    for (int pair = 0; pair < kPairs; ++pair) {
        // By turns the first: what warms up or throttles the machine meets both.
        const Measured first = measure(tried, input, pair % 2 == 1);
        const Measured second = measure(tried, input, pair % 2 == 0);
        const Measured& with = pair % 2 == 1 ? first : second;
        const Measured& without = pair % 2 == 1 ? second : first;
        if (with.results != without.results) fail(tried.name, "other results while somebody watches");
        plain.push_back(without.seconds);
        watched.push_back(with.seconds);
        quotients.push_back(with.seconds / without.seconds);
        events = with.events;
    }
    const auto median = [](std::vector<double>& of) {
        std::nth_element(of.begin(), of.begin() + kPairs / 2, of.end());
        return of[kPairs / 2];
    };
    const double a = median(plain), b = median(watched);
    fmt::print("{:<40} {:>6.1f} M rows/s  {:>8.2f} ms  watched {:>8.2f} ms  {:>+6.2f} %  {:>6} events\n",
               tried.name, static_cast<double>(rows) / a / 1e6, 1e3 * a, 1e3 * b,
               100 * (median(quotients) - 1), events);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string wanted = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
    const Json count = {"COUNT(*) AS n", "MAX(price) AS m"};
    const Json channel = {"channel"}, bidder = {"bidder"};
    const auto windows = [&](const char* window, const Json& keys, Json more) {
        Json params = {{"window", window}, {"keys", keys}, {"aggregates", count}};
        params.update(more);
        return params;
    };
    const std::vector<Case> cases{
        {"tumble 10s by 5 channels", windows("tumble", channel, {{"size", "10s"}})},
        {"tumble 10s, early 1s, lateness 5s",
         windows("tumble", channel, {{"size", "10s"}, {"early", "1s"}, {"allowed_lateness", "5s"}})},
        {"tumble 100ms by 5 channels", windows("tumble", channel, {{"size", "100ms"}})},
        {"hop 10s / 2s by 5 channels", windows("hop", channel, {{"size", "10s"}, {"slide", "2s"}})},
        {"hop 1h / 1s by 5 channels", windows("hop", channel, {{"size", "1h"}, {"slide", "1s"}})},
        {"cumulate 1min / 1s by 5 channels",
         windows("cumulate", channel, {{"size", "1min"}, {"step", "1s"}})},
        {"session 10s by 100 000 bidders", windows("session", bidder, {{"gap", "10s"}})},
        {"session 100ms by 100 000 bidders", windows("session", bidder, {{"gap", "100ms"}})},
    };
    const BenchStream usual = bidStream(4'000);
    for (const Case& tried : cases) {
        if (std::string(tried.name).find(wanted) != std::string::npos) compare(tried, usual);
    }
}

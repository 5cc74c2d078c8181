// bench_score [NAME] [--markdown PAGE]… : how fast rows are scored, by 50 trees of depth 8 and by a linear
// model, from batches in memory to results: rows per second of a processor, beside scikit-learn and ONNX
// Runtime where $RILLWRIGHT_PEERS names a Python that has them. They then score the same models; else ours
// are made up. With NAME only those whose names hold it; into the table “scoring” of the pages.
#include <fmt/format.h>

#include <fstream>
#include <random>
#include <string_view>

#include "tests/bench/figures.h"
#include "tests/bench/keyed_bench.h"
#include "tests/bench/peer_figures.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kTrees = 50, kDepth = 8;

std::string head(const char* classes) {
    return fmt::format(
        R"({{"rillwright_model":1,"inputs":[{{"name":"a"}},{{"name":"b"}},{{"name":"c"}},{{"name":"d"}}],)"
        R"({}"outputs":[{{"name":"p","type":"DOUBLE","gives":"{}"{}}}],)",
        classes, *classes == '\0' ? "value" : "probability", *classes == '\0' ? "" : ",\"of\":1");
}

/// A full tree: node n has the children 2n + 1 and 2n + 2. Thresholds are within what the columns hold.
std::string tree(std::mt19937& random) {
    constexpr int kInner = (1 << kDepth) - 1, kNodes = 2 * kInner + 1;
    std::string feature, threshold, left, right, value;
    for (int node = 0; node < kNodes; ++node) {
        const bool inner = node < kInner;
        const char* const comma = node == 0 ? "" : ",";
        feature += fmt::format("{}{}", comma, inner ? static_cast<int>(random() % 4) : -1);
        threshold += fmt::format("{}{}", comma, static_cast<double>(random() % 1'000) / 1'000);
        left += fmt::format("{}{}", comma, inner ? 2 * node + 1 : 0);
        right += fmt::format("{}{}", comma, inner ? 2 * node + 2 : 0);
        value += fmt::format("{}{}", comma, static_cast<double>(random() % 1'000) / 1'000);
    }
    return fmt::format(
        R"({{"adds_to":0,"feature":[{}],"threshold":[{}],"left":[{}],"right":[{}],"value":[{}]}})", feature,
        threshold, left, right, value);
}

std::string trees() {
    std::mt19937 random(1);
    std::string all;
    for (int i = 0; i < kTrees; ++i) all += (i == 0 ? "" : ",") + tree(random);
    return head("") + R"("trees":{"combine":"mean","base":[0],"trees":[)" + all + "]}}";
}

}  // namespace

int main(int argc, char** argv) {
    const KeyedBench bench(argc, argv);
    const testing::ScratchFolder folder("bench_score");
    const auto path = [&folder](const std::string& model) {
        return (folder.path() / (model + ".json")).string();
    };
    std::ofstream(path("trees"), std::ios::binary) << trees();
    std::ofstream(path("linear"), std::ios::binary)
        << head(R"("classes":["no","yes"],"link":"logistic",)")
        << R"("linear":{"intercepts":[0.1],"weights":[[0.5,-0.25,1,2]]}})";
    const std::string sklearn = "scikit-learn", onnx = "onnxruntime";
    const PeerFigures peers = peerFigures("RILLWRIGHT_PEERS", "scikit-learn, ONNX Runtime",
                                          {"score_peers.py", folder.path().string()});
    const BenchStream rows =
        behind("select",
               {{"columns",
                 {"MOD(auction * 7919, 1000) / 1000e0 AS a", "MOD(bidder * 104729, 1000) / 1000e0 AS b",
                  "MOD(price, 1000) / 1000e0 AS c", "load / 143 AS d", "ts"}}},
               bidStream(4'000));
    std::vector<std::pair<std::string, double>> ours;
    for (const char* const model : {"trees", "linear"}) {
        const char* const column = peers.empty()                        ? "p DOUBLE"
                                   : std::string_view(model) == "trees" ? "predicted DOUBLE"
                                                                        : "probability_true DOUBLE";
        const double rate = bench.measure(
            model, rows, {{"model", path(model)}, {"features", {"a", "b", "c", "d"}}, {"columns", {column}}},
            "score");
        if (rate > 0) ours.emplace_back(model, rate);
    }
    BesideTable table("million rows scored per CPU second", {sklearn, onnx});
    for (const auto& [model, rate] : ours) {
        table.add(model, rate, {figureOf(peers, model + "/" + sklearn), figureOf(peers, model + "/" + onnx)});
    }
    for (const auto& page : pagesIn(argc, argv)) fillPage(page, "scoring", 2, table.rows());
}

// How fast rows are scored: by 50 trees of depth 8, and by a linear model. Rows a second on one core, from
// batches in memory to results. With an argument only those whose names hold it.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "tests/bench/keyed_bench.h"

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
    const BenchStream usual = bidStream(4'000);
    const std::string path =
        (std::filesystem::temp_directory_path() / fmt::format("score_{}.json", ::getpid())).string();
    const auto measure = [&](const char* name, const std::string& model) {
        std::ofstream(path, std::ios::binary) << model;
        const Json features = {"MOD(auction * 7919, 1000) / 1000.0 AS a",
                               "MOD(bidder * 104729, 1000) / 1000.0 AS b", "MOD(price, 1000) / 1000.0 AS c",
                               "load AS d"};
        bench.measure(name, usual, {{"model", path}, {"features", features}, {"columns", {"p DOUBLE"}}},
                      "score");
        std::remove(path.c_str());
    };
    measure("50 trees of depth 8", trees());
    measure("logistic regression", head(R"("classes":["no","yes"],"link":"logistic",)") +
                                       R"("linear":{"intercepts":[0.1],"weights":[[0.5,-0.25,1,2]]}})");
}

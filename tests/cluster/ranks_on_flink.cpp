// ranks_on_flink: the best rows of keys, with and without a filter by their places behind, have the rows on a
// real Flink that they have here: over rows that stay and over rows that change.
#include <fmt/format.h>

#include <fstream>
#include <random>

#include "core/compare/compare.h"
#include "core/compare/report_text.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr int kRanked = 3'000;

/// Few values, so that many rows are equal in the first column that they are ranked by.
void writeRanked(const fs::path& file) {
    std::mt19937 random(7);
    const auto below = [&random](unsigned n) { return random() % n; };
    std::ofstream out(file);
    out << "id,k,a,b\n";
    for (int id = 0; id < kRanked; ++id)
        out << fmt::format("{},{}{},{},{}\n", id, static_cast<char>('p' + below(5)), below(9), below(10),
                           below(10));
}

struct RankCase {
    const char* name;
    const char* before;  ///< nodes between source and top_n, each with a comma behind
    const char* top;     ///< parameters of top_n
    const char* filter;  ///< behind it; empty: none
};

Pipeline rankPipeline(const RankCase& one) {
    const bool grouped = *one.before != 0, filtered = *one.filter != 0;
    std::string text =
        R"({"rill":1,"name":"ranks","settings":{"time_zone":"UTC"},"nodes":[)"
        R"({"id":"src","type":"csv_source","params":{"path":"in.csv","columns":["id INT","k STRING","a INT","b INT"]}},)";
    text += one.before;
    text += fmt::format(R"({{"id":"top","type":"top_n","params":{{{}}}}},)", one.top);
    if (filtered)
        text += fmt::format(R"({{"id":"f","type":"filter","params":{{"condition":"{}"}}}},)", one.filter);
    text += R"({"id":"out","type":"table_view","params":{}}],"wires":[)";
    text += grouped ? R"({"from":"src","to":"g"},{"from":"g","to":"top"},)" : R"({"from":"src","to":"top"},)";
    text +=
        filtered ? R"({"from":"top","to":"f"},{"from":"f","to":"out"}]})" : R"({"from":"top","to":"out"}]})";
    return pipelineOf(text);
}

void compareRanks(const Target& flink, const fs::path& folder, const RankCase& one) {
    CompareRequest request;
    request.pipeline = rankPipeline(one);
    request.validate.folder = folder.string();
    request.catalogue = allNodes();
    request.a.name = "embedded";
    request.b.name = "flink";
    request.b.target = flink;
    const Result<CompareReport> report = comparePipeline(request);
    check(report.ok(), fmt::format("{} runs: {}", one.name, report.ok() ? "" : english(report.error())));
    if (!report.ok()) return;
    for (const CompareRefusal& refusal : report->refusals)
        check(false, fmt::format("{} is refused: {}", one.name, english(refusal.what)));
    for (const ComparedNode& node : report->nodes) {
        fmt::print("  {}: {} rows here, {} there\n", one.name, node.rowsA, node.rowsB);
        check(node.rowsA > 0 && node.difference.same(), fmt::format("{} has the same rows", one.name));
    }
}

constexpr const char* kChanging =
    R"({"id":"g","type":"group_aggregate","params":{"keys":["k"],"aggregates":)"
    R"(["SUM(CASE WHEN MOD(id, 2) = 0 THEN a ELSE -a END) AS s","COUNT(*) AS n"]}},)";
/// Sums that rise and fall, so that the first place goes from one to another again and again.
constexpr const char* kChangingPairs =
    R"({"id":"g","type":"group_aggregate","params":{"keys":["k","b"],"aggregates":)"
    R"(["SUM(CASE WHEN MOD(id, 2) = 0 THEN a ELSE -a END) AS s","COUNT(*) AS n"]}},)";
constexpr const char* kBestOfEach = R"("by":["s DESC","n"],"partition_by":["k"],"limit":1)";
constexpr const char* kByTwo = R"("by":["a DESC","b"],"partition_by":["k"],"limit":)";

}  // namespace

int main() {
    const Target flink = flinkOfTests();
    const testing::ScratchFolder scratch("ranks_on_flink");
    writeRanked(scratch.path() / "in.csv");
    const std::string one = std::string(kByTwo) + "1", two = std::string(kByTwo) + "2",
                      five = std::string(kByTwo) + "5";
    const std::vector<RankCase> cases{
        {"the best", "", one.c_str(), ""},
        {"the best of all", "", R"("by":["a DESC","b"],"limit":1)", ""},
        {"the best, changing", kChanging, R"("by":["s DESC","n"],"limit":1)", ""},
        {"the best, changing, = 1 behind", kChanging, R"("by":["s DESC","n"],"limit":1)", "rank = 1"},
        {"the best of each, changing", kChangingPairs, kBestOfEach, ""},
        {"the best of each, changing, = 1 behind", kChangingPairs, kBestOfEach, "rank = 1"},
        {"the best, = 1 behind", "", one.c_str(), "rank = 1"},
        {"two, = 1 behind", "", two.c_str(), "rank = 1"},
        {"two, < 2 behind", "", two.c_str(), "rank < 2 AND b > 2"},
        {"two, changing, = 1 behind", kChanging, R"("by":["s DESC","n"],"limit":2)", "rank = 1"},
        {"five, IN (1) behind", "", five.c_str(), "rank IN (1)"},
        {"five, > 2 behind", "", five.c_str(), "rank > 2"},
        {"five", "", five.c_str(), ""},
    };
    for (const RankCase& each : cases) compareRanks(flink, scratch.path(), each);
    return test::summary();
}

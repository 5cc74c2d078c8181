// Pipelines compared with themselves, copies of their sources, and refusals before anything runs.
#include <QtTest/QtTest>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/compare/compare.h"
#include "core/compare/staged_sources.h"
#include "core/nodes/catalogue.h"
#include "tests/support/child.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace fs = std::filesystem;

namespace {

/// bids (CSV) → per_minute → out, shown; late rows → late.
Pipeline counting() {
    Pipeline pipeline;
    pipeline.name = "bids";
    pipeline.nodes = {node("bids", "csv_source",
                           {{"path", "bids.csv"},
                            {"columns", {"k STRING", "v BIGINT", "ts TIMESTAMP(3)"}},
                            {"event_time", "ts"}}),
                      node("per_minute", "window_aggregate",
                           {{"window", "tumble"},
                            {"size", "1min"},
                            {"keys", {"k"}},
                            {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}}),
                      node("out", "csv_sink", {{"path", "out.csv"}}), node("shown", "table_view"),
                      node("late", "table_view")};
    pipeline.wires = {wire("bids", "per_minute"), wire("per_minute", "out"), wire("per_minute", "shown"),
                      wire("per_minute", "late", "late")};
    return pipeline;
}

constexpr const char* kBids =
    "k,v,ts\n"
    "a,1,2024-03-01 00:00:10\n"
    "\"a \"\"b\"\"\",2,2024-03-01 00:00:20\n"
    ",3,2024-03-01 00:05:00\n"
    "a,x,2024-03-01 00:05:01\n"
    "a,4,2024-03-01 00:00:30\n";

class Here {
 public:
    Here() : m_folder("compare_here") { std::ofstream(m_folder.path() / "bids.csv") << kBids; }

    CompareRequest request(Pipeline pipeline) const {
        CompareRequest out;
        out.pipeline = std::move(pipeline);
        out.validate = options();
        out.catalogue = catalogue();
        out.a.name = out.b.name = "embedded";
        return out;
    }
    ValidateOptions options() const {
        ValidateOptions out;
        out.folder = m_folder.path().string();
        return out;
    }
    static std::shared_ptr<const Catalogue> catalogue() {
        static const auto kCatalogue = std::make_shared<const Catalogue>(builtin());
        return kCatalogue;
    }
    fs::path path(const char* name) const { return m_folder.path() / name; }
    std::string contents(const char* name) const {
        std::ostringstream out;
        out << std::ifstream(path(name)).rdbuf();
        return out.str();
    }

 private:
    testing::ScratchFolder m_folder;
};

std::string toldOf(const Result<CompareReport>& report) {
    if (!report.ok()) return english(report.error());
    std::string out;
    for (const CompareRefusal& refusal : report->refusals)
        out += refusal.target + " " + refusal.node + ": " + english(refusal.what) + " " +
               english(refusal.fix) + "\n";
    return out;
}

Target anyFlink() {
    Target target;
    target.name = "away";
    target.flink.gateway = "http://127.0.0.1:1";
    target.flink.jobManager = "http://127.0.0.1:1";
    return target;
}

}  // namespace

class TestCompareHere : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aPipelineIsLikeItself() {
        const Here here;
        const auto report = comparePipeline(here.request(counting()));
        QVERIFY2(report.ok() && report->same(), toldOf(report).c_str());
        QCOMPARE(report->nodes.size(), std::size_t{3});
        QCOMPARE(report->nodes[0].node, std::string("out"));
        QCOMPARE(report->nodes[0].rowsA, std::uint64_t{3});
        QCOMPARE(report->nodes[1].rowsB, std::uint64_t{3});
        QCOMPARE(report->nodes[2].rowsA, std::uint64_t{1});
        QVERIFY2(!fs::exists(here.path("out.csv")), "nothing is written");
    }

    void copiesHaveTheValidRows() {
        const Here here;
        const Status done =
            stageSources(counting(), *Here::catalogue(), here.options(), here.path("staged").string());
        QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
        QCOMPARE(here.contents("staged/bids.csv"),
                 std::string("\"a\",\"1\",\"2024-03-01 00:00:10.000\"\n"
                             "\"a \"\"b\"\"\",\"2\",\"2024-03-01 00:00:20.000\"\n"
                             "<NULL>,\"3\",\"2024-03-01 00:05:00.000\"\n"
                             "\"a\",\"4\",\"2024-03-01 00:00:30.000\"\n"));
    }

    void whatHasNoCopyIsRefused() {
        const Here here;
        Pipeline made;
        made.nodes = {node("made", "generator", {{"rows", 5}, {"columns", {"n BIGINT = i"}}}),
                      node("shown", "table_view")};
        made.wires = {wire("made", "shown")};
        const auto report = comparePipeline(here.request(made));
        const std::string told = toldOf(report);
        QVERIFY2(report.ok() && !report->same() && report->nodes.empty(), told.c_str());
        QVERIFY2(told.find("Write its rows into a file first.") != std::string::npos, told.c_str());
    }

    void whatATargetRefusesIsNamed() {
        const Here here;
        Pipeline patient = counting();
        patient.nodes[1].params["allowed_lateness"] = "10s";
        CompareRequest request = here.request(patient);
        request.b.name = "away";
        request.b.target = anyFlink();
        const auto report = comparePipeline(request);
        const std::string told = toldOf(report);
        QVERIFY2(report.ok() && told.find("away per_minute: ") != std::string::npos, told.c_str());
    }

    void aFolderThatIsNotHereIsRefused() {
        const Here here;
        CompareRequest request = here.request(counting());
        request.b.name = "away";
        request.b.target = anyFlink();
        request.b.target->folder = "s3://bucket/in";
        const std::string told = toldOf(comparePipeline(request));
        QVERIFY2(told.find("s3://bucket/in") != std::string::npos, told.c_str());
    }

    void itEndsWhenItIsAskedTo() {
        const Here here;
        const std::atomic<bool> now{true};
        CompareRequest request = here.request(counting());
        request.cancelled = &now;
        const auto report = comparePipeline(request);
        QVERIFY(!report.ok() && report.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCompareHere)
#include "test_compare_here.moc"

// The list that a user agrees to, and a run that is kept to it wherever links lead by then.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/launch/run_accesses.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/support/child.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using rw::test::node;
using rw::test::wire;

namespace {

namespace fs = std::filesystem;

/// A pipeline that reads through a link and writes a file, and a chart beside it.
struct Project {
    testing::ScratchFolder scratch{"accesses"};
    const fs::path top = fs::canonical(scratch.path());
    const Catalogue kinds = builtin();
    Pipeline pipeline{};

    Project() {
        for (const char* name : {"near.csv", "other.csv"}) std::ofstream(top / name) << "n\n1\n";
        lead("near.csv");
        Json columns = Json::array({"n INT"});
        pipeline.nodes = {node("in", "csv_source", {{"path", "link.csv"}, {"columns", columns}}),
                          node("out", "csv_sink", {{"path", "out.csv"}}), node("shown", "table_view")};
        pipeline.wires = {wire("in", "out"), wire("in", "shown")};
    }
    void lead(const fs::path& to) const {
        fs::remove(top / "link.csv");
        fs::create_symlink(top / to, top / "link.csv");
    }
    RunAccesses reached(bool onlyCharts = false) const {
        ValidateOptions options;
        options.folder = top.native();
        const Validated validated = validate(pipeline, kinds, options);
        if (!validated.runnable()) qFatal("not runnable");
        return runAccesses(pipeline, kinds, options, validated, onlyCharts);
    }
};

std::vector<std::string> targetsOf(const RunAccesses& reached, const fs::path& top) {
    std::vector<std::string> targets;
    for (const Access& access : reached.accesses)
        targets.push_back(fs::path(access.target).lexically_relative(top).native());
    return targets;
}

}  // namespace

class TestRunAccesses : public QObject {
    Q_OBJECT

    using Targets = std::vector<std::string>;

 private Q_SLOTS:
    void namesWhatLinksLeadTo() {
        const Project project;
        const RunAccesses reached = project.reached();
        QCOMPARE(targetsOf(reached, project.top), (Targets{"near.csv", "out.csv"}));
        QVERIFY(reached.paths.at((project.top / "link.csv").native()).path == project.top / "near.csv");
    }

    void aRunForChartsWritesNothing() {
        const Project project;
        QCOMPARE(targetsOf(project.reached(true), project.top), Targets{"near.csv"});
    }

    void whatWasAgreedToMayBeLess() {
        const Project project;
        QVERIFY(checkAccesses(project.reached(), project.reached()).ok());
        QVERIFY(checkAccesses(project.reached(), project.reached(true)).ok());
        QVERIFY(!checkAccesses(project.reached(true), project.reached()).ok());
        QVERIFY(!checkAccesses({}, project.reached()).ok());
    }

    void aLinkThatLeadsElsewhereIsRefused() {
        const Project project;
        const RunAccesses agreed = project.reached();
        project.lead("other.csv");
        const Status moved = checkAccesses(agreed, project.reached());
        QVERIFY(!moved.ok());
        QCOMPARE(moved.error().code, ErrorCode::Invalid);
    }

    /// Between that look and the opening of the files.
    void aRunReadsAndWritesWhereTheListSays() {
        const Project project;
        const RunAccesses agreed = project.reached();
        RunOptions options;
        keepTo(agreed, options);
        const std::string read = (project.top / "link.csv").native(),
                          write = (project.top / "out.csv").native();
        QVERIFY(options.files->open(read).ok());
        project.lead("other.csv");
        RunOptions later;
        keepTo(agreed, later);
        QCOMPARE(later.files->open(read).error().code, ErrorCode::Refused);
        fs::create_symlink(project.top / "other.csv", write);
        QCOMPARE(later.outputs->claim(write, {}, OutputClaim::Mode::Alone).error().code, ErrorCode::Refused);
    }

    /// A pipeline that is given to a cluster, or compared, is checked once more: the check finds that a file
    /// is another.
    void laterChecksAreKeptToIt() {
        const Project project;
        const RunAccesses agreed = project.reached();
        ValidateOptions options;
        options.folder = project.top.native();
        const auto kinds = std::make_shared<const Catalogue>(builtin());
        keepTo(agreed, project.pipeline, kinds, options);
        QVERIFY(validate(project.pipeline, *kinds, options).runnable());
        project.lead("other.csv");
        const Validated moved = validate(project.pipeline, *kinds, options);
        QVERIFY(!moved.runnable());
        QVERIFY(english(moved.issues.back()).find("a link leads elsewhere") != std::string::npos);
        // Of one that had errors nothing was agreed to.
        ValidateOptions none;
        none.folder = project.top.native();
        keepTo({}, project.pipeline, kinds, none);
        QVERIFY(!validate(project.pipeline, *kinds, none).runnable());
    }

    void aSubflowThatWasChangedIsNotTheOneOfThen() {
        const Project project;
        const auto write = [&](const char* more) {
            std::ofstream(project.top / "part.rill")
                << R"({"rill":1,"nodes":[{"id":"r","type":"rows","params":{"columns":["n INT"],"rows":[[1)"
                << more << R"(]]}},{"id":"rows","type":"subflow_output"}],)"
                << R"("wires":[{"from":"r","to":"rows"}]})";
        };
        write("");
        Pipeline pipeline;
        pipeline.nodes = {node("sub", "subflow", {{"file", "part.rill"}}), node("shown", "table_view")};
        pipeline.wires = {{{"sub", "rows"}, {"shown", std::string(kDefaultInput)}, Json::object()}};
        ValidateOptions options;
        options.folder = project.top.native();
        const auto kinds = std::make_shared<const Catalogue>(builtin());
        const Validated before = validate(pipeline, *kinds, options);
        QVERIFY2(before.runnable(), before.issues.empty() ? "" : english(before.issues[0]).c_str());
        keepTo(runAccesses(pipeline, *kinds, options, before), pipeline, kinds, options);
        QVERIFY(validate(pipeline, *kinds, options).runnable());
        write("0");
        const Validated changed = validate(pipeline, *kinds, options);
        QVERIFY(!changed.runnable());
        QCOMPARE(changed.issues.back().node, std::string("sub"));
    }

    /// A pattern names its folder.
    void filesOfAPatternLieInTheFolderOfThen() {
        Project project;
        const fs::path top = project.top;
        for (const char* folder : {"logs/a", "elsewhere/a"}) {
            fs::create_directories(top / folder);
            std::ofstream(top / folder / "x.csv") << "n\n1\n";
        }
        project.pipeline.nodes[0].params["path"] = "logs/*/x.csv";
        const RunAccesses agreed = project.reached();
        const std::string read = (top / "logs/a/x.csv").native();
        RunOptions options;
        keepTo(agreed, options);
        QVERIFY(options.files->open(read).ok());
        fs::rename(top / "logs", top / "before");
        fs::create_symlink(top / "elsewhere", top / "logs");
        RunOptions later;
        keepTo(agreed, later);
        QCOMPARE(later.files->open(read).error().code, ErrorCode::Refused);
        // Nor another folder in its place.
        fs::remove(top / "logs");
        fs::rename(top / "elsewhere", top / "logs");
        QCOMPARE(later.files->open(read).error().code, ErrorCode::Refused);
    }
};

QTEST_APPLESS_MAIN(TestRunAccesses)
#include "test_run_accesses.moc"

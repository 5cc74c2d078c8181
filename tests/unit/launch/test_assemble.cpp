// All that can be asked of a run, put together: in which order, what excludes what, and that a refusal leaves
// nothing behind.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/connect/connections/connections.h"
#include "core/launch/assemble.h"
#include "core/launch/checkpoint_locations.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/validate.h"
#include "core/tape/rolling/rolling_tape.h"
#include "tests/support/child.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using rw::test::node;
using rw::test::wire;

namespace {

namespace fs = std::filesystem;

constexpr int kLong = 20'000;

/// A pipeline that counts without end into a table, and one that reads a file through a link.
struct Project {
    testing::ScratchFolder scratch{"assemble"};
    const fs::path top = fs::canonical(scratch.path());
    const Catalogue kinds = builtin();
    Pipeline pipeline{};
    ValidateOptions options{};
    std::shared_ptr<const Plan> plan{};

    explicit Project(bool endless) {
        for (const char* name : {"near.csv", "other.csv"}) std::ofstream(top / name) << "n\n1\n";
        lead("near.csv");
        if (endless) {
            pipeline.nodes = {node("in", "generator", {{"columns", {"n BIGINT = i"}}, {"rate", 1'000}}),
                              node("out", "sqlite_sink", {{"database", "out.sqlite"}, {"table", "t"}})};
        } else {
            pipeline.nodes = {node("in", "csv_source", {{"path", "link.csv"}, {"columns", {"n INT"}}}),
                              node("out", "csv_sink", {{"path", "out.csv"}})};
        }
        pipeline.wires = {wire("in", "out")};
        options.folder = top.native();
        options.file = (top / "p.rill").native();
        PlanOptions planning;
        planning.validate = options;
        plan = makePlan(pipeline, kinds, planning).plan;
    }
    LaunchOf of() const { return {pipeline, options, kinds, *plan}; }
    void lead(const fs::path& to) const {
        fs::remove(top / "link.csv");
        fs::create_symlink(top / to, top / "link.csv");
    }
    RunAccesses reached() const {
        return runAccesses(pipeline, kinds, options, validate(pipeline, kinds, options));
    }
    std::size_t files() const {
        const fs::directory_iterator all(top);
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }
    /// Runs it until it has a checkpoint, and stops it.
    bool runAndStop(const RunRequest& asked) const {
        RunOptions how;
        Result<AssembledRun> made = assembleRun(of(), asked, how);
        if (!made.ok()) return false;
        const auto run = startAssembled(plan, asked, how, *made);
        if (!run.ok()) return false;
        const bool taken = QTest::qWaitFor([&] { return (*run)->metrics().checkpoints.taken > 0; }, kLong);
        (*run)->stop(StopMode::Now);
        (*run)->wait();
        return taken && (*run)->status().ok();
    }
};

RunRequest withCheckpoints() {
    RunRequest asked;
    asked.checkpoints.every = 20;
    asked.checkpoints.wanted = true;
    return asked;
}

/// From the newest, if those who are asked agree.
RunRequest goingOn(const Project& project, bool agrees) {
    RunRequest asked = withCheckpoints();
    asked.goOn = [&project, agrees](const LaunchCheckpoints&,
                                    const CheckpointReading&) -> Result<std::optional<GoingOn>> {
        const FoundCheckpoints found =
            findCheckpoints(checkpointLocations(runningNodes(*project.plan), project.options.file));
        RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> loaded, loadCheckpoint(found.location));
        if (!loaded) return std::optional<GoingOn>();
        GoingOn going;
        going.from = std::make_shared<const LoadedCheckpoint>(*std::move(loaded));
        going.location = found.location;
        going.saved = found.saved;
        going.agree = [agrees](const ResumePlan& plan, const LaunchCheckpoints&) {
            return agrees && plan.possible() ? Status()
                                             : Status(ErrorCode::Cancelled, RW_TEXT("test", "They said no."));
        };
        return std::optional(std::move(going));
    };
    return asked;
}

}  // namespace

class TestAssemble : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void allThatWasAskedFor() {
        const Project project(true);
        RunRequest asked = withCheckpoints();
        asked.connections = std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret);
        asked.record = (project.top / "run.tape").native();
        asked.restart = *parseRestart("fixed:1s:2");
        RunOptions options;
        const auto run = assembleRun(project.of(), asked, options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        QVERIFY(options.connections == asked.connections && options.record && options.checkpoints.store);
        QVERIFY(options.restart == *asked.restart);
        QCOMPARE(run->checkpoints->location.path, (project.top / "out.sqlite").native());
        QCOMPARE(run->checkpoints->lineage, options.checkpoints.store->lineage());
        QVERIFY(!run->from && !run->replay);
        QVERIFY(!fs::exists(project.top / "out.sqlite"));  // the run has not begun
    }

    /// Who starts the run goes before the pipeline, and that before the machine.
    void stateMemoryIsAQuarterOfTheMachinesUnlessSomebodySaysIt() {
        Project project(false);
        const auto memory = [&project](std::uint64_t asked) {
            RunOptions options;
            options.stateMemory = asked;
            return assembleRun(project.of(), {}, options).ok() ? options.stateMemory : 0;
        };
        QCOMPARE(memory(0), usualStateMemory());
        QCOMPARE(memory(5'000'000), std::uint64_t{5'000'000});
        project.pipeline.settings.stateMemory = "7MB";
        PlanOptions planning;
        planning.validate = project.options;
        project.plan = makePlan(project.pipeline, project.kinds, planning).plan;
        QCOMPARE(memory(0), std::uint64_t{7} << 20);
        QCOMPARE(memory(5'000'000), std::uint64_t{5'000'000});
    }

    void liveInputIsKeptUnlessSomebodySaysNo() {
        Project project(true);
        RunRequest asked;
        asked.keepInputIn = (project.top / "kept").native();
        RunOptions options;
        auto run = assembleRun(project.of(), asked, options);
        QVERIFY(run.ok() && run->kept && options.record == run->kept);
        QVERIFY(!fs::exists(asked.keepInputIn));  // the run has not begun
        asked.record = (project.top / "run.tape").native();
        run = assembleRun(project.of(), asked, options);
        QVERIFY(run.ok() && !run->kept);  // it is on a tape already
        asked.record.clear();
        project.pipeline.settings.unknown["keep_input"] = false;
        run = assembleRun(project.of(), asked, options);
        QVERIFY(run.ok() && !run->kept);
        const Project bounded(false);
        run = assembleRun(bounded.of(), asked, options);
        QVERIFY(run.ok() && !run->kept);  // it can be read again
    }

    /// Of a run that goes on it begins where that does.
    void theInputOfARunThatResumesIsKept() {
        const Project project(true);
        QVERIFY(project.runAndStop(withCheckpoints()));
        RunRequest asked = goingOn(project, true);
        asked.keepInputIn = (project.top / "kept").native();
        RunOptions options;
        auto made = assembleRun(project.of(), asked, options);
        QVERIFY(made.ok() && made->kept);
        {
            const auto run = startAssembled(project.plan, asked, options, *made);
            QVERIFY(run.ok());
            QVERIFY(QTest::qWaitFor([&] { return (*run)->metrics().sourceRows > 2'000; }, kLong));
            QVERIFY(QTest::qWaitFor(
                [&] {
                    const auto tape = made->kept->tape();
                    return tape.ok() && (*tape)->hasPieces();
                },
                kLong));
            const auto tape = made->kept->tape();
            QVERIFY(tape.ok() && (*tape)->from() && (*tape)->rowsBefore(0).at("") > 0);
            (*run)->stop(StopMode::Now);
            (*run)->wait();
        }
        options.record = nullptr;
        made->kept = nullptr;
        QVERIFY(fs::is_empty(asked.keepInputIn));
    }

    /// A person who was asked about one file is not made to read another, nor to wait for more.
    void aMovedLinkIsRefusedFirst() {
        const Project project(false);
        const RunAccesses agreed = project.reached();
        RunRequest asked = withCheckpoints();
        asked.agreed = &agreed;
        asked.goOn = [](const LaunchCheckpoints&, const CheckpointReading&) -> Result<std::optional<GoingOn>> {
            qFatal("nobody looks for checkpoints");
        };
        asked.record = (project.top / "run.tape").native();
        project.lead("other.csv");
        const std::size_t files = project.files();
        RunOptions options;
        const auto run = assembleRun(project.of(), asked, options);
        QVERIFY(!run.ok() && run.error().code == ErrorCode::Invalid);
        QVERIFY(!options.record);
        QCOMPARE(project.files(), files);
    }

    void whatWasAgreedToIsKeptTo() {
        const Project project(false);
        const RunAccesses agreed = project.reached();
        RunRequest asked;
        asked.agreed = &agreed;
        RunOptions options;
        QVERIFY(assembleRun(project.of(), asked, options).ok());
        project.lead("other.csv");
        const std::string link = (project.top / "link.csv").native();
        QCOMPARE(options.files->open(link).error().code, ErrorCode::Refused);
    }

    /// It has no checkpoints of its own sources, and what failed on its tape fails again.
    void aReplayIsNeitherKeptNorTriedAgain() {
        const Project project(true);
        RunRequest recorded = withCheckpoints();
        recorded.record = (project.top / "run.tape").native();
        QVERIFY(project.runAndStop(recorded));
        RunRequest asked = goingOn(project, true);
        asked.replay = ReplayRequest{recorded.record};
        asked.restart = *parseRestart("fixed:1s:2");
        RunOptions options;
        const auto run = assembleRun(project.of(), asked, options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        QVERIFY(run->replay && options.replay);
        QVERIFY(!run->checkpoints && !run->from && !options.checkpoints.store && !options.restore);
        QVERIFY(options.restart == RestartStrategy());
        asked.replay->path = (project.top / "near.csv").native();
        QVERIFY(!assembleRun(project.of(), asked, options).ok());
    }

    /// From a moment that can't be restored it is not shown without what was before.
    void aReplayThatCantResumeBeginsAtTheStart() {
        const Project project(false);
        RunRequest recorded;
        recorded.record = (project.top / "run.tape").native();
        RunOptions how;
        Result<AssembledRun> first = assembleRun(project.of(), recorded, how);
        QVERIFY(first.ok());
        const auto run = startAssembled(project.plan, recorded, how, *first);
        QVERIFY(run.ok());
        (*run)->wait();
        QVERIFY((*run)->status().ok());
        RunRequest asked;
        asked.replay = ReplayRequest{recorded.record};
        RunOptions options;
        Result<AssembledRun> replay = assembleRun(project.of(), asked, options);
        QVERIFY(replay.ok());
        auto broken = std::make_shared<StateSnapshot>();
        broken->states[{"in", 0}] = {"not a state"};
        options.restore = broken;
        QVERIFY(!Run::start(project.plan, options).ok());
        const auto again = startAssembled(project.plan, asked, options, *replay);
        QVERIFY2(again.ok(), again.ok() ? "" : english(again.error()).c_str());
        (*again)->wait();
        QVERIFY((*again)->status().ok());
        QCOMPARE((*again)->metrics().nodes.at("out").rowsIn, std::uint64_t{1});
    }

    void whoAgreesGoesOn() {
        const Project project(true);
        QVERIFY(project.runAndStop(withCheckpoints()));
        RunOptions options;
        const auto run = assembleRun(project.of(), goingOn(project, true), options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        QVERIFY(run->from && run->from->number > 0);
        QVERIFY(options.restore != nullptr);
        QCOMPARE(run->checkpoints->lineage, run->from->lineage);
        QVERIFY(project.runAndStop(goingOn(project, true)));
    }

    void whoRefusesLeavesAllAsItWas() {
        const Project project(true);
        QVERIFY(project.runAndStop(withCheckpoints()));
        const std::size_t files = project.files();
        RunOptions options;
        const auto run = assembleRun(project.of(), goingOn(project, false), options);
        QVERIFY(!run.ok());
        QCOMPARE(english(run.error()), std::string("They said no."));
        QVERIFY(!options.restore && !options.checkpoints.store);
        QCOMPARE(project.files(), files);
        QVERIFY(project.runAndStop(goingOn(project, true)));
    }
};

QTEST_APPLESS_MAIN(TestAssemble)
#include "test_assemble.moc"

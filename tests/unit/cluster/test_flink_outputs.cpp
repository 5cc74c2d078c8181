// Results of before in the folders of file sinks: found, and appended to, left alone or replaced as was
// chosen.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/cluster/engine_backend.h"
#include "core/cluster/jobs/flink_outputs.h"
#include "core/cluster/output_choice.h"
#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

void writeFile(const fs::path& path) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << "a,2\n";
}

/// A pipeline whose sink writes into “out.csv.parts” of a folder of this computer.
struct OutputBench : Bench {
    QTemporaryDir data{};
    fs::path parts() const { return fs::path(data.path().toStdString()) / "out.csv.parts"; }
    fs::path part() const { return parts() / "part-1"; }
    ClusterRequest asked(std::optional<OutputChoice> choice = std::nullopt) {
        ClusterRequest out = request();
        out.validate.folder = data.path().toStdString();
        out.validate.file = out.validate.folder + "/test.rill";
        out.charts = false;
        out.outputs.all = choice;
        return out;
    }
    bool runs(ClusterRequest with) {
        deploy(std::move(with));
        return comesTo(ClusterState::Running);
    }
    std::string output() const { return run->deployment()->outputs.at("out"); }
    std::string refusal() const {
        const ClusterStatus look = run->look();
        return look.issues.empty() ? std::string() : english(look.issues.front());
    }
    QStringList folders() const {
        return QDir(data.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
};

}  // namespace

class TestFlinkOutputs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void choicesAreRead() {
        const Result<OutputChoices> one = parseOutputChoices("append");
        QVERIFY(one.ok() && one->find("any") == OutputChoice::Append);
        const Result<OutputChoices> some = parseOutputChoices("a/b=new-folder,c=replace,append");
        QVERIFY(some.ok());
        QVERIFY(some->find("a/b") == OutputChoice::NewFolder && some->find("c") == OutputChoice::Replace &&
                some->find("d") == OutputChoice::Append);
        for (const char* wrong :
             {"", "overwrite", "a=", "=append", "append,replace", "a=append,a=append", "append,"})
            QVERIFY2(!parseOutputChoices(wrong).ok(), wrong);
    }

    void withoutAChoiceNothingIsAdded() {
        OutputBench bench;
        writeFile(bench.part());
        bench.deploy(bench.asked());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.refusal().find("holds results of before") != std::string::npos,
                 bench.refusal().c_str());
        QCOMPARE(bench.run->look().issues.front().node, std::string("out"));
        QCOMPARE(bench.run->look().issues.front().param, std::string("path"));
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
        QVERIFY(fs::exists(bench.part()));
    }

    /// A job that has ended writes nothing any more.
    void onlyJobsThatRunMayWriteThere() {
        Target target;
        target.name = "t";
        Deployment job;
        job.target = "t";
        job.job = "runs";
        job.outputs = {{"out", "/data/out.csv.parts"}};
        Deployment over = job, elsewhere = job, another = job;
        over.ended = 1;
        elsewhere.target = "u";
        another.outputs = {{"out", "/data/out.csv.parts-2"}};
        const auto found = jobsThatMayWriteTo("/data/out.csv.parts", target, {over, elsewhere, another, job});
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().job, std::string("runs"));
    }

    /// A job may have made its folder, and nothing in it, before it failed.
    void whatWasPutAsideTakesNobodysPlace() {
        const QTemporaryDir folder;
        const fs::path parts = fs::path(folder.path().toStdString()) / "out.csv.parts";
        writeFile(parts / "part-1");
        StandingOutput standing;
        standing.here = parts.native();
        OutputsAside aside;
        QVERIFY(aside.take({standing}).ok() && !fs::exists(parts));
        fs::create_directory(parts);
        const std::vector<std::string> left = aside.putBack();
        QCOMPARE(left.size(), std::size_t{1});
        QVERIFY(fs::is_empty(parts) && fs::exists(fs::path(left.front()) / "part-1"));
    }

    /// An unfinished file of a job, or an empty folder, is no result.
    void nothingStandsThere() {
        OutputBench bench;
        writeFile(bench.parts() / ".part-1.inprogress");
        QVERIFY(bench.runs(bench.asked()));
        QCOMPARE(bench.output(), bench.parts().string());
    }

    void rowsAreAdded() {
        OutputBench bench;
        writeFile(bench.part());
        QVERIFY(bench.runs(bench.asked(OutputChoice::Append)));
        QCOMPARE(bench.output(), bench.parts().string());
        QVERIFY(fs::exists(bench.part()));
    }

    void aNewFolderIsTaken() {
        OutputBench bench;
        writeFile(bench.part());
        QVERIFY(bench.runs(bench.asked(OutputChoice::NewFolder)));
        QVERIFY(bench.output() != bench.parts().string());
        QVERIFY(isNewOutputFolder(bench.output(), bench.parts().string()));
        QVERIFY(bench.run->deployment()->program.find(bench.output()) != std::string::npos);
        QVERIFY(bench.notes(bench.output()));
        QVERIFY(fs::exists(bench.part()));
    }

    void theyAreReplaced() {
        OutputBench bench;
        writeFile(bench.part());
        QVERIFY(bench.runs(bench.asked(OutputChoice::Replace)));
        QVERIFY(until([&] { return !fs::exists(bench.part()); }));
        QVERIFY(until([&] { return bench.folders().isEmpty(); }));
    }

    /// A job that could not be started has replaced nothing.
    void theyStayWhereTheStartIsRefused() {
        OutputBench bench;
        writeFile(bench.part());
        bench.flink.refuse("EXECUTE STATEMENT SET", "org.apache.flink.table.api.ValidationException: no");
        bench.deploy(bench.asked(OutputChoice::Replace));
        QVERIFY(until([&] { return isOver(bench.state()); }));
        QVERIFY(fs::exists(bench.part()));
        QCOMPARE(bench.folders(), QStringList{"out.csv.parts"});
    }

    /// A program that was killed while it replaced results has put them aside, and they were not put back.
    void whatAKilledReplacementLeftIsFound() {
        OutputBench bench;
        const fs::path aside = bench.parts().string() + ".replaced-20240301-120000";
        writeFile(aside / "part-1");
        ClusterRequest check = bench.asked();
        check.checkOnly = true;
        bench.deploy(check);  // only looks
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QVERIFY(bench.notes("holds results of before") && fs::exists(aside / "part-1"));
        bench.deploy(bench.asked());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.refusal().find("holds results of before") != std::string::npos,
                 bench.refusal().c_str());
        QVERIFY(fs::exists(bench.part()) && !fs::exists(aside));
    }

    /// For any choice, they are where they were.
    void whatAKilledReplacementLeftIsAppendedTo() {
        OutputBench bench;
        writeFile(bench.parts().string() + ".replaced-20240301-120000/part-1");
        QVERIFY(bench.runs(bench.asked(OutputChoice::Append)));
        QVERIFY(fs::exists(bench.part()));
        QCOMPARE(bench.folders(), QStringList{"out.csv.parts"});
    }

    void aJobThatStillWritesKeepsItsResults() {
        OutputBench bench;
        QVERIFY(bench.runs(bench.asked()));
        writeFile(bench.part());
        bench.run.reset();
        bench.deploy(bench.asked(OutputChoice::Replace));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.refusal().find("still writes") != std::string::npos, bench.refusal().c_str());
        QVERIFY(fs::exists(bench.part()));
    }

    /// The record of jobs tells what was written there. A gateway behind a port of this computer, as that of
    /// a container, has a disk of its own, too.
    void onAnotherDiskTheJobsTell_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("anew");
        QTest::newRow("a bucket, a new folder") << QStringLiteral("s3://bucket/in") << true;
        QTest::newRow("a bucket, added to") << QStringLiteral("s3://bucket/in") << false;
        QTest::newRow("a path, a new folder") << QStringLiteral("/nowhere/in") << true;
        QTest::newRow("a path, added to") << QStringLiteral("/nowhere/in") << false;
    }
    void onAnotherDiskTheJobsTell() {
        QFETCH(QString, folder);
        QFETCH(bool, anew);
        const std::string out = folder.toStdString() + "/out.csv";
        OutputBench bench;
        ClusterRequest request = bench.asked();
        request.target.folder = folder.toStdString();
        QVERIFY(bench.runs(request));
        QCOMPARE(bench.output(), out + ".parts");
        const std::string job = bench.run->look().job;
        bench.deploy(request);
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.refusal().find(shownJob(job)) != std::string::npos, bench.refusal().c_str());
        request.outputs.all = OutputChoice::Replace;  // out of reach
        bench.deploy(request);
        QVERIFY(bench.comesTo(ClusterState::Refused));
        request.outputs.all = anew ? OutputChoice::NewFolder : OutputChoice::Append;
        QVERIFY(bench.runs(request));
        QVERIFY2(bench.output().starts_with(anew ? out + "-" : out + ".parts"), bench.output().c_str());
    }

    /// Records of programs before this one have the folders in their statements alone.
    void anOldRecordTells() {
        OutputBench bench;
        ClusterRequest first = bench.asked();
        first.target.folder = "s3://bucket/in";
        QVERIFY(bench.runs(first));
        Deployment record = *bench.run->deployment();
        bench.run.reset();
        record.outputs.clear();
        QVERIFY(bench.store().save(record).ok());
        QCOMPARE(backendOf(first.target.engine).standingOutputs(first).size(), 1U);
    }

    /// It is looked at as it would be, and refusals are notes.
    void aCheckOnlyTells() {
        OutputBench bench;
        writeFile(bench.part());
        ClusterRequest check = bench.asked();
        check.checkOnly = true;
        bench.deploy(check);
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QVERIFY(bench.notes("holds results of before"));
    }

    void aSinkThatIsNoneIsRefused() {
        OutputBench bench;
        ClusterRequest with = bench.asked();
        with.outputs.of["table"] = OutputChoice::Append;
        bench.deploy(with);
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY(bench.refusal().find("no file sink “table”") != std::string::npos);
    }

    /// A job that resumes from a savepoint writes where the one of the savepoint did.
    void aSavepointGoesOnInItsFolder() {
        OutputBench bench;
        writeFile(bench.part());
        QVERIFY(bench.runs(bench.asked(OutputChoice::NewFolder)));
        const std::string folder = bench.output();
        bench.run->stop({});
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        ClusterRequest again = bench.asked();
        again.savepoint = bench.run->look().savepoint;
        QVERIFY(!again.savepoint.empty());
        again.outputs.all = OutputChoice::Replace;
        bench.deploy(again);
        QVERIFY(bench.comesTo(ClusterState::Refused));
        again.outputs.all = std::nullopt;
        QVERIFY(bench.runs(again));
        QCOMPARE(bench.output(), folder);
        QVERIFY(backendOf(again.target.engine).standingOutputs(again).empty());
    }
};

QTEST_GUILESS_MAIN(TestFlinkOutputs)
#include "test_flink_outputs.moc"

// Records of deployments: whole or not at all, with any writers at the same time.
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/cluster/deployment_store.h"
#include "tests/support/full_disk.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

Deployment deploymentOf(const std::string& job, Instant started = 1'000) {
    const Json document{{"rill", 1},
                        {"name", "größer"},
                        {"nodes", {timedSource("bids", {"n INT"}), sinkOf("out")}},
                        {"wires", {{{"from", "bids"}, {"to", "out"}}}}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    Deployment out;
    out.job = job;
    out.target = "office";
    out.file = "/home/me/bids.rill";
    out.pipeline = loaded->pipeline;
    out.program = "CREATE …;\n'quoted' \"twice\"";
    out.graph.operators.push_back({7, "Calc", "select=[n]", {}});
    out.graph.operators.push_back({-1, "StreamingFileWriter", "", {0}});
    out.plan.operators.push_back({3, "stream-exec-calc", "Calc(select=[n])", {}, {"out"}});
    out.plan.next = 9;
    out.sinks = {"out", "outer/inner"};
    out.started = started;
    out.resumedFrom = "s3://bucket/savepoint-1";
    out.savepoints = {{"s3://bucket/savepoint-2", 2'000}, {"s3://bucket/savepoint-3", 3'000}};
    out.state = "RUNNING";
    out.ended = 4'000;
    return out;
}

std::string jobsOf(const std::vector<Deployment>& deployments) {
    std::string out;
    for (const Deployment& each : deployments) out += each.job + " ";
    return out;
}

void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t filesIn(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

class TestDeploymentStore : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->filePath("made/deployments").toStdString();
    }

    void whatIsSavedIsFound() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.all().empty());
        const Deployment saved = deploymentOf("0a-Z_9");
        const Status status = store.save(saved);
        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
        const Result<Deployment> found = store.find("0a-Z_9");
        QVERIFY2(found.ok(), found.ok() ? "" : english(found.error()).c_str());
        QCOMPARE(found->job, saved.job);
        QCOMPARE(found->target, saved.target);
        QVERIFY(found->engine == saved.engine);
        QCOMPARE(found->file, saved.file);
        QVERIFY(found->pipeline == saved.pipeline);
        QCOMPARE(found->program, saved.program);
        QVERIFY(found->sinks == saved.sinks);
        QCOMPARE(found->started, saved.started);
        QCOMPARE(found->resumedFrom, saved.resumedFrom);
        QCOMPARE(found->savepoints.size(), std::size_t{2});
        QCOMPARE(found->savepoints[1].path, saved.savepoints[1].path);
        QCOMPARE(found->savepoints[1].at, saved.savepoints[1].at);
        QCOMPARE(found->state, saved.state);
        QCOMPARE(found->ended, saved.ended);
        QCOMPARE(found->graph.operators.size(), std::size_t{2});
        QCOMPARE(found->graph.operators[0].text, std::string("select=[n]"));
        QCOMPARE(found->graph.operators[1].number, -1);
        QVERIFY(found->graph.operators[1].inputs == std::vector<std::size_t>{0});
        QCOMPARE(found->plan.next, 9);
        QCOMPARE(found->plan.operators.size(), std::size_t{1});
        QCOMPARE(found->plan.operators[0].number, 3);
        QCOMPARE(found->plan.operators[0].into, std::vector<NodeId>{"out"});
    }

    /// Of before there were plans: it was submitted as SQL.
    void aRecordWithoutAPlan() {
        const DeploymentStore store(m_folder);
        Deployment sql = deploymentOf("j");
        sql.plan = {};
        QVERIFY(store.save(sql).ok());
        const std::string text = contentOf(m_folder + "/j.json");
        QVERIFY2(text.find("\"deployment\": 1,") != std::string::npos, text.c_str());
        QVERIFY(text.find("\"plan\"") == std::string::npos);
        QVERIFY(store.find("j")->plan.empty());
    }

    void theEngineIsKept() {
        const DeploymentStore store(m_folder);
        Deployment spark = deploymentOf("s");
        spark.engine = Engine::Spark;
        QVERIFY(store.save(spark).ok());
        QVERIFY(store.find("s")->engine == Engine::Spark);
    }

    /// Pipelines may name things that other users should not see.
    void forItsOwnerAlone() {
        QVERIFY(DeploymentStore(m_folder).save(deploymentOf("j")).ok());
        const auto mode = [](const std::string& path) { return fs::status(path).permissions(); };
        QVERIFY(mode(m_folder) == fs::perms::owner_all);
        QVERIFY(mode(m_folder + "/j.json") == (fs::perms::owner_read | fs::perms::owner_write));
    }

    void aJobIsReplacedOrRemoved() {
        const DeploymentStore store(m_folder);
        Deployment deployment = deploymentOf("j");
        QVERIFY(store.save(deployment).ok());
        deployment.state = "CANCELED";
        QVERIFY(store.save(deployment).ok());
        QCOMPARE(store.find("j")->state, std::string("CANCELED"));
        QCOMPARE(filesIn(m_folder), std::size_t{1});
        QVERIFY(store.remove("j").ok());
        QVERIFY(store.remove("j").ok());
        const Result<Deployment> gone = store.find("j");
        QVERIFY(!gone.ok());
        QVERIFY(gone.error().code == ErrorCode::NotFound);
    }

    /// Two programs watch one job: neither takes back the other's changes.
    void whatAnotherProgramWroteStays() {
        const DeploymentStore store(m_folder);
        Deployment ours = deploymentOf("j");
        ours.ended = 0;
        QVERIFY(store.save(ours).ok());
        Deployment theirs = ours;
        theirs.savepoints.push_back({"s3://bucket/savepoint-9", 2'500});
        theirs.state = "FINISHED";
        theirs.ended = 9'000;
        QVERIFY(store.save(theirs).ok());
        ours.state = "RESTARTING";
        ours.savepoints.push_back({"s3://bucket/savepoint-8", 2'600});
        Deployment kept;
        QVERIFY(store.save(ours, &kept).ok());
        const Result<Deployment> found = store.find("j");
        QVERIFY(found.ok());
        for (const Deployment& each : {kept, *found}) {
            QCOMPARE(each.state, std::string("FINISHED"));
            QCOMPARE(each.ended, Instant{9'000});
            std::string paths;
            for (const Savepoint& savepoint : each.savepoints) paths += savepoint.path.back();
            QCOMPARE(paths, std::string("2983"));
        }
        // A job that is once not known has not ended: a program that sees it run knows better.
        Deployment gone = deploymentOf("k");
        QVERIFY(store.save(gone).ok());
        gone.ended = 0;
        QVERIFY(store.save(gone).ok());
        QCOMPARE(store.find("k")->ended, Instant{0});
        // A checkpoint of Spark that is gone is gone: no other program writes the record.
        Deployment spark = deploymentOf("s");
        spark.engine = Engine::Spark;
        QVERIFY(store.save(spark).ok());
        spark.savepoints.clear();
        QVERIFY(store.save(spark).ok());
        QVERIFY(store.find("s")->savepoints.empty());
        // One that began at another time is another job, on another cluster.
        theirs.job = "k";
        theirs.started = 77;
        QVERIFY(store.save(theirs).ok());
        QVERIFY(store.save(gone).ok());
        QCOMPARE(store.find("k")->state, std::string("RUNNING"));
    }

    /// A program that stands still in its turn keeps no other from writing.
    void aTurnThatNeverEnds() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("j")).ok());
        const int held = ::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QCOMPARE(::flock(held, LOCK_EX), 0);
        Deployment changed = deploymentOf("j");
        changed.state = "FAILED";
        const Status saved = store.save(changed);
        ::close(held);
        QVERIFY(saved.ok());
        QCOMPARE(store.find("j")->state, std::string("FAILED"));
    }

    void newestFirst() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("old", 1)).ok());
        QVERIFY(store.save(deploymentOf("new", 3)).ok());
        Deployment other = deploymentOf("other", 2);
        other.file = "/home/me/other.rill";
        QVERIFY(store.save(other).ok());
        QCOMPARE(jobsOf(store.all()), std::string("new other old "));
        QCOMPARE(jobsOf(store.of("/home/me/bids.rill")), std::string("new old "));
        other.file.clear();
        QVERIFY(store.save(other).ok());
        QCOMPARE(jobsOf(store.of({})), std::string());
    }

    /// A name may come from a cluster or a command line.
    void namesThatLeaveTheFolder() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("j")).ok());
        for (const char* name : {"", "..", "../j", "a/b", "/etc/passwd", "a.b", "a b", "ü"}) {
            QVERIFY2(!store.save(deploymentOf(name)).ok(), name);
            QVERIFY2(!store.find(name).ok(), name);
            QVERIFY2(!store.remove(name).ok(), name);
        }
        QVERIFY(!store.save(deploymentOf(std::string(1'000, 'a'))).ok());
        QCOMPARE(filesIn(m_folder), std::size_t{1});
        QCOMPARE(filesIn(fs::path(m_folder).parent_path().string()), std::size_t{1});
    }

    /// A file that is not ours is reported and stays.
    void brokenAndForeignFiles() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("good")).ok());
        const std::string good = contentOf(m_folder + "/good.json");
        put(m_folder + "/empty.json", "");
        put(m_folder + "/half.json", good.substr(0, good.size() / 2));
        put(m_folder + "/other.json", good);  // of another job than its name says
        put(m_folder + "/list.json", "[1, 2]");
        put(m_folder + "/words.json", "{\"job\": \"words\", \"pipeline\": \"none\"}");
        put(m_folder + "/bad.json", "{\"job\": \"bad\", \"pipeline\": {\"rill\": 99}}");
        put(m_folder + "/notes.txt", "mine");
        put(m_folder + "/.good.Xy12ab", "being written");
        fs::create_directory(m_folder + "/folder.json");
        const std::size_t before = filesIn(m_folder);
        std::vector<std::string> unreadable;
        QCOMPARE(jobsOf(store.all(&unreadable)), std::string("good "));
        std::string names;
        for (const std::string& name : unreadable) names += name + " ";
        QCOMPARE(names,
                 std::string("bad.json empty.json folder.json half.json list.json notes.txt other.json "
                             "words.json "));
        QCOMPARE(filesIn(m_folder), before);
        for (const char* job : {"empty", "half", "other", "folder"}) {
            const Result<Deployment> read = store.find(job);
            QVERIFY2(!read.ok() && read.error().code != ErrorCode::NotFound, job);
        }
    }

    /// Of a newer version, or written by hand: unreadable members are empty.
    void missingMembersAreEmpty() {
        const DeploymentStore store(m_folder);
        fs::create_directories(m_folder);
        put(m_folder + "/j.json",
            "{\"job\": \"j\", \"pipeline\": {\"rill\": 1, \"nodes\": []}, \"started\": \"soon\", \"sinks\": "
            "5, "
            "\"savepoints\": [1, {\"at\": 3}, {\"path\": \"p\"}], \"graph\": [], \"news\": {}}");
        const Result<Deployment> read = store.find("j");
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QCOMPARE(read->started, Instant{0});
        QVERIFY(read->sinks.empty());
        QVERIFY(read->graph.empty());
        QCOMPARE(read->savepoints.size(), std::size_t{1});
        QCOMPARE(read->savepoints[0].path, std::string("p"));
    }

    /// A reader meanwhile finds a whole record.
    void twoWritersAndAReader() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("j")).ok());
        std::atomic<int> failures{0};
        const auto write = [&](const std::string& state) {
            Deployment deployment = deploymentOf("j");
            deployment.state = state;
            deployment.program = std::string(20'000, state.front());
            for (int i = 0; i < 30; ++i) failures += store.save(deployment).ok() ? 0 : 1;
        };
        std::thread one(write, "one"), two(write, "two");
        for (int i = 0; i < 30; ++i) {
            std::vector<std::string> unreadable;
            failures += store.all(&unreadable).size() == 1 && unreadable.empty() ? 0 : 1;
        }
        one.join();
        two.join();
        QCOMPARE(failures.load(), 0);
        const Result<Deployment> last = store.find("j");
        QVERIFY(last.ok());
        QCOMPARE(last->program, std::string(20'000, last->state.front()));
        QCOMPARE(filesIn(m_folder), std::size_t{1});
    }

    void aFullDiskLeavesTheOldRecord() {
        const DeploymentStore store(m_folder);
        QVERIFY(store.save(deploymentOf("j")).ok());
        Deployment changed = deploymentOf("j");
        changed.state = "FAILED";
        Status status;
        {
            const FullDisk full;
            status = store.save(changed);
        }
        QVERIFY(!status.ok());
        QVERIFY2(english(status.error()).find("Make room") != std::string::npos,
                 english(status.error()).c_str());
        QCOMPARE(store.find("j")->state, std::string("RUNNING"));
        QCOMPARE(filesIn(m_folder), std::size_t{1});
    }

    void aFolderThatCantBe() {
        const std::string file = m_temporary->filePath("file").toStdString();
        put(file, "mine");
        const DeploymentStore store(file + "/deployments");
        const Status status = store.save(deploymentOf("j"));
        QVERIFY(!status.ok());
        QVERIFY(status.error().code == ErrorCode::Io);
        QVERIFY(store.all().empty());
    }

    void whereTheyLie() {
        const QByteArray before = qgetenv("XDG_DATA_HOME"), home = qgetenv("HOME");
        qputenv("HOME", "/home/me");
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(deploymentsPath(), std::string("/data/rillwright/deployments"));
        qputenv("XDG_DATA_HOME", "relative");
        QCOMPARE(deploymentsPath(), std::string("/home/me/.local/share/rillwright/deployments"));
        qunsetenv("XDG_DATA_HOME");
        QCOMPARE(deploymentsPath(), std::string("/home/me/.local/share/rillwright/deployments"));
        qputenv("HOME", home);
        if (!before.isNull()) qputenv("XDG_DATA_HOME", before);
    }

 private:
    std::unique_ptr<QTemporaryDir> m_temporary{};
    std::string m_folder{};
};

QTEST_APPLESS_MAIN(TestDeploymentStore)
#include "test_deployment_store.moc"

// The states of jobs that were submitted before: their cluster's answer, no answer, or that it does not know
// them.
#include <QtTest/QtTest>
#include <filesystem>
#include <thread>

#include "core/cluster/spark/spark_checkpoint.h"
#include "core/cluster/targets/known_jobs.h"
#include "tests/support/child.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

const char kOverview[] =
    R"({"jobs": [{"jid": "a1", "name": "orders", "state": "RUNNING", "start-time": 5},
                 {"jid": "b2", "name": "orders", "state": "CANCELED", "start-time": 4}]})";

const char kCheckpoints[] =
    R"({"latest": {"completed": {"id": 7, "discarded": false, "latest_ack_timestamp": 9,
                                 "external_path": "file:/checkpoints/b2/chk-7"}}})";

Target targetAt(const std::string& name, const std::string& address) {
    Target target;
    target.name = name;
    target.flink.gateway = address;
    target.flink.jobManager = address;
    return target;
}

Deployment jobOf(const std::string& id, const std::string& target, Instant ended = 0) {
    Deployment deployment;
    deployment.job = id;
    deployment.target = target;
    deployment.ended = ended;
    return deployment;
}

FakeServer::Reply overview() {
    return [](const FakeRequest&) { return answer(kOverview); };
}

}  // namespace

class TestKnownJobs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theClusterIsAskedOnceForAll() {
        FakeServer fake([](const FakeRequest& request) {
            const bool checkpoints = request.line.find("/checkpoints") != std::string::npos;
            return answer(checkpoints ? kCheckpoints : kOverview);
        });
        JobInquiry inquiry(environmentSecret);
        const auto known = inquiry.ask({jobOf("a1", "here"), jobOf("b2", "here"), jobOf("c3", "here")},
                                       {targetAt("here", fake.address())});
        QCOMPARE(fake.lines(), std::string("GET /jobs/overview, GET /jobs/b2/checkpoints"));
        QCOMPARE(known.size(), std::size_t{3});
        QVERIFY(known[0].runs() && known[0].mayRun() && !known[0].endedUnseen());
        QCOMPARE(known[0].state, std::string("RUNNING"));
        QVERIFY(!known[1].runs() && !known[1].mayRun() && known[1].endedUnseen());
        QCOMPARE(known[1].state, std::string("CANCELED"));
        // Its end was not observed: the cluster still tells of its savepoint.
        QCOMPARE(known[1].deployment.savepoints.size(), std::size_t{1});
        QCOMPARE(known[1].deployment.savepoints.front().path, std::string("file:/checkpoints/b2/chk-7"));
        QVERIFY(known[1].deployment.savepoints.front().checkpoint);
        QVERIFY(known[0].deployment.savepoints.empty());
        QCOMPARE(known[2].answer, KnownJob::Answer::Forgotten);
        QVERIFY(!known[2].runs() && !known[2].mayRun());
    }

    void whatIsOverIsNotAskedFor() {
        FakeServer fake(overview());
        JobInquiry inquiry(environmentSecret);
        Deployment over = jobOf("a1", "here", 7);
        over.state = "CANCELED";
        const auto known = inquiry.ask({over}, {targetAt("here", fake.address())});
        QCOMPARE(fake.lines(), std::string());
        QCOMPARE(known.at(0).answer, KnownJob::Answer::NotAsked);
        QVERIFY(!known.at(0).mayRun());
    }

    /// A JobManager that was restarted does not know its jobs at first: that is not the end of them.
    void whatWasNotKnownMayBeAgain() {
        FakeServer fake(overview());
        const std::vector<Target> targets{targetAt("here", fake.address()),
                                          targetAt("away", nobodysAddress())};
        std::vector<Deployment> gone{jobOf("a1", "here", 7), jobOf("c3", "here", 7), jobOf("d4", "away", 7),
                                     jobOf("e5", "nowhere", 7)};
        for (Deployment& each : gone) each.state = "RUNNING";
        JobInquiry inquiry(environmentSecret);
        const auto known = inquiry.ask(std::move(gone), targets);
        QVERIFY(known.at(0).runs() && known.at(0).mayRun());
        for (std::size_t i = 1; i < known.size(); ++i) {
            QCOMPARE(known[i].answer, KnownJob::Answer::NotAsked);
            QVERIFY(!known[i].mayRun() && known[i].connectionProblem.ok());
        }
    }

    void aTargetThatIsGoneIsNotAsked() {
        FakeServer fake(overview());
        Target spark = targetAt("there", fake.address());
        spark.engine = Engine::Spark;
        JobInquiry inquiry(environmentSecret);
        const auto known = inquiry.ask({jobOf("a1", "there")}, {targetAt("here", fake.address()), spark});
        QCOMPARE(known.at(0).answer, KnownJob::Answer::NoTarget);
        QVERIFY(known.at(0).mayRun() && !known.at(0).runs());
    }

    void silenceIsNoEnd() {
        JobInquiry inquiry(environmentSecret);
        const auto known = inquiry.ask({jobOf("a1", "here")}, {targetAt("here", nobodysAddress())});
        QCOMPARE(known.at(0).answer, KnownJob::Answer::Silent);
        QVERIFY(!known.at(0).connectionProblem.ok());
        QVERIFY(known.at(0).mayRun() && !known.at(0).runs());
    }

    void nonsenseIsNoEnd() {
        FakeServer fake([](const FakeRequest&) { return answer("[1, 2]"); });
        JobInquiry inquiry(environmentSecret);
        const auto known = inquiry.ask({jobOf("a1", "here")}, {targetAt("here", fake.address())});
        QCOMPARE(known.at(0).answer, KnownJob::Answer::Silent);
        QVERIFY(known.at(0).mayRun());
    }

    void aRunOfSparkIsKnownHere() {
        const testing::ScratchFolder scratch("known_jobs");
        const std::string folder = scratch.path().string();
        std::filesystem::create_directories(sparkRunsFolder(folder));
        Deployment run = jobOf("local-1", "here");
        run.engine = Engine::Spark;
        QCOMPARE(knownHere(run, folder).answer, KnownJob::Answer::EndedWithUs);
        run.savepoints = {{"kept", 1}};
        KnownJob known = knownHere(run, folder);
        QCOMPARE(known.answer, KnownJob::Answer::EndedWithUs);
        QVERIFY(!known.mayRun() && !known.runs());
        const auto lock = CheckpointLock::take(folder, "kept");
        QVERIFY(lock.ok());
        known = JobInquiry(environmentSecret, folder).ask({run}, {}).at(0);
        QCOMPARE(known.answer, KnownJob::Answer::Known);
        QVERIFY(known.mayRun() && known.runs() && !known.endedUnseen());
        run.ended = 7;
        QCOMPARE(knownHere(run, folder).answer, KnownJob::Answer::NotAsked);
    }

    void cancelEndsWhatIsUnderWay() {
        FakeServer fake([](const FakeRequest&) { return FakeAnswer{.bytes = {}, .never = true}; });
        JobInquiry inquiry(environmentSecret);
        std::vector<KnownJob> known;
        std::thread asking([&] {
            known = inquiry.ask({jobOf("a1", "here"), jobOf("b2", "there")},
                                {targetAt("here", fake.address()), targetAt("there", fake.address())});
        });
        fake.awaitRequests(1);
        inquiry.cancel();
        asking.join();
        QCOMPARE(fake.requests().size(), std::size_t{1});
        QCOMPARE(known.size(), std::size_t{2});
        for (const KnownJob& job : known) QCOMPARE(job.connectionProblem.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestKnownJobs)
#include "test_known_jobs.moc"

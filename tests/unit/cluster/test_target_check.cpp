// “Test connection”: the answers of a target, right, wrong or never.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/cluster/targets/target_check.h"
#include "tests/support/child.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string overviewOf(int taskManagers, int free, const std::string& version) {
    return fmt::format(
        "{{\"taskmanagers\": {}, \"slots-total\": 8, \"slots-available\": {}, \"jobs-running\": 0, "
        "\"flink-version\": \"{}\"}}",
        taskManagers, free, version);
}

std::string infoOf(const std::string& version) {
    return fmt::format("{{\"productName\": \"Apache Flink\", \"version\": \"{}\"}}", version);
}

/// Both servers of a Flink in one, under two paths.
FakeServer::Reply flinkOf(const FakeAnswer& info, const FakeAnswer& overview) {
    return [info, overview](const FakeRequest& request) {
        if (request.line == "GET /gateway/v3/info") return info;
        return request.line == "GET /rest/overview" ? overview : answer("{}", 404);
    };
}

Target at(const FakeServer& server) {
    Target target;
    target.name = "fake";
    target.flink.gateway = server.address() + "/gateway";
    target.flink.jobManager = server.address() + "/rest";
    return target;
}

Target submitting(const std::string& program) {
    Target target;
    target.name = "fake";
    target.engine = Engine::Spark;
    target.spark.submit = program;
    return target;
}

std::string saidBy(const Target& target, const SecretSource& secrets = environmentSecret,
                   const std::atomic<bool>* cancelled = nullptr) {
    const auto report = checkTarget(target, secrets, cancelled);
    return report.ok() ? "ok" : report.error().param + ": " + english(report.error());
}

std::string warningsOf(const Target& target) {
    const auto report = checkTarget(target, environmentSecret);
    if (!report.ok()) return english(report.error());
    std::string all;
    for (const Text& warning : report->warnings) all += english(warning) + "\n";
    return all;
}

/// A program that does this.
std::string script(const testing::ScratchFolder& scratch, const std::string& words) {
    const std::filesystem::path path = scratch.path() / "spark-submit";
    std::ofstream(path) << "#!/bin/sh\n" << words << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

}  // namespace

class TestTargetCheck : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFlinkThatIsReady() {
        FakeServer fake(flinkOf(answer(infoOf("2.3.0")), answer(overviewOf(2, 5, "2.3.0"))));
        const auto report = checkTarget(at(fake), environmentSecret);
        QVERIFY2(report.ok(), report.ok() ? "" : english(report.error()).c_str());
        QCOMPARE(report->version, std::string("2.3.0"));
        QCOMPARE(report->room->taskManagers, std::int64_t{2});
        QCOMPARE(report->room->freeSlots, std::int64_t{5});
        QCOMPARE(report->room->allSlots, std::int64_t{8});
        QVERIFY(report->latency >= 0);
        QVERIFY(report->warnings.empty());
        // No session is left behind.
        QCOMPARE(fake.lines(), std::string("GET /gateway/v3/info, GET /rest/overview"));
    }

    void itsWarnings_data() {
        QTest::addColumn<QByteArray>("gateway");
        QTest::addColumn<QByteArray>("overview");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* gateway, const std::string& overview,
                            const char* words) {
            QTest::newRow(name) << QByteArray(gateway) << QByteArray::fromStdString(overview)
                                << QByteArray(words);
        };
        row("another 2", "2.1.0", overviewOf(1, 1, "2.1.0"), "");
        row("no slot", "2.3.0", overviewOf(1, 0, "2.3.0"), "All of its 8 slots are taken");
        row("no TaskManager", "2.3.0", overviewOf(0, 0, "2.3.0"), "It has no TaskManager");
        row("two versions", "2.2.0", overviewOf(1, 1, "2.3.0"),
            "The SQL gateway is of Flink 2.2.0, the JobManager of Flink 2.3.0.");
        row("an old one", "1.20.1", overviewOf(1, 1, "1.20.1"), "Flink 1.20.1 was never tried");
    }

    void itsWarnings() {
        QFETCH(QByteArray, gateway);
        QFETCH(QByteArray, overview);
        QFETCH(QByteArray, words);
        FakeServer fake(flinkOf(answer(infoOf(gateway.toStdString())), answer(overview.toStdString())));
        const std::string said = warningsOf(at(fake));
        QVERIFY2(said.starts_with(words.toStdString()), said.c_str());
        QCOMPARE(std::count(said.begin(), said.end(), '\n'), words.isEmpty() ? 0 : 1);
    }

    void wrongAnswers_data() {
        QTest::addColumn<QByteArray>("info");
        QTest::addColumn<QByteArray>("overview");
        QTest::addColumn<QByteArray>("words");
        const QByteArray info = QByteArray::fromStdString(answer(infoOf("2.3.0")).bytes);
        const QByteArray overview = QByteArray::fromStdString(answer(overviewOf(1, 1, "2.3.0")).bytes);
        const auto bytes = [](const char* body, int status) {
            return QByteArray::fromStdString(answer(body, status).bytes);
        };
        QTest::newRow("no token") << bytes("", 401) << overview << QByteArray("Give the token");
        QTest::newRow("no token there") << info << bytes("", 403) << QByteArray("Give the token");
        QTest::newRow("garbage") << QByteArray("\x01 garbage\n\n") << overview << QByteArray("it is no HTTP");
        QTest::newRow("garbage there")
            << info << bytes("<html>hello", 200) << QByteArray("it says “<html>hello”");
        QTest::newRow("something else")
            << bytes("{\"a\": 1}", 200) << overview << QByteArray("it lacks “version”");
        QTest::newRow("a list") << info << bytes("[1]", 200) << QByteArray("it lacks “flink-version”");
        QTest::newRow("another path") << bytes("{}", 404) << overview << QByteArray("have one each");
    }

    void wrongAnswers() {
        QFETCH(QByteArray, info);
        QFETCH(QByteArray, overview);
        QFETCH(QByteArray, words);
        FakeServer fake(flinkOf({info.toStdString()}, {overview.toStdString()}));
        const std::string said = saidBy(at(fake));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
        const bool second = QByteArray(QTest::currentDataTag()).endsWith("there") ||
                            QByteArray(QTest::currentDataTag()) == "a list";
        QVERIFY2(said.starts_with(second ? "job_manager: " : "gateway: "), said.c_str());
        QVERIFY2(said.find(fake.address()) != std::string::npos, said.c_str());
    }

    void saysWhichIsNotThere() {
        FakeServer fake(flinkOf(answer(infoOf("2.3.0")), answer(overviewOf(1, 1, "2.3.0"))));
        Target target = at(fake);
        target.flink.gateway = nobodysAddress();
        QVERIFY(saidBy(target).starts_with("gateway: Nothing answers at"));
        target = at(fake);
        target.flink.jobManager = nobodysAddress();
        QVERIFY(saidBy(target).starts_with("job_manager: Nothing answers at"));
        target.flink.gateway = "elsewhere";
        QVERIFY(saidBy(target).starts_with("gateway: “elsewhere” is not the address"));
    }

    void aFolderOfPlansIsTried() {
        FakeServer fake(flinkOf(answer(infoOf("2.3.0")), answer(overviewOf(1, 1, "2.3.0"))));
        const testing::ScratchFolder scratch("target_check");
        Target target = at(fake);
        target.flink.planFolder = scratch.path().string();
        QCOMPARE(saidBy(target), std::string("ok"));
        QVERIFY(std::filesystem::is_empty(scratch.path()));
        target.flink.planFolder += "/missing";
        const std::string said = saidBy(target);
        QVERIFY2(said.starts_with("plan_folder: No file can be made in the folder of plans"), said.c_str());
    }

    void certificatesCount() {
        const testing::ScratchFolder scratch("target_tls");
        const Certificate ours("IP:127.0.0.1");
        std::ofstream(scratch.path() / "ours.pem") << ours.pem();
        FakeServer fake(flinkOf(answer(infoOf("2.3.0")), answer(overviewOf(1, 1, "2.3.0"))), &ours);
        Target target = at(fake);
        const std::string said = saidBy(target);
        QVERIFY2(said.find("is self-signed") != std::string::npos, said.c_str());
        QVERIFY2(said.find("as the CA file") != std::string::npos, said.c_str());
        target.flink.caFile = scratch.path() / "ours.pem";
        QCOMPARE(saidBy(target), std::string("ok"));
    }

    void theTokenIsAskedForOnceAndSent() {
        FakeServer fake(flinkOf(answer(infoOf("2.3.0")), answer(overviewOf(1, 1, "2.3.0"))));
        Target target = at(fake);
        target.flink.token = {SecretRef::Kind::Keyring, "k"};
        int asked = 0;
        const SecretSource secrets = [&asked](const SecretRef& secret) -> Result<Secret> {
            ++asked;
            return Secret("of " + secret.name);
        };
        QCOMPARE(saidBy(target, secrets), std::string("ok"));
        QCOMPARE(asked, 1);
        for (const FakeRequest& request : fake.requests())
            QVERIFY(request.head.find("Authorization: Bearer of k") != std::string::npos);
        QVERIFY(saidBy(target).starts_with("token: "));  // the environment has no keyring
    }

    void canBeCancelled() {
        FakeServer fake([](const FakeRequest&) { return FakeAnswer{{}, true}; });
        std::atomic<bool> cancelled{false};
        std::thread other([&] {
            fake.awaitRequests(1);
            cancelled = true;
        });
        const auto report = checkTarget(at(fake), environmentSecret, &cancelled);
        other.join();
        QVERIFY(!report.ok() && report.error().code == ErrorCode::Cancelled);
    }

    void aSparkAmongNoise() {
        const testing::ScratchFolder scratch("spark_submit");
        const std::string program =
            script(scratch,
                   "[ \"$*\" = --version ] || exit 3\n"
                   "echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=1'\n"
                   "echo 'openjdk version \"17.0.15\"; plugin version 1.2'\n"
                   "echo 'WARNING: a word' >&2\n"
                   "echo '   /___/ .__/\\_,_/_/ /_/\\_\\   version 4.3.0' >&2\n"
                   "echo 'Using Scala version 2.13.17, OpenJDK 64-Bit Server VM, 17.0.15' >&2");
        const auto report = checkTarget(submitting(program), environmentSecret);
        QVERIFY2(report.ok(), report.ok() ? "" : english(report.error()).c_str());
        QCOMPARE(report->version, std::string("4.3.0"));
        QVERIFY(report->warnings.empty());
    }

    void anOlderSpark() {
        const testing::ScratchFolder scratch("spark_submit");
        const std::string said = warningsOf(submitting(script(scratch, "echo 'Welcome: version 3.5.1'")));
        QVERIFY2(said.starts_with("Spark 3.5.1 was never tried"), said.c_str());
    }

    void noSpark() {
        const testing::ScratchFolder scratch("spark_submit");
        const std::string none = saidBy(submitting(scratch.path() / "nothing"));
        QVERIFY2(
            none.starts_with("submit: There is no program “") && none.find("Install it") != std::string::npos,
            none.c_str());
        const std::string onPath = saidBy(submitting("no-such-program-as-this"));
        QVERIFY2(onPath.find("There is no program “no-such-program-as-this”") != std::string::npos,
                 onPath.c_str());
        const std::string folder = saidBy(submitting(scratch.path()));
        QVERIFY2(folder.find("can't be started") != std::string::npos, folder.c_str());
    }

    void aProgramThatIsNone_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("silent") << QByteArray(":") << QByteArray("says nothing of a Spark. ");
        QTest::newRow("no Java") << QByteArray("echo 'JAVA_HOME is not set' >&2; exit 1")
                                 << QByteArray("says nothing of a Spark: JAVA_HOME is not set");
        QTest::newRow("fails") << QByteArray("echo 'version 4.3.0'; exit 1") << QByteArray("says nothing");
        QTest::newRow("killed") << QByteArray("echo 'version 4.3.0'; kill -9 $$")
                                << QByteArray("says nothing");
        QTest::newRow("Scala alone") << QByteArray("echo 'Using Scala version 2.13.17, Java'")
                                     << QByteArray("says nothing");
    }

    void aProgramThatIsNone() {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, said);
        const testing::ScratchFolder scratch("spark_submit");
        const std::string answered = saidBy(submitting(script(scratch, words.toStdString())));
        QVERIFY2(answered.find(said.toStdString()) != std::string::npos, answered.c_str());
    }

    /// A process that it started goes on and has its output open.
    void whatItLeavesBehindIsNotWaitedFor() {
        const testing::ScratchFolder scratch("spark_submit");
        const std::string words = fmt::format(
            "echo 'version 4.3.0'; (while [ -d '{}' ]; do sleep 0.05; done) &", scratch.path().string());
        QCOMPARE(saidBy(submitting(script(scratch, words))), std::string("ok"));
    }

    void aLongOneCanBeCancelled() {
        const testing::ScratchFolder scratch("spark_submit");
        const std::filesystem::path begun = scratch.path() / "begun";
        std::atomic<bool> cancelled{false};
        std::thread other([&] {
            while (!std::filesystem::exists(begun)) std::this_thread::yield();
            cancelled = true;
        });
        const auto report =
            checkTarget(submitting(script(scratch, "touch '" + begun.string() + "'; sleep 600")),
                        environmentSecret, &cancelled);
        other.join();
        QVERIFY(!report.ok() && report.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestTargetCheck)
#include "test_target_check.moc"

// The answers of Flink's JobManager on its jobs, as a scripted server plays it.
#include <QtTest/QtTest>

#include "core/cluster/flink/flink_rest.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

HttpServer serverOf(const FakeServer& fake) {
    HttpServer server;
    server.address = fake.address();
    server.answerWithin = 60'000;
    server.firstPause = 1;
    return server;
}

template <class T>
std::string wordsFor(const Result<T>& result) {
    return result.ok() ? "ok" : english(result.error());
}

}  // namespace

class TestFlinkRest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theJobManager() {
        const auto reply = [](const FakeRequest& request) {
            if (request.line == "GET /overview")
                return answer(
                    "{\"taskmanagers\": 1, \"slots-total\": 8, \"slots-available\": 7, "
                    "\"jobs-running\": 1, \"flink-version\": \"2.3.0\"}");
            if (request.line == "GET /jobs/overview")
                return answer(
                    "{\"jobs\": [{\"jid\": \"j1\", \"name\": \"n\", \"state\": \"FAILED\", "
                    "\"start-time\": 9007199254740993}]}");
            if (request.line == "GET /jobs/j1")
                return answer(
                    "{\"jid\": \"j1\", \"state\": \"FAILED\", \"vertices\": [{\"id\": \"v\", \"name\": "
                    "\"Source: a[1]\", \"status\": \"CANCELED\", \"parallelism\": 2, \"metrics\": "
                    "{\"read-records\": 3, \"write-records\": 4}}]}");
            if (request.line == "GET /jobs/j1/exceptions")
                return answer(
                    "{\"exceptionHistory\": {\"entries\": [{\"taskName\": \"a (1/1)\", \"stacktrace\": "
                    "\"x.Y: z\\n\\tat a\\nCaused by: java.lang.ArithmeticException: / by zero\\n\\tat "
                    "a\"}]}}");
            return answer("{}", 202);
        };
        FakeServer fake(reply);
        FlinkRest rest(serverOf(fake));
        const auto overview = rest.overview();
        QCOMPARE(wordsFor(overview), std::string("ok"));
        QVERIFY(overview->version == "2.3.0" && overview->allSlots == 8 && overview->freeSlots == 7);
        const auto jobs = rest.jobs();
        QVERIFY(jobs.ok() && jobs->size() == 1 && jobs->front().started == 9'007'199'254'740'993);
        const auto job = rest.awaitEnd("j1", 1'000);
        QCOMPARE(wordsFor(job), std::string("ok"));
        QVERIFY(job->vertices[0].writtenRows == 4 && job->vertices[0].name == "Source: a[1]");
        QVERIFY(rest.awaitRunning("j1", 1'000).ok());  // it is over: there is nothing to wait for
        const auto failure = rest.failure("j1");
        QVERIFY(failure.ok() && failure->cause == "/ by zero" && failure->task == "a (1/1)");
        QVERIFY(failure->at == 0);
        QVERIFY(rest.cancelJob("j1").ok());
        QCOMPARE(fake.requests().back().line, std::string("PATCH /jobs/j1?mode=cancel"));
        QVERIFY(!rest.job("j2").ok());
    }

    /// A job that is gone is none that could not be asked for.
    void jobsThatAreNotKnown() {
        std::string said =
            "{\"errors\": [\"org.apache.flink.runtime.rest.NotFoundException: Job j1 not found\"]}";
        FakeServer fake([&](const FakeRequest&) { return answer(said, 404); });
        FlinkRest rest(serverOf(fake));
        const auto gone = rest.find("j1");
        QCOMPARE(wordsFor(gone), std::string("ok"));
        QVERIFY(!gone->has_value());
        for (const char* const other : {"{\"errors\": [\"Not found: /jobs/j1\"]}", "<html>404 Job</html>"}) {
            said = other;
            QVERIFY2(wordsFor(rest.find("j1")).find("HTTP 404") != std::string::npos, other);
        }
    }

    void savepoints() {
        std::string savepoint = "{\"status\": {\"id\": \"IN_PROGRESS\"}, \"operation\": null}";
        std::string last = "null";
        FakeServer fake([&](const FakeRequest& request) {
            if (request.line == "POST /jobs/j1/stop") return answer("{\"request-id\": \"r1\"}", 202);
            if (request.line == "GET /jobs/j1/savepoints/r1") return answer(savepoint);
            if (request.line == "GET /jobs/j1/checkpoints")
                return answer(
                    fmt::format("{{\"latest\": {{\"completed\": null, \"savepoint\": {}}}}}", last));
            if (request.line == "GET /jobs/j2")
                return answer("{\"state\": \"FINISHED\", \"end-time\": 1700000000000}");
            return answer("{\"state\": \"RUNNING\", \"end-time\": -1}");
        });
        FlinkRest rest(serverOf(fake));
        QCOMPARE(wordsFor(rest.stopJob("j1")), std::string("ok"));
        const auto request = rest.stopJob("j1", "file:/savepoints");
        QVERIFY(request.ok() && *request == "r1");
        QCOMPARE(fake.requests()[0].body, std::string("{\"drain\":false}"));
        QCOMPARE(fake.requests()[1].body,
                 std::string("{\"drain\":false,\"targetDirectory\":\"file:/savepoints\"}"));
        QVERIFY(!rest.savepoint("j1", "r1")->done);
        savepoint =
            "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {\"failure-cause\": {\"stack-trace\": "
            "\"a.B: x\\n\\tat a\\nCaused by: a.B: no folder\\n\\tat a\"}}}";
        const auto failure = rest.savepoint("j1", "r1");
        QCOMPARE(wordsFor(failure), std::string("ok"));
        QVERIFY(failure->done && failure->path.empty() && failure->cause == "no folder");
        savepoint = "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {\"location\": \"file:/s\"}}";
        const auto made = rest.savepoint("j1", "r1");
        QVERIFY(made.ok() && made->done && made->path == "file:/s");
        savepoint = "{\"status\": {\"id\": \"COMPLETED\"}}";
        QVERIFY(!rest.savepoint("j1", "r1").ok());

        QVERIFY(rest.lastSavepoint("j1")->empty());
        last = "{\"checkpoint_type\": \"SAVEPOINT\", \"external_path\": \"file:/s\"}";
        QVERIFY(rest.lastSavepoint("j1")->empty());
        last = "{\"checkpoint_type\": \"SYNC_SAVEPOINT\", \"external_path\": \"file:/s\"}";
        QCOMPARE(*rest.lastSavepoint("j1"), std::string("file:/s"));
        QVERIFY(rest.job("j2")->over == 1'700'000'000'000 && rest.job("j3")->over == 0);
    }

    /// Whether a stop was taken is known only when the JobManager says that it was not.
    void aStopThatIsRefused() {
        FakeAnswer said = answer("{\"errors\": [\"Config key [state.savepoints.dir] is not set\"]}", 400);
        FakeServer fake([&](const FakeRequest&) { return said; });
        FlinkRest rest(serverOf(fake));
        QVERIFY(rest.stopJob("j1").error().code == ErrorCode::Invalid);
        said = {};
        QVERIFY(rest.stopJob("j1").error().code == ErrorCode::Io);
        QCOMPARE(fake.requests().size(), std::size_t{2});
    }

    void whenItBeganAnew() {
        FakeServer fake([](const FakeRequest& request) {
            return answer(request.line == "GET /jobs/j1"
                              ? "{\"state\": \"RUNNING\", \"timestamps\": {\"RUNNING\": 7, \"CREATED\": 5}}"
                              : "{\"state\": \"RUNNING\", \"timestamps\": [7]}");
        });
        FlinkRest rest(serverOf(fake));
        QVERIFY(rest.job("j1")->runsSince == 7 && rest.job("j2")->runsSince == 0);
    }

    void idsThatCanStandInAPath() {
        for (const char* id : {"0af3", "application_17-3", "a"}) QVERIFY2(isJobId(id), id);
        for (const char* none : {"", "..", "a/b", "a?b", "a b", "a\n", "ü"}) QVERIFY2(!isJobId(none), none);
        QVERIFY(!isJobId(std::string(1'000, 'a')));
    }
};

QTEST_APPLESS_MAIN(TestFlinkRest)
#include "test_flink_rest.moc"

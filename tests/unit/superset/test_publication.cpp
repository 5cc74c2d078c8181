// Publishing to a Superset that is played: what is sent, what is replaced, and all the ways in which it
// fails.
#include "core/superset/publication.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/worlds/superset_world.h"
#include "tests/support/worlds/wire_badness.h"
#include "tests/unit/superset/published.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Bars stored in SQLite, a table stored in the PostgreSQL “pg” as well.
Bundled shopCharts(const SupersetWorld& world) {
    return bundled(
        shops(", {\"id\": \"bars\", \"type\": \"bar_chart\", \"params\": {\"category\": \"shop\", \"value\": "
              "\"total\"}},"
              " {\"id\": \"few\", \"type\": \"limit\", \"params\": {\"count\": 2}},"
              " {\"id\": \"there\", \"type\": \"sql_sink\", \"params\": {\"connection\": \"pg\", \"table\": "
              "\"few\"}},"
              " {\"id\": \"table\", \"type\": \"table_view\", \"params\": {}}",
              ", {\"from\": \"per_shop\", \"to\": \"bars\"}, {\"from\": \"sales\", \"to\": \"few\"},"
              " {\"from\": \"few\", \"to\": \"there\"}, {\"from\": \"few\", \"to\": \"table\"}"),
        world.connections());
}

PublishRequest requestTo(const SupersetWorld& world, const std::string& password = SupersetWorld::kPassword) {
    PublishRequest request;
    request.connections = world.connections(password);
    request.connection = "bi";
    return request;
}

std::string wordsOf(const Status& status) {
    return status.ok() ? std::string("success") : english(status.error());
}

/// The error of a publication.
Status failureOf(const SupersetWorld& world) {
    const Bundled made = shopCharts(world);
    return publishToSuperset(made.bundle, requestTo(world)).status();
}

}  // namespace

class TestPublication : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void allOfItArrives() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        QCOMPARE(made.bundle.objects.size(), std::size_t{7});
        std::vector<std::string> steps;
        PublishRequest request = requestTo(world);
        request.tell = [&steps](const Text& step) { steps.push_back(english(step)); };
        const Result<Published> done = publishToSuperset(made.bundle, request);
        QVERIFY2(done.ok(), wordsOf(done.status()).c_str());
        QCOMPARE(world.imported(), made.bundle.zip());
        QCOMPARE(done->before.added.size(), std::size_t{7});
        QVERIFY(done->before.replaced.empty() && done->warnings.empty());
        QCOMPARE(done->link, world.address() + "/superset/dashboard/" + made.bundle.slug + "/");
        QCOMPARE(world.count("chart"), std::size_t{2});
        QCOMPARE(steps.size(), std::size_t{4});
        const FakeRequest import = world.requestsOf("POST /api/v1/assets/import/").front();
        QVERIFY(import.head.find("Referer: " + world.address() + "/") != std::string::npos);
        std::size_t read = 0;
        for (const FakeRequest& each : world.requestsOf("GET /api/v1/chart/"))
            read += each.line.find("/data/") != std::string::npos ? 1 : 0;
        QCOMPARE(read, std::size_t{2});
    }

    /// The same names: nothing is there twice.
    void aSecondOneReplacesTheFirst() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        QVERIFY(publishToSuperset(made.bundle, requestTo(world)).ok());
        const Result<Published> again = publishToSuperset(made.bundle, requestTo(world));
        QVERIFY2(again.ok(), wordsOf(again.status()).c_str());
        QCOMPARE(again->before.replaced.size(), std::size_t{7});
        QVERIFY(again->before.added.empty());
        QCOMPARE(world.count("chart"), std::size_t{2});
        QCOMPARE(world.count("dashboard"), std::size_t{1});
    }

    void theDatabasesPasswordGoesOnce() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        const Result<SupersetFindings> found = lookAtSuperset(made.bundle, requestTo(world));
        QVERIFY(found.ok());
        QCOMPARE(found->passwords, std::vector<std::string>{"pg"});
        for (const FakeRequest& request : world.requests())
            QVERIFY(request.body.find(SupersetWorld::kDatabasePassword) == std::string::npos);
        QVERIFY(publishToSuperset(made.bundle, requestTo(world)).ok());
        QVERIFY(publishToSuperset(made.bundle, requestTo(world)).ok());
        const std::vector<FakeRequest> imports = world.requestsOf("POST /api/v1/assets/import/");
        QCOMPARE(imports.size(), std::size_t{2});
        const auto postgresql =
            std::find_if(made.bundle.databases.begin(), made.bundle.databases.end(),
                         [](const SupersetDatabase& database) { return database.connection == "pg"; });
        QVERIFY(postgresql != made.bundle.databases.end());
        QVERIFY(imports[0].body.find("{\"" + postgresql->file + "\":\"" + SupersetWorld::kDatabasePassword +
                                     "\"}") != std::string::npos);
        QVERIFY(imports[1].body.find(SupersetWorld::kDatabasePassword) == std::string::npos);
    }

    void aLookChangesNothing() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        const Result<SupersetFindings> found = lookAtSuperset(made.bundle, requestTo(world));
        QVERIFY2(found.ok(), wordsOf(found.status()).c_str());
        QCOMPARE(found->added.size(), std::size_t{7});
        QCOMPARE(world.requestsOf("POST").size(), std::size_t{1});  // the sign-in
    }

    /// Others may publish between a look and the publication.
    void nothingMoreIsReplacedThanWasAgreedTo() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        QVERIFY(publishToSuperset(made.bundle, requestTo(world)).ok());
        PublishRequest request = requestTo(world);
        request.agreed.emplace();
        const Status refused = publishToSuperset(made.bundle, request).status();
        QVERIFY(!refused.ok() && refused.error().code == ErrorCode::Refused);
        QCOMPARE(world.requestsOf("POST /api/v1/assets/import/").size(), std::size_t{1});
        for (const SupersetObject& object : made.bundle.objects) request.agreed->push_back(object.uuid);
        QVERIFY(publishToSuperset(made.bundle, request).ok());
    }

    void aWrongPasswordLeadsToItsField() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        const Status status = publishToSuperset(made.bundle, requestTo(world, "guessed")).status();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Denied);
        QCOMPARE(status.error().param, std::string("password"));
        QVERIFY(wordsOf(status).find("guessed") == std::string::npos);
        QVERIFY(world.imported().empty());
    }

    void failuresSayWhatToDo_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("told");
        QTest::addColumn<QByteArray>("diagnosis");
        QTest::addColumn<QByteArray>("said");
        const auto fault = [](const char* words) {
            return QByteArray(
                       "{\"errors\":[{\"message\":\"Error importing\",\"extra\":{\"databases/x.yaml\":\"") +
                   words + "\"}}]}";
        };
        QTest::newRow("422") << 422 << fault("Not a valid UUID.") << 422 << QByteArray("{}")
                             << QByteArray("refuses the bundle: Not a valid UUID.");
        QTest::newRow("422 of SQLite")
            << 422 << fault("SQLiteDialect_pysqlite cannot be used as a data source for security reasons.")
            << 422 << QByteArray("{}") << QByteArray("PREVENT_UNSAFE_DB_CONNECTIONS = False");
        QTest::newRow("422 of a password") << 422 << fault("Must provide a password for the database") << 422
                                           << QByteArray("{}") << QByteArray("its password");
        QTest::newRow("422 that repeats a password")
            << 422 << fault("Can't reach postgresql://rill:marker-of-the-database@db") << 422
            << QByteArray("{}") << QByteArray("Can't reach postgresql://rill:\xe2\x80\xa6@db");
        QTest::newRow("500, told by the other import")
            << 500 << QByteArray("{\"message\":\"Error\"}") << 422
            << fault("Dashboard already exists and `overwrite=true` was not passed")
            << QByteArray("Rename or delete it");
        QTest::newRow("500, and no reason") << 500 << QByteArray("<html>500</html>") << 500
                                            << QByteArray("<html>500</html>") << QByteArray("HTTP 500");
        QTest::newRow("500, and the other one takes it")
            << 500 << QByteArray("{}") << 200 << QByteArray("{}") << QByteArray("left charts");
        QTest::newRow("403") << 403 << QByteArray("{\"message\":\"Forbidden\"}") << 422 << QByteArray("{}")
                             << QByteArray("role Admin");
        QTest::newRow("400 of CSRF")
            << 400
            << QByteArray("{\"errors\":[{\"message\":\"400 Bad Request: The CSRF token is missing.\"}]}")
            << 422 << QByteArray("{}") << QByteArray("takes its cookies away");
        QTest::newRow("413, a page") << 413 << QByteArray("<html><h1>Too large</h1></html>") << 422
                                     << QByteArray("{}") << QByteArray("HTTP 413: Too large");
    }

    void failuresSayWhatToDo() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, told);
        QFETCH(QByteArray, diagnosis);
        QFETCH(QByteArray, said);
        SupersetFaults faults;
        faults.importStatus = status;
        faults.importBody = body.toStdString();
        faults.diagnosisStatus = told;
        faults.diagnosisBody = diagnosis.toStdString();
        const SupersetWorld world(faults);
        const std::string words = wordsOf(failureOf(world));
        QVERIFY2(words.find(said.toStdString()) != std::string::npos, words.c_str());
        QVERIFY(words.find(SupersetWorld::kDatabasePassword) == std::string::npos);
    }

    /// A token goes to no other place, and a page to log in is not taken for a success.
    void aRedirectIsNoSuccess() {
        SupersetFaults faults;
        faults.forgetsCookie = true;
        const SupersetWorld world(faults);
        const std::string words = wordsOf(failureOf(world));
        QVERIFY2(words.find("/login/") != std::string::npos, words.c_str());
        QVERIFY(world.requestsOf("GET /login").empty());
    }

    void pagesAreNoJson() {
        SupersetFaults faults;
        faults.answersPages = true;
        const SupersetWorld world(faults);
        QVERIFY(!failureOf(world).ok());
    }

    void whatIsLostIsNoticed() {
        SupersetFaults faults;
        faults.loses = true;
        const SupersetWorld world(faults);
        const std::string words = wordsOf(failureOf(world));
        QVERIFY2(words.find("is not there") != std::string::npos, words.c_str());
    }

    /// Before the first run there is no table.
    void chartsThatCantBeReadAreWarnings() {
        SupersetFaults faults;
        faults.unreadable = "no such table: per shop";
        const SupersetWorld world(faults);
        const Bundled made = shopCharts(world);
        const Result<Published> done = publishToSuperset(made.bundle, requestTo(world));
        QVERIFY2(done.ok(), wordsOf(done.status()).c_str());
        QCOMPARE(done->warnings.size(), std::size_t{2});
        QVERIFY(english(done->warnings.front()).find("no such table") != std::string::npos);
    }

    void itIsCancelledSoon() {
        SupersetFaults faults;
        faults.hangs = true;
        SupersetWorld world(faults);
        const Bundled made = shopCharts(world);
        std::atomic<bool> cancelled{false};
        PublishRequest request = requestTo(world);
        request.cancelled = &cancelled;
        Status ended;
        QElapsedTimer since;
        std::thread publishing([&] { ended = publishToSuperset(made.bundle, request).status(); });
        world.awaitRequests(7);  // the sign-in, the CSRF token, four lists and the import
        since.start();
        cancelled = true;
        publishing.join();
        QVERIFY(!ended.ok() && ended.error().code == ErrorCode::Cancelled);
        QVERIFY2(since.elapsed() < 20'000, qPrintable(QString::number(since.elapsed())));
    }

    void aBadLinePublishesAllOrSaysWhy_data() {
        QTest::addColumn<int>("badness");
        for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i)
            QTest::newRow(kBadnesses[i].name) << i;
    }
    void aBadLinePublishesAllOrSaysWhy() {
        QFETCH(const int, badness);
        const SupersetWorld world;
        BadWire wire(world.address());
        const Bundled made = shopCharts(world);
        PublishRequest request = requestTo(world);
        request.connections = world.connections(SupersetWorld::kPassword, wire.address());
        {
            const Disturbance disturbance({&wire}, kBadnesses[badness]);
            while (!disturbance.isOver()) {
                const Status status = publishToSuperset(made.bundle, request).status();
                QVERIFY2(status.ok() || !status.error().fix.empty(), wordsOf(status).c_str());
                QVERIFY(wordsOf(status).find(SupersetWorld::kDatabasePassword) == std::string::npos);
                if (status.ok()) QCOMPARE(world.imported(), made.bundle.zip());
            }
        }
        const Result<Published> done = publishToSuperset(made.bundle, request);
        QVERIFY2(done.ok(), wordsOf(done.status()).c_str());
        QVERIFY(wire.came() > 0);
        QCOMPARE(world.imported(), made.bundle.zip());
        QCOMPARE(world.count("chart"), std::size_t{2});
        QCOMPARE(world.count("dashboard"), std::size_t{1});
    }

    void theConnectionMustLeadToASuperset() {
        const SupersetWorld world;
        const Bundled made = shopCharts(world);
        PublishRequest request = requestTo(world);
        request.connection = "pg";
        const Status other = lookAtSuperset(made.bundle, request).status();
        QVERIFY(!other.ok() && other.error().code == ErrorCode::Invalid);
        request.connection = "nobody";
        QVERIFY(!lookAtSuperset(made.bundle, request).ok());
        QVERIFY(world.requests().empty());
    }
};

QTEST_APPLESS_MAIN(TestPublication)
#include "test_publication.moc"

// A secret that nothing holds, typed at the terminal: it is not shown, reaches the service and nothing else,
// and the terminal is as before however the question ends.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "tests/cli/program_fixture.h"
#include "tests/cli/repeating_server.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;
using rw::testing::RepeatingServer;

namespace {

const QByteArray kTyped = "tq8ZrTyped41";
const char* const kUnset = "RW_TYPED_SECRET_UNSET";

/// A terminal with the program on its other side.
class Terminal {
 public:
    Terminal() : m_ours(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) {
        if (m_ours < 0 || ::grantpt(m_ours) != 0 || ::unlockpt(m_ours) != 0) qFatal("no terminal");
        m_theirs = ::open(::ptsname(m_ours), O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (m_theirs < 0) qFatal("no terminal");
    }
    ~Terminal() {
        ::close(m_theirs);
        ::close(m_ours);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// In the child: it is the terminal of its own session, its standard input and its standard error.
    std::function<void()> attach() const {
        return [theirs = m_theirs] {
            ::setsid();
            ::ioctl(theirs, TIOCSCTTY, 0);
            ::dup2(theirs, STDIN_FILENO);
            ::dup2(theirs, STDERR_FILENO);
        };
    }
    bool showsTyping() const {
        termios now{};
        return ::tcgetattr(m_theirs, &now) == 0 && (now.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    void type(const QByteArray& keys) const {
        if (::write(m_ours, keys.constData(), static_cast<std::size_t>(keys.size())) != keys.size())
            qFatal("the terminal takes no keys");
    }
    /// All that it has shown so far.
    const QByteArray& shown() {
        char some[4'096];
        for (ssize_t count = 0; (count = ::read(m_ours, some, sizeof some)) > 0;)
            m_shown.append(some, static_cast<qsizetype>(count));
        return m_shown;
    }

 private:
    int m_ours, m_theirs = -1;
    QByteArray m_shown{};
};

/// The target “prod”, whose token nothing holds, job.rill, which may be sent there, and the record of the job
/// aa01, which runs there as far as is known.
void writeTarget(const ProgramFixture& fixture, const QByteArray& address) {
    const QByteArray url = "\"http://" + address + "\"";
    fixture.write(
        QStringLiteral(".config/rillwright/targets.json"),
        "{\"targets\": [{\"name\": \"prod\", \"engine\": \"flink\", \"flink\": {\"gateway\": " + url +
            ", \"job_manager\": " + url + ", \"token\": {\"environment\": \"" + kUnset + "\"}}}]}");
    if (!QDir().mkpath(fixture.path(QStringLiteral(".data/rillwright/deployments")))) qFatal("no folder");
    fixture.write(
        QStringLiteral(".data/rillwright/deployments/aa01.json"),
        "{\"deployment\": 1, \"started\": 5, \"job\": \"aa01\", \"target\": \"prod\", \"engine\": "
        "\"flink\", \"state\": \"RUNNING\", \"ended\": 0, \"pipeline\": {\"rill\": 1, \"nodes\": []}}");
    fixture.write(QStringLiteral("in.csv"), "n\n1\n");
    fixture.write(QStringLiteral("job.rill"),
                  "{\"rill\": 1, \"name\": \"Numbers\", \"nodes\": ["
                  "{\"id\": \"in\", \"type\": \"csv_source\", \"params\": {\"path\": \"in.csv\", "
                  "\"columns\": [\"n INT\"]}}, "
                  "{\"id\": \"out\", \"type\": \"csv_sink\", \"params\": {\"path\": \"out.csv\"}}], "
                  "\"wires\": [{\"from\": \"in\", \"to\": \"out\"}]}");
}

}  // namespace

class TestTypedSecrets : public QObject {
    Q_OBJECT

    std::unique_ptr<ProgramFixture> m_fixture;
    std::unique_ptr<RepeatingServer> m_server;

    static QStringList words() { return {"run", "p.rill", "--allow-connections", "api"}; }

    /// A command that needs the token of “prod” asks for it, and the person types none.
    void answerWithNothing(const QStringList& words, Terminal& terminal, Ended& ended) const {
        writeTarget(*m_fixture, m_server->address());
        const auto process = m_fixture->begin(words, terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        QVERIFY2(terminal.shown().contains("the target “prod”") && terminal.shown().contains(kUnset),
                 terminal.shown().constData());
        terminal.type("\n");
        ended = ProgramFixture::ended(*process);
    }

 private Q_SLOTS:
    void initTestCase() { qunsetenv(kUnset); }
    void init() {
        m_fixture = std::make_unique<ProgramFixture>();
        m_server = std::make_unique<RepeatingServer>(kTyped);
        QVERIFY(QDir().mkpath(m_fixture->path(QStringLiteral(".config/rillwright"))));
        m_fixture->write(
            QStringLiteral(".config/rillwright/connections.json"),
            "{\"connections\": [{\"name\": \"api\", \"kind\": \"http\", \"fields\": {\"address\": "
            "\"http://" +
                m_server->address() + "\"}, \"secrets\": {\"token\": {\"environment\": \"" + kUnset +
                "\"}}}]}");
        m_fixture->write(QStringLiteral("p.rill"), R"({"rill": 1, "nodes": [
            {"id": "g", "type": "generator", "params": {"columns": ["n BIGINT = i"], "rows": 1}},
            {"id": "post", "type": "http_sink", "params": {"connection": "api", "path": "in"}}],
            "wires": [{"from": "g", "to": "post"}]})");
    }

    void itIsTypedAndReachesTheService() {
        Terminal terminal;
        const auto process = m_fixture->begin(words(), terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        QVERIFY2(terminal.shown().contains("post needs ") && terminal.shown().contains(kUnset),
                 terminal.shown().constData());
        QVERIFY(!terminal.showsTyping());
        QCOMPARE(m_server->clients(), 0);  // nothing began yet
        terminal.type(kTyped + '\n');
        const Ended ended = ProgramFixture::ended(*process);
        QCOMPARE(ended.status, 1);  // the server refuses everybody
        QVERIFY(m_server->shown() > 0);
        QVERIFY2(!terminal.shown().contains(kTyped) && !ended.out.contains(kTyped),
                 terminal.shown().constData());
        QVERIFY(terminal.showsTyping());
    }

    void nothingTypedRunsNothing() {
        Terminal terminal;
        const auto process = m_fixture->begin(words(), terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        terminal.type("\n");
        QCOMPARE(ProgramFixture::ended(*process).status, 2);
        QVERIFY2(terminal.shown().contains("not run: you did not type"), terminal.shown().constData());
        QCOMPARE(m_server->clients(), 0);
        QVERIFY(terminal.showsTyping());
    }

    void theEndOfInputRunsNothing() {
        Terminal terminal;
        const auto process = m_fixture->begin(words(), terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        terminal.type("\x04");
        QCOMPARE(ProgramFixture::ended(*process).status, 2);
        QVERIFY(terminal.showsTyping());
    }

    /// By the signal, as a shell expects: there is no word of a secret that was not typed, nor any result.
    void ctrlCEndsItAndTheTerminalShowsTypingAgain_data() {
        QTest::addColumn<QStringList>("words");
        const QStringList deploy{"deploy", "job.rill", "--target", "prod"};
        QTest::newRow("run") << words();
        QTest::newRow("deploy") << deploy;
        QTest::newRow("json") << deploy + QStringList{"--json"};
        QTest::newRow("check") << deploy + QStringList{"--dry-run"};
        QTest::newRow("compare") << QStringList{"compare", "job.rill", "--targets", "embedded,prod"};
        QTest::newRow("connection") << QStringList{"connections", "test", "api"};
        QTest::newRow("cancel") << QStringList{"cancel", "aa01"};
        QTest::newRow("jobs") << QStringList{"jobs"};
        QTest::newRow("targets") << QStringList{"targets", "--json"};
    }
    void ctrlCEndsItAndTheTerminalShowsTypingAgain() {
        QFETCH(QStringList, words);
        writeTarget(*m_fixture, m_server->address());
        Terminal terminal;
        const auto process = m_fixture->begin(words, terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        QVERIFY(!terminal.showsTyping());
        terminal.type(kTyped.left(4) + "\x03");
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitStatus(), QProcess::CrashExit);
        QCOMPARE(process->exitCode(), SIGINT);
        QVERIFY2(!terminal.shown().contains("did not type"), terminal.shown().constData());
        QCOMPARE(process->readAllStandardOutput(), QByteArray());
        QVERIFY(terminal.showsTyping());
        QCOMPARE(m_server->clients(), 0);
    }

    void aTestOfAConnectionAsksForItsSecret() {
        const QStringList test{"connections", "test", "api"};
        Terminal terminal;
        const auto process = m_fixture->begin(test, terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        QVERIFY2(terminal.shown().contains("is needed") && terminal.shown().contains(kUnset),
                 terminal.shown().constData());
        QCOMPARE(m_server->clients(), 0);
        terminal.type(kTyped + '\n');
        const Ended ended = ProgramFixture::ended(*process);
        QCOMPARE(ended.status, 1);  // the server refuses everybody
        QVERIFY(m_server->shown() > 0);
        QVERIFY2(!terminal.shown().contains(kTyped) && !ended.out.contains(kTyped),
                 terminal.shown().constData());
        // Without a terminal the test says what the connection lacks.
        const Ended alone = m_fixture->run(test);
        QVERIFY2(alone.status == 1 && alone.err.contains(kUnset), describe(alone).constData());
        QVERIFY2(!alone.err.contains("Type it"), describe(alone).constData());
    }

    /// The token of the cluster; nothing is sent before it is typed.
    void aClusterIsAskedForNothingWithoutItsToken_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("undone");
        QTest::newRow("deploy") << QStringList{"deploy", "job.rill", "--target", "prod"}
                                << QByteArray("not deployed");
        QTest::newRow("json") << QStringList{"deploy", "job.rill", "--target", "prod", "--json"}
                              << QByteArray("not deployed");
        QTest::newRow("check") << QStringList{"deploy", "job.rill", "--target", "prod", "--dry-run"}
                               << QByteArray("not checked");
        QTest::newRow("compare") << QStringList{"compare", "job.rill", "--targets", "embedded,prod"}
                                 << QByteArray("not compared");
        QTest::newRow("cancel") << QStringList{"cancel", "aa01"} << QByteArray("not cancelled");
        QTest::newRow("savepoint") << QStringList{"cancel", "aa01", "--savepoint"}
                                   << QByteArray("not cancelled");
    }
    void aClusterIsAskedForNothingWithoutItsToken() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, undone);
        Terminal terminal;
        Ended ended;
        answerWithNothing(words, terminal, ended);
        QCOMPARE(ended.status, 2);
        QVERIFY2(terminal.shown().contains(undone + ": you did not type"), terminal.shown().constData());
        const QJsonObject told = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(told.isEmpty(), !words.contains(QStringLiteral("--json")));
        QVERIFY2(told.isEmpty() || told["error"].toString().contains(QStringLiteral("not typed")),
                 ended.out.constData());
        QCOMPARE(m_server->clients(), 0);
        QVERIFY(terminal.showsTyping());
    }

    void theTypedTokenReachesTheCluster_data() {
        QTest::addColumn<QStringList>("words");
        const QStringList deploy{"deploy", "job.rill", "--target", "prod"};
        QTest::newRow("deploy") << deploy;
        QTest::newRow("json") << deploy + QStringList{"--json"};
        QTest::newRow("check") << deploy + QStringList{"--dry-run"};
        QTest::newRow("cancel") << QStringList{"cancel", "aa01"};
        QTest::newRow("jobs") << QStringList{"jobs"};
        QTest::newRow("targets") << QStringList{"targets"};
    }
    void theTypedTokenReachesTheCluster() {
        QFETCH(QStringList, words);
        writeTarget(*m_fixture, m_server->address());
        Terminal terminal;
        const auto process = m_fixture->begin(words, terminal.attach());
        QTRY_VERIFY2_WITH_TIMEOUT(terminal.shown().contains("Type it"), terminal.shown().constData(), 60'000);
        QCOMPARE(m_server->clients(), 0);
        terminal.type(kTyped + '\n');
        const Ended ended = ProgramFixture::ended(*process);
        QCOMPARE(ended.status, 1);  // the cluster refuses everybody
        QVERIFY(m_server->shown() > 0);
        QVERIFY2(!terminal.shown().contains(kTyped) && !ended.out.contains(kTyped),
                 terminal.shown().constData());
        QVERIFY2(terminal.shown().contains(m_server->address()), terminal.shown().constData());
        if (words.contains(QStringLiteral("--json"))) {
            QVERIFY2(QJsonDocument::fromJson(ended.out).isObject(), ended.out.constData());
        } else if (words.first() == QStringLiteral("jobs")) {
            QVERIFY2(ended.out.contains("aa01  RUNNING (last known)"), ended.out.constData());
        } else if (words.first() == QStringLiteral("targets")) {
            QVERIFY2(ended.out.contains("\nprod "), ended.out.constData());
        } else {
            QVERIFY2(ended.out.isEmpty(), ended.out.constData());
        }
        QDirIterator files(m_fixture->path(QStringLiteral(".")), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            const bool keepsIt = file.open(QIODevice::ReadOnly) && file.readAll().contains(kTyped);
            QVERIFY2(!keepsIt, qPrintable(file.fileName()));
        }
    }

    /// What is known of it is listed all the same, and the others are asked for.
    void aListLeavesOutAClusterWithoutItsToken_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("jobs") << QStringList{"jobs"};
        QTest::newRow("targets") << QStringList{"targets"};
    }
    void aListLeavesOutAClusterWithoutItsToken() {
        QFETCH(QStringList, words);
        Terminal terminal;
        Ended ended;
        answerWithNothing(words, terminal, ended);
        QCOMPARE(ended.status, 1);
        QVERIFY2(terminal.shown().contains("not asked: you did not type"), terminal.shown().constData());
        QVERIFY2(ended.out.contains("prod"), ended.out.constData());
        QCOMPARE(m_server->clients(), 0);
        QVERIFY(terminal.showsTyping());
    }

    /// Its cluster did not know it any more: that it can't be asked for is no news.
    void nobodyIsAskedForTheSakeOfAJobThatIsOver() {
        writeTarget(*m_fixture, m_server->address());
        const QString record = QStringLiteral(".data/rillwright/deployments/aa01.json");
        m_fixture->write(record, m_fixture->read(record).replace("\"ended\": 0", "\"ended\": 9"));
        Terminal terminal;
        const Ended ended = ProgramFixture::ended(*m_fixture->begin({"jobs"}, terminal.attach()));
        QCOMPARE(ended.status, 0);
        QVERIFY2(!terminal.shown().contains("Type it"), terminal.shown().constData());
        QVERIFY2(ended.out.contains("aa01  GONE"), ended.out.constData());
    }

    void withoutATerminalTheRunSaysWhatItLacks() {
        const Ended ended = m_fixture->run(words());
        QVERIFY2(ended.status == 1 && ended.err.contains("lacks its token") && ended.err.contains(kUnset),
                 describe(ended).constData());
        QVERIFY2(!ended.err.contains("Type it"), describe(ended).constData());
        QCOMPARE(m_server->shown(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTypedSecrets)
#include "test_typed_secrets.moc"

// The offer of a server on this computer, with a script in place of app/server: what is shown, started,
// cancelled, connected and stopped.
#include "widgets/servers/servers_bar.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/unfinished.h"
#include "widgets/servers/server_script.h"
#include "widgets/servers/servers_menu.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Shown = ServersBar::Shown;

/// Something that answers on this computer.
class Answering {
 public:
    Answering() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        (void)::bind(m_socket, reinterpret_cast<const sockaddr*>(&place), sizeof place);
        (void)::listen(m_socket, 16);
        socklen_t size = sizeof place;
        (void)::getsockname(m_socket, reinterpret_cast<sockaddr*>(&place), &size);
        address = "127.0.0.1:" + std::to_string(ntohs(place.sin_port));
    }
    ~Answering() { ::close(m_socket); }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;

    std::string address{};

 private:
    const int m_socket;
};

class Fixture {
 public:
    explicit Fixture(bool withScript = true) {
        QFile file(path("server"));
        if (!file.open(QIODevice::WriteOnly)) return;
        file.write(
            "#!/bin/bash\n"
            "cd \"${0%/*}\"\n"
            "trap 'echo ended >> calls; exit 1' TERM\n"
            "echo \"$1 $2\" >> calls\n"
            "[ \"$2\" = up ] || exit 0\n"
            "echo \"Starting $1\" >&2\n"
            "while [ -f hold ]; do sleep 0.05; done\n"
            "[ ! -f fail ] || { echo 'app/server: is there a network?' >&2; exit 1; }\n"
            "echo \"address $(cat address)\"; echo 'pid 1'\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        starter = std::make_unique<ServerStarter>(connections, withScript ? path("server") : QString());
        bar = std::make_unique<ServersBar>(document, *starter);
    }

    QString path(const char* name) const { return folder.filePath(QLatin1String(name)); }
    void write(const char* name, const std::string& text = {}) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.c_str());
    }
    QStringList calls() const {
        QFile file(path("calls"));
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    void need(const char* type, const char* connection) {
        document.addNode({type, Json{{"connection", connection}}, {}}, {});
    }
    /// What is said of each connection.
    std::vector<Issue> ofConnections() const {
        std::vector<Issue> found;
        for (const Issue& issue : document.issues()) {
            if (issue.param == "connection") found.push_back(issue);
        }
        return found;
    }
    bool waits() const { return !ofConnections().empty() && waitsForOffers(ofConnections()); }
    QString title() const { return bar->findChild<QLabel*>(QStringLiteral("serversTitle"))->text(); }
    QString words() const { return bar->findChild<QLabel*>(QStringLiteral("serversWords"))->text(); }
    void press(const char* button) const { bar->findChild<QAbstractButton*>(QLatin1String(button))->click(); }

    QTemporaryDir folder{};
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    ConnectionList connections{document, environmentSecret, path("connections.json").toStdString()};
    std::unique_ptr<ServerStarter> starter{};
    std::unique_ptr<ServersBar> bar{};
};

}  // namespace

class TestServersBar : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aPipelineWithoutServersIsOfferedNone() {
        Fixture window;
        window.need("kafka_source", "shop-kafka");
        QTRY_VERIFY(window.document.isValidated());
        QCOMPARE(window.bar->shown(), Shown::Nothing);
        QVERIFY(window.bar->isHidden());
    }

    void oneIsStartedAndConnected() {
        const Answering server;
        Fixture window;
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        QVERIFY2(window.title().contains(QLatin1String("Kafka")), qPrintable(window.title()));
        QVERIFY(window.words().contains(QLatin1String("Maven")));
        QVERIFY(window.calls().isEmpty());  // nobody was asked yet
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QCOMPARE(window.calls(), QStringList{"kafka up"});
        const Connection* const made = window.connections.named("local_kafka");
        QVERIFY(made != nullptr);
        QCOMPARE(made->fields.at("address"), server.address);
        QVERIFY(window.words().contains(QString::fromStdString(server.address)));
        window.press("serversAct");
        QTRY_COMPARE(window.calls(), (QStringList{"kafka up", "kafka down"}));
        QTRY_COMPARE(window.bar->shown(), Shown::Nothing);
        QVERIFY(window.connections.named("local_kafka") != nullptr);
    }

    void severalAreStartedOneAfterTheOther() {
        const Answering server;
        Fixture window;
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        window.need("sql_sink", "local_postgresql");
        QTRY_VERIFY(window.title().contains(QLatin1String("Kafka, PostgreSQL")));
        QCOMPARE(window.bar->command().count(QLatin1String(" && ")), 1);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QCOMPARE(window.calls(), (QStringList{"kafka up", "postgresql up"}));
        QVERIFY(window.connections.named("local_postgresql") != nullptr);
    }

    void whatIsOfferedIsSaidInItsNumber() {
        Fixture window;
        window.need("kafka_source", "local_kafka");
        QTRY_VERIFY2(window.words().startsWith(QLatin1String("It answers")), qPrintable(window.words()));
        window.need("sql_sink", "local_postgresql");
        QTRY_VERIFY2(window.words().startsWith(QLatin1String("Both answer")), qPrintable(window.words()));
        window.need("mqtt_source", "local_mosquitto");
        QTRY_VERIFY2(window.words().startsWith(QLatin1String("They answer")), qPrintable(window.words()));
    }

    void runningOnesAreSaidInTheirNumber() {
        const Answering server;
        Fixture window;
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QVERIFY2(window.words().contains(QLatin1String("It goes on")), qPrintable(window.words()));
        window.need("sql_sink", "local_postgresql");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QVERIFY2(window.words().contains(QLatin1String("They go on")), qPrintable(window.words()));
    }

    /// Nobody has done anything wrong yet.
    void aConnectionThatIsOfferedIsNoError() {
        const Answering server;
        Fixture window;
        window.write("hold");
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        window.need("kafka_source", "shop-kafka");
        // Nothing brings the other. Before the bar has read of what is needed, neither is offered.
        const auto oneIsOffered = [&window] {
            const std::vector<Issue> both = window.ofConnections();
            return both.size() == 2 && both.front().offered != both.back().offered;
        };
        QTRY_VERIFY(oneIsOffered());
        window.document.startEmpty();
        window.need("kafka_source", "local_kafka");
        QTRY_VERIFY(window.waits());
        const Issue waits = window.ofConnections().front();
        QVERIFY(english(waits).find("Start it in the bar above") != std::string::npos);
        QVERIFY(waits.quickFixes.front().kind == QuickFix::Kind::TakeOffer);
        window.document.applyFix(waits, waits.quickFixes.front());
        QCOMPARE(window.bar->shown(), Shown::Starting);
        QTRY_VERIFY(window.waits() &&
                    english(window.ofConnections().front()).find("being started") != std::string::npos);
        QVERIFY(QFile::remove(window.path("hold")));
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QTRY_VERIFY(window.ofConnections().empty());
        QCOMPARE(window.calls(), QStringList{"kafka up"});
    }

    void whoClosesTheOfferHasAnError() {
        Fixture window;
        window.need("kafka_source", "local_kafka");
        QTRY_VERIFY(window.waits());
        window.press("serversClose");
        QTRY_VERIFY(!window.waits());
        QCOMPARE(window.ofConnections().size(), std::size_t{1});
        const Issue error = window.ofConnections().front();
        QVERIFY2(english(error).find("not known on this computer") != std::string::npos,
                 english(error).c_str());
    }

    void aStartThatFailedIsStillOffered() {
        Fixture window;
        window.write("fail");
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Failed);
        QTRY_VERIFY(window.waits());
        window.press("serversClose");
        QTRY_VERIFY(!window.waits());
    }

    void aStartShowsItsNewestLineAndIsCancelled() {
        Fixture window;
        window.write("hold");
        window.need("mqtt_source", "local_mosquitto");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QCOMPARE(window.bar->shown(), Shown::Starting);
        QTRY_COMPARE(window.words(), QStringLiteral("Starting mosquitto"));
        window.press("serversAct");
        QCOMPARE(window.bar->shown(), Shown::Needed);  // at once
        QTRY_COMPARE(window.calls(), (QStringList{"mosquitto up", "ended"}));
        QVERIFY(window.connections.named("local_mosquitto") == nullptr);
    }

    void closingTheWindowEndsAStart() {
        Fixture window;
        window.write("hold");
        window.need("mqtt_source", "local_mosquitto");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.calls(), QStringList{"mosquitto up"});
        window.bar.reset();
        window.starter.reset();
        QTRY_COMPARE(window.calls().size(), qsizetype{2});
    }

    void aFailureSaysWhyAndIsTriedAgain() {
        const Answering server;
        Fixture window;
        window.write("fail");
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Failed);
        QVERIFY2(window.words().contains(QLatin1String("is there a network?")), qPrintable(window.words()));
        window.press("serversCopy");
        QCOMPARE(QGuiApplication::clipboard()->text(), window.path("server") + QLatin1String(" kafka up"));
        QVERIFY(QFile::remove(window.path("fail")));
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
    }

    void oneThatIsAwayIsOfferedUntilItAnswers() {
        Fixture window;
        std::string gone;
        { gone = Answering().address; }
        const Connection away{"local_kafka", "kafka", {{"address", gone}, {"security", "plaintext"}}, {}};
        QVERIFY(window.connections.add(away).ok());
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        const Answering server;
        Connection here = away;
        here.fields["address"] = server.address;
        QVERIFY(window.connections.change(away, here).ok());
        window.bar->look();
        QTRY_COMPARE(window.bar->shown(), Shown::Nothing);
    }

    /// The port of a server may be another one than the last time.
    void aConnectionFollowsItsServer() {
        const Answering server;
        Fixture window;
        std::string gone;
        { gone = Answering().address; }
        QVERIFY(window.connections
                    .add({"local_kafka", "kafka", {{"address", gone}, {"security", "plaintext"}}, {}})
                    .ok());
        window.write("address", server.address);
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversAct");
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QCOMPARE(window.connections.named("local_kafka")->fields.at("address"), server.address);
    }

    void aConnectionToElsewhereIsOnesOwn() {
        Fixture window;
        QVERIFY(
            window.connections.add({"local_kafka", "kafka", {{"address", "broker.example:9092"}}, {}}).ok());
        window.need("kafka_source", "local_kafka");
        QTRY_VERIFY(window.document.isValidated());
        QCOMPARE(window.bar->shown(), Shown::Nothing);
    }

    void whoClosedItIsNotAskedAgain() {
        Fixture window;
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        window.press("serversClose");
        QCOMPARE(window.bar->shown(), Shown::Nothing);
        window.need("kafka_source", "local_kafka");
        QTRY_VERIFY(window.document.isValidated());
        QCOMPARE(window.bar->shown(), Shown::Nothing);
        window.document.startEmpty();
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
    }

    void withoutTheProgramTheCommandIsSaid() {
        Fixture window(false);
        window.need("kafka_source", "local_kafka");
        QTRY_COMPARE(window.bar->shown(), Shown::Needed);
        QVERIFY2(window.words().contains(QLatin1String("app/server kafka up")), qPrintable(window.words()));
        QSignalSpy wanted(&window.document, &PipelineDocument::connectionRequested);
        window.press("serversAct");
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("local_kafka"));
        QCOMPARE(wanted[0][1].toStringList(), QStringList{"kafka"});
        QTRY_VERIFY(window.waits());
        // It can't be started here: there is no button that says so.
        const Issue waits = window.ofConnections().front();
        for (const QuickFix& fix : waits.quickFixes) QVERIFY(fix.kind != QuickFix::Kind::TakeOffer);
    }

    void theMenuStartsAndStops() {
        const Answering server;
        Fixture window;
        window.write("address", server.address);
        ServersMenu menu(*window.starter);
        auto* const kafka = menu.findChild<QAction*>(QStringLiteral("kafka"));
        QVERIFY(kafka->text().contains(QLatin1String("Start")));
        kafka->trigger();
        QVERIFY(!kafka->isEnabled());
        QTRY_COMPARE(window.bar->shown(), Shown::Running);
        QVERIFY(kafka->isEnabled() && kafka->text().contains(QLatin1String("Stop")));
        kafka->trigger();
        QTRY_COMPARE(window.calls(), (QStringList{"kafka up", "kafka down"}));
    }

    void theProgramIsFoundBesideItsBuild() {
        const QTemporaryDir folder;
        const QDir top(folder.path());
        for (const char* const each : {"app", "build/release/app"}) QVERIFY(top.mkpath(QLatin1String(each)));
        const QString program = top.filePath(QStringLiteral("build/release/app"));
        QVERIFY(serverScript(program).isEmpty());
        for (const char* const each : {"app/server", "app/packages"}) {
            QFile file(top.filePath(QLatin1String(each)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        QCOMPARE(serverScript(program),
                 QFileInfo(top.filePath(QStringLiteral("app/server"))).canonicalFilePath());
    }
};

QTEST_MAIN(TestServersBar)
#include "test_servers_bar.moc"

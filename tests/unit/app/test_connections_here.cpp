// A node whose parameter names a connection, with the list of this computer: its form, its problems and its
// runs, in the window and on the command line.
#include <fcntl.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <fstream>

#include "app/cli/load.h"
#include "app/cli/parse.h"
#include "core/connect/connections/connection_file.h"
#include "core/launch/saved_here.h"
#include "core/secrets/typed_secrets.h"
#include "core/views/table_view.h"
#include "tests/support/connected_node.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/connections/connections_page.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/fields/connection_field.h"
#include "widgets/secrets/secret_dialog.h"
#include "widgets/session/consent_dialog.h"

using namespace rw;
using namespace rw::ui;
using test::GreetingService;
using State = RunSession::State;

namespace {

const char* const kVariable = "RILL_TEST_GREETER";

void writeConnections(const std::string& text) {
    const QString path = QString::fromStdString(connectionsPath());
    QDir().mkpath(QFileInfo(path).absolutePath());
    std::ofstream(connectionsPath()) << text;
}

void writeShop(const std::string& name, const std::string& address = "broker:9092") {
    writeConnections(R"({"connections": [{"name": ")" + name +
                     R"(", "kind": "greeter", "fields": {"address": ")" + address +
                     R"("}, "secrets": {"password": {"environment": ")" + kVariable +
                     R"("}}}, {"name": "db", "kind": "postgresql"}]})");
}

/// The words of a command on standard error, and its status.
struct Said {
    int status = 0;
    QString words{};
};

/// In this process: the node is no type of the built program.
Said command(std::vector<std::string> words) {
    static const Catalogue kKinds = test::withGreetedNode(builtin());
    cli::useCatalogue(kKinds);
    words.insert(words.begin(), "rillwright");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    QTemporaryFile told;
    if (!told.open()) return {-1, {}};
    std::fflush(stderr);
    const int before = ::dup(STDERR_FILENO);
    ::dup2(told.handle(), STDERR_FILENO);
    Said said{cli::parseAndRun(static_cast<int>(arguments.size()), arguments.data()).status, {}};
    std::fflush(stderr);
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    QFile read(told.fileName());
    if (read.open(QIODevice::ReadOnly)) said.words = QString::fromUtf8(read.readAll());
    return said;
}

}  // namespace

class TestConnectionsHere : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_window;
    NodeId m_source, m_table;

    PipelineDocument& document() const { return m_window->document(); }
    RunSession& session() const { return m_window->canvas().view().canvas().session(); }

    /// The window with the node, wired to a table.
    void open(const char* connection) {
        m_window = std::make_unique<WindowFixture>(test::withGreetedNode(builtin()));
        document().startEmpty();
        m_source = document().addNode({"greeted", Json{{"connection", connection}}}, {});
        m_table = document().addNode({"table_view", Json::object()}, {300, 0});
        document().connectPorts({m_source, "out"}, {m_table, "in"});
    }
    /// The errors, a line each, of the document as it is now.
    QString problems() const {
        if (!QTest::qWaitFor([this] { return document().isValidated(); }, 20'000)) return "not validated";
        QString words;
        for (const Issue& issue : document().issues()) {
            if (issue.severity == Severity::Error) words += QString::fromStdString(english(issue)) + '\n';
        }
        return words;
    }
    SecretDialog* question() const {
        auto* dialog = m_window->window->findChild<SecretDialog*>();
        return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
    }
    /// Types the one secret that is asked for, and goes on.
    void answer(const char* secret) const {
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 20'000);
        QTest::keyClicks(question()->findChild<QLineEdit*>(QStringLiteral("secret")), QLatin1String(secret));
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("agree")), Qt::LeftButton);
        QTRY_VERIFY(question() == nullptr);
    }
    QStringList rows() const {
        QStringList found;
        const auto view = std::dynamic_pointer_cast<TableView>(session().view(m_table));
        if (!view) return found;
        for (const TableRowRef& row : view->snapshot().rows)
            found << QString::fromStdString(std::get<std::string>(row->front()));
        return found;
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() {
        emptyHome();
        GreetingService::instance().clear();
        typedSecrets().forgetAll();
        qputenv(kVariable, GreetingService::kPassword);
    }
    void cleanup() {
        if (m_window) {
            session().stop();
            QTRY_VERIFY(!session().isActive());
        }
        m_window.reset();
    }

    void theWindowRunsIt() {
        writeShop("shop");
        open("shop");
        QCOMPARE(problems(), QString());
        session().start();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        QCOMPARE(rows(), QStringList(3, QStringLiteral("broker:9092")));
    }

    void theFormOffersThem() {
        writeShop("shop");
        open("other");
        document().selection().reveal(m_source);
        QTRY_VERIFY(m_window->window->findChild<ConnectionField*>() != nullptr);
        const auto* list = m_window->window->findChild<ConnectionField*>()->findChild<QComboBox*>();
        QTRY_COMPARE(list->count(), 1);  // the database is of another kind
        QCOMPARE(list->itemText(0), QStringLiteral("shop"));
        QCOMPARE(list->currentText(), QStringLiteral("other"));
        leavePicture(*m_window->window, QStringLiteral("connection-not-known"));
    }

    void aProblemOffersToAddIt() {
        open("other");
        QVERIFY(problems().contains(QStringLiteral("“other” (Greeter) is not known")));
        const auto& issues = document().issuesOf(m_source);
        const auto wrong = std::find_if(issues.begin(), issues.end(),
                                        [](const Issue* issue) { return !issue->quickFixes.empty(); });
        QVERIFY(wrong != issues.end());
        const Issue issue = **wrong;
        QCOMPARE(english(issue.quickFixes.back().label), std::string("Add “other”…"));
        const int steps = document().undoStack().count();
        document().applyFix(issue, issue.quickFixes.back());
        auto* page = m_window->window->findChild<ConnectionsPage*>();
        QVERIFY(page != nullptr && page->isVisible());
        QCOMPARE(page->findChild<QLineEdit*>(QStringLiteral("connection_name"))->text(),
                 QStringLiteral("other"));
        QCOMPARE(document().undoStack().count(), steps);  // the pipeline is as it was
    }

    /// By another program, while this one was in the background.
    void theListIsReadAgain() {
        open("shop");
        QVERIFY(problems().contains(QStringLiteral("“shop” (Greeter) is not known on this computer")));
        writeShop("shop");
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QTRY_COMPARE_WITH_TIMEOUT(problems(), QString(), 20'000);
        writeConnections("{");
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QTRY_VERIFY_WITH_TIMEOUT(
            problems().contains(QStringLiteral("connections.json” is not as it should be")), 20'000);
        writeShop("shop", "elsewhere");
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QTRY_COMPARE_WITH_TIMEOUT(problems(), QString(), 20'000);
        session().start();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        QCOMPARE(rows().value(0), QStringLiteral("elsewhere"));
    }

    /// Nothing is run before the secret is there, and nothing of it is kept but in memory.
    void aRunAsksForWhatNothingHolds() {
        writeShop("shop");
        qunsetenv(kVariable);
        open("shop");
        QCOMPARE(problems(), QString());
        session().start();
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 20'000);
        QStringList words;
        for (const QLabel* label : question()->findChildren<QLabel*>()) words << label->text();
        const QString said = words.join(u'\n');
        QVERIFY2(said.contains(QStringLiteral("the connection “shop”")) &&
                     said.contains(QStringLiteral("broker:9092")) &&
                     said.contains(QLatin1String(kVariable)) &&
                     said.contains(QStringLiteral("stays in memory until the program ends")),
                 qPrintable(said));
        auto* agree = question()->findChild<QPushButton*>(QStringLiteral("agree"));
        QVERIFY(!agree->isEnabled());  // nothing was typed
        QCOMPARE(question()->findChild<QLineEdit*>(QStringLiteral("secret"))->echoMode(),
                 QLineEdit::Password);
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("decline")), Qt::LeftButton);
        QTRY_VERIFY(session().wasDeclined() && !session().isActive());
        const std::string untyped = english(session().untypedSecret());
        QVERIFY2(untyped.find("the connection “shop”") != std::string::npos, untyped.c_str());
        QCOMPARE(GreetingService::instance().asked.load(), 0);
    }

    void aWrongSecretIsAskedForAgainAndARightOneIsNot() {
        writeShop("shop");
        qunsetenv(kVariable);
        open("shop");
        QCOMPARE(problems(), QString());
        session().start();
        answer("wr0ng secret");
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Failed, 20'000);
        QVERIFY(GreetingService::instance().asked.load() > 0);
        const std::string why = english(session().failure().error());
        QVERIFY2(why.find("wr0ng secret") == std::string::npos, why.c_str());
        session().start();
        answer(GreetingService::kPassword);
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        QCOMPARE(rows(), QStringList(3, QStringLiteral("broker:9092")));
        // Until the program ends, or the person says so.
        session().start();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        QVERIFY(question() == nullptr);
        QAction* forget = m_window->window->actions().find(QStringLiteral("secrets.forget"));
        QVERIFY(forget != nullptr);
        forget->trigger();
        session().start();
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 20'000);
        session().stop();
        QTRY_VERIFY(question() == nullptr && !session().isActive());  // there is nothing left to ask
    }

    /// First what the run touches, then what it lacks; the answer to the first is not asked for twice.
    void whatWasAgreedToBeforeASecretIsTypedStaysAgreedTo() {
        writeShop("shop");
        qunsetenv(kVariable);
        open("shop");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("theirs.csv"));
        QFile theirs(path);
        QVERIFY(theirs.open(QIODevice::WriteOnly) && theirs.write("precious") == 8);
        theirs.close();
        const NodeId sink = document().addNode({"csv_sink", Json{{"path", path.toStdString()}}}, {300, 200});
        document().connectPorts({m_source, "out"}, {sink, "in"});
        QCOMPARE(problems(), QString());
        const auto consent = [this]() -> ConsentDialog* {
            auto* dialog = m_window->window->findChild<ConsentDialog*>();
            return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
        };
        int asked = 0;
        connect(&session(), &RunSession::consentRequested, this, [&asked] { ++asked; });
        session().start();
        QTRY_VERIFY_WITH_TIMEOUT(consent() != nullptr, 20'000);
        QVERIFY(question() == nullptr);
        QTest::mouseClick(consent()->findChild<QPushButton*>(QStringLiteral("agree")), Qt::LeftButton);
        answer(GreetingService::kPassword);
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        QCOMPARE(asked, 1);
        QVERIFY(theirs.open(QIODevice::ReadOnly));
        QVERIFY(theirs.readAll().startsWith("greeting\n"));
    }

    /// A replay of a tape needs no source, and so none of their secrets.
    void aReplayAsksForNoSecretOfASource() {
        writeShop("shop");
        open("shop");
        const QTemporaryDir folder;
        session().setTape({folder.path(), {}, 0, {}});
        QCOMPARE(problems(), QString());
        session().start();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        const QStringList tapes = QDir(folder.path()).entryList(QDir::Files);
        QCOMPARE(tapes.size(), 1);
        qunsetenv(kVariable);
        int asked = 0;
        connect(&session(), &RunSession::secretsRequested, this, [&asked] { ++asked; });
        const QString tape = folder.filePath(tapes.front());
        session().replayTape(tape, 0);
        QTRY_COMPARE(session().tape().replay, tape);
        QTRY_VERIFY(!session().isActive());
        QCOMPARE(asked, 0);
        QVERIFY(session().state() == State::Finished && session().replayedFor());
    }

    /// The tape has the rows: neither the connection nor its service are needed.
    void aReplayDoesWithout() {
        writeShop("shop");
        open("shop");
        const QTemporaryDir folder;
        session().setTape({folder.path(), {}, 0, {}});
        QCOMPARE(problems(), QString());
        session().start();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, 20'000);
        const QStringList tapes = QDir(folder.path()).entryList(QDir::Files);
        QCOMPARE(tapes.size(), 1);
        writeConnections(R"({"connections": []})");
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QTRY_VERIFY_WITH_TIMEOUT(problems().contains(QStringLiteral("“shop” (Greeter) is not known")),
                                 20'000);
        GreetingService::instance().clear();
        const QString tape = folder.filePath(tapes.front());
        session().replayTape(tape, 0);
        QTRY_COMPARE(session().tape().replay, tape);
        QTRY_VERIFY(!session().isActive());
        QVERIFY2(session().failure().ok(),
                 session().failure().ok() ? "" : english(session().failure().error()).c_str());
        QVERIFY(session().state() == State::Finished && session().replayedFor());
        QCOMPARE(rows(), QStringList(3, QStringLiteral("broker:9092")));
        QCOMPARE(GreetingService::instance().asked.load(), 0);
        session().setTape({});
        QSignalSpy refused(&session(), &RunSession::startRefused);
        session().start();
        QTRY_COMPARE(refused.count(), 1);
    }

    void theCommandLineDoesTheSame() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("p.rill")).toStdString();
        std::ofstream(file) << R"({"rill": 1, "nodes": [
            {"id": "in", "type": "greeted", "params": {"connection": "shop"}},
            {"id": "out", "type": "csv_sink", "params": {"path": "out.csv"}}],
            "wires": [{"from": "in", "to": "out"}]})";
        const Said unknown = command({"validate", file});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(unknown.words.contains(QStringLiteral("“shop” (Greeter) is not known on this computer")),
                 qPrintable(unknown.words));
        writeShop("shop");
        QCOMPARE(command({"validate", file}).status, 0);
        const std::string tape = folder.filePath(QStringLiteral("p.rill-tape")).toStdString();
        // Whoever wrote it: this program did not.
        const Said strange = command({"run", file});
        QCOMPARE(strange.status, 2);
        QVERIFY2(strange.words.contains(QStringLiteral("--allow-connections shop")),
                 qPrintable(strange.words));
        QCOMPARE(command({"run", file, "--allow-connections", "other"}).status, 2);
        QCOMPARE(GreetingService::instance().asked.load(), 0);
        const Said ran = command({"run", file, "--record", tape, "--allow-connections", "other", "shop"});
        QVERIFY2(ran.status == 0, qPrintable(ran.words));
        QFile out(folder.filePath(QStringLiteral("out.csv")));
        QVERIFY(out.open(QIODevice::ReadOnly));
        QCOMPARE(out.readAll(), QByteArray("greeting\nbroker:9092\nbroker:9092\nbroker:9092\n"));
        qunsetenv(kVariable);
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "other, shop");
        const Said lacks = command({"run", file});
        qunsetenv("RILLWRIGHT_ALLOW_CONNECTIONS");
        QCOMPARE(lacks.status, 1);
        QVERIFY2(lacks.words.contains(QStringLiteral("in: The connection “shop” lacks its password.")),
                 qPrintable(lacks.words));
        writeConnections(R"({"connections": []})");
        QCOMPARE(command({"run", file}).status, 2);
        const Said replayed = command({"run", file, "--replay", tape});
        QVERIFY2(replayed.status == 0, qPrintable(replayed.words));
        writeConnections("{");
        const Said broken = command({"run", file});
        QCOMPARE(broken.status, 2);
        QVERIFY2(broken.words.contains(QStringLiteral("connections.json” is not as it should be")),
                 qPrintable(broken.words));
    }

    /// What the designer saved needs no word on the command line, until somebody else changes it.
    void whatTheDesignerSavedMayUseThem() {
        writeShop("shop");
        open("shop");
        QCOMPARE(problems(), QString());
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("mine.rill"));
        QVERIFY(m_window->window->findChild<FileActions*>() != nullptr);
        QVERIFY(document().saveAs(file).ok());
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const std::string text = saved.readAll().toStdString();
        QTRY_VERIFY(wasSavedHere(text));  // it is noted on another thread
        const Said mine = command({"run", file.toStdString()});
        QVERIFY2(mine.status == 0, qPrintable(mine.words));
        QFile changed(file);
        QVERIFY(changed.open(QIODevice::Append) && changed.write(" ") == 1);
        changed.close();
        QCOMPARE(command({"run", file.toStdString()}).status, 2);
    }

    void theWindowAsksForTheAddressOfAStrangersConnection() {
        writeShop("shop");
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("stranger.rill"));
        std::ofstream(file.toStdString()) << R"({"rill": 1, "nodes": [
            {"id": "in", "type": "greeted", "params": {"connection": "shop"}},
            {"id": "out", "type": "table_view"}], "wires": [{"from": "in", "to": "out"}]})";
        m_window = std::make_unique<WindowFixture>(test::withGreetedNode(builtin()));
        m_window->window->findChild<FileActions*>()->open(file);
        QCOMPARE(problems(), QString());
        session().start();
        QTRY_VERIFY(m_window->window->findChild<ConsentDialog*>() != nullptr);
        auto* dialog = m_window->window->findChild<ConsentDialog*>();
        const auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("reads"));
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("broker:9092, by the connection “shop”"));
        QCOMPARE(GreetingService::instance().asked.load(), 0);
        dialog->reject();
        QTRY_VERIFY(!session().isAwaitingConsent());
    }
};

QTEST_MAIN(TestConnectionsHere)
#include "test_connections_here.moc"

// Disks that do not answer: the pipeline is checked all the same, a run can be stopped, and another begun.
#include <QtTest/QtTest>

#include "tests/support/file_accesses.h"
#include "tests/unit/session/consent_program.h"
#include "widgets/document/autosave.h"
#include "widgets/document/translated.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::FileAccesses;
using State = RunSession::State;

class TestDeadPaths : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_test = 0;
    std::unique_ptr<Program> m_program;

    /// In the test's own folder: a run that a test left may write there at any time after it.
    QString path(const QString& name) const { return m_folder.filePath(QString::number(m_test) + u'/' + name); }
    std::string dead() const { return path(QStringLiteral("dead/x.csv")).toStdString(); }
    PipelineDocument& document() const { return m_program->document; }
    RunSession& session() const { return m_program->session; }
    /// The parameter about which the node says this; “-”: it does not.
    QString said(const NodeId& node, const QString& words) const {
        for (const Issue* issue : document().issuesOf(node)) {
            if (translated(issue->message).contains(words)) return QString::fromStdString(issue->param);
        }
        return QStringLiteral("-");
    }
    NodeId source() const { return document().pipeline().nodes[0].id; }
    static void die() {
        FileAccesses::watch("/dead/");
        FileAccesses::hold();
    }

 private Q_SLOTS:
    void init() {
        ++m_test;
        QVERIFY(QDir().mkpath(path(QStringLiteral("dead"))));
        m_program = std::make_unique<Program>(path(QStringLiteral("data")));
        m_program->build(path(QStringLiteral("out.csv")));
    }
    void cleanup() {
        FileAccesses::forget();
        m_program.reset();
    }

    void stopTakesEffectBehindACheckThatIsHeldUp() {
        document().setParams(source(), Json{{"rows", 0}, {"rate", 1000}}, QStringLiteral("live"));
        session().start();
        QTRY_VERIFY(session().snapshot().metrics.sourceRows > 0);
        die();
        document().setParam(m_program->out, "path", dead());
        session().apply();
        QTRY_VERIFY(FileAccesses::waiting() >= 2);  // the check, and the document's own
        session().stop();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Stopped, RunSession::kHeldMillis - 500);
    }

    void aStartThatIsHeldUpIsStoppedAndPassedBy() {
        session().setConsent(nullptr);
        die();
        document().setParam(m_program->out, "path", dead());
        session().start();
        QTRY_VERIFY(FileAccesses::waiting() >= 2);
        session().stop();
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Stopped, RunSession::kHeldMillis - 500);
        document().setParam(m_program->out, "path", path(QStringLiteral("alive.csv")).toStdString());
        session().start();
        QTRY_COMPARE(session().state(), State::Finished);
        QVERIFY(QFile::exists(path(QStringLiteral("alive.csv"))));
        FileAccesses::release();
        QTRY_COMPARE(FileAccesses::waiting(), 0);
        QTest::qWait(50);
        QCOMPARE(session().state(), State::Finished);  // the one that was given up does not come back
        QVERIFY(!QFile::exists(QString::fromStdString(dead())));
    }

    void aCheckThatIsHeldUpHoldsNoOtherUp() {
        die();
        document().setParam(m_program->out, "path", dead());
        session().start();
        QTRY_VERIFY(FileAccesses::waiting() >= 2);
        session().stop();
        QCOMPARE(session().state(), State::Stopped);
        document().setParam(m_program->out, "path", path(QStringLiteral("other.csv")).toStdString());
        session().start();
        QTRY_COMPARE(session().state(), State::Finished);
    }

    void aRunThatDoesNotEndNamesItsNodeAndIsLeft_data() {
        QTest::addColumn<int>("rows");
        QTest::newRow("held while it writes") << 0;
        QTest::newRow("held while it puts its file in place") << 1'000'000;
    }
    void aRunThatDoesNotEndNamesItsNodeAndIsLeft() {
        QFETCH(int, rows);
        document().setParams(source(), Json{{"rows", rows}, {"rate", 1000}}, QStringLiteral("rows"));
        document().setParam(m_program->out, "path", dead());
        session().start();
        QTRY_VERIFY(session().snapshot().metrics.sourceRows > 0);
        QTRY_VERIFY(document().isValidated());
        die();
        session().stop();
        QVERIFY(!session().mayStopWaiting());  // most runs end at once
        session().stopWaiting();
        QCOMPARE(session().state(), State::Stopping);
        QTRY_COMPARE(session().heldNode(), m_program->out);
        QTRY_VERIFY(session().mayStopWaiting());
        std::vector<NodeId> noted;
        const auto listening = connect(&session(), &RunSession::noted, this,
                                       [&noted](const RunNote& note) { noted.push_back(note.node); });
        session().stopWaiting();
        disconnect(listening);
        QCOMPARE(session().state(), State::Stopped);
        QVERIFY(session().endedAt().isValid());
        QCOMPARE(noted, std::vector<NodeId>{m_program->out});
        document().setParam(m_program->out, "path", path(QStringLiteral("next.csv")).toStdString());
        document().setParams(source(), Json{{"rows", 3}, {"rate", 0}}, QStringLiteral("rows"));
        session().start();
        // Before a start would go on without the blocked run.
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Finished, RunSession::kHeldMillis - 500);
        QVERIFY(QFile::exists(path(QStringLiteral("next.csv"))));
        FileAccesses::release();
        QTRY_COMPARE(FileAccesses::waiting(), 0);
        const QString left = QString::fromStdString(dead());
        if (rows == 0) {
            QTRY_VERIFY(QFile::exists(left));
        } else {  // the rows that it would have put in place are not waited for
            QTest::qWait(300);
            QVERIFY(!QFile::exists(left));
        }
        QCOMPARE(session().state(), State::Finished);
    }

    void aRunThatIsLeftHoldsUpNoEnd() {
        document().setParams(source(), Json{{"rows", 0}, {"rate", 1000}}, QStringLiteral("live"));
        document().setParam(m_program->out, "path", dead());
        session().start();
        QTRY_VERIFY(session().snapshot().metrics.sourceRows > 0);
        QTRY_VERIFY(document().isValidated());
        die();
        session().stop();
        QTRY_VERIFY(session().mayStopWaiting());
        session().stopWaiting();
        QElapsedTimer timer;
        timer.start();
        m_program.reset();
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aCopyThatIsHeldUpKeepsNoWindowOpen() {
        qputenv("XDG_CACHE_HOME", path(QStringLiteral("dead")).toLocal8Bit());
        die();
        auto autosave = std::make_unique<Autosave>(document());
        QTRY_VERIFY(FileAccesses::waiting() >= 1);
        autosave.reset();
        QVERIFY(FileAccesses::waiting() >= 1);  // it is still blocked: its end was not waited for
        FileAccesses::release();
        QTRY_COMPARE(FileAccesses::waiting(), 0);
    }

    void theNodeSaysWhichPathDoesNotAnswer() {
        QTRY_VERIFY(document().isValidated());
        die();
        const NodeId reader =
            document().addNode({"csv_source", Json{{"path", dead()}, {"columns", {"n INT"}}}}, {});
        QTRY_VERIFY(document().isValidated());
        const QString silent = QStringLiteral("“%1” does not answer.").arg(QString::fromStdString(dead()));
        const QString path = QStringLiteral("path"), missing = QStringLiteral("There is no file");
        QCOMPARE(said(reader, silent), path);
        // The next ones wait no more, and the rest is checked.
        const int held = FileAccesses::waiting();
        document().setParam(source(), "columns", {"n BIGINT = nothing"});
        QTRY_VERIFY_WITH_TIMEOUT(document().isValidated(), Validator::kPatience - 200);
        QCOMPARE(said(source(), QStringLiteral("nothing")), QStringLiteral("columns"));
        QCOMPARE(said(reader, silent), path);
        QCOMPARE(FileAccesses::waiting(), held);
        // With another file all files are looked at again.
        document().setParam(reader, "path", this->path(QStringLiteral("missing.csv")).toStdString());
        QTRY_COMPARE(said(reader, missing), path);
        document().undoStack().undo();
        QTRY_COMPARE(said(reader, silent), path);
        FileAccesses::release();
        QTRY_COMPARE(said(reader, missing), path);
        QCOMPARE(said(reader, silent), QStringLiteral("-"));
    }
};

QTEST_MAIN(TestDeadPaths)
#include "test_dead_paths.moc"

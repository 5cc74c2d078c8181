// Edits that are applied to a run which takes checkpoints: each row counts once, state is lost only after a question,
// and a change that can't be started changes nothing.
#include <SQLiteCpp/SQLiteCpp.h>

#include <QRandomGenerator>
#include <QTimer>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/unit/checkpoints/checkpointed_program.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// What the table has.
struct Counted {
    qint64 rows = -1, last = -1, most = -1;
    /// Each number once, none left out.
    bool eachOnce() const { return rows > 0 && rows == last + 1 && most == 1; }
};

}  // namespace

class TestLiveEdits : public QObject {
    Q_OBJECT

    std::unique_ptr<CheckpointedProgram> m_program;
    std::unique_ptr<QSignalSpy> m_receipts, m_refused, m_notGoneBack;

    PipelineDocument& document() { return m_program->document; }
    RunSession& session() { return m_program->session; }
    bool begin() {
        session().start();
        return QTest::qWaitFor([this] { return session().state() == State::Running; }, 20'000) &&
               m_program->awaitTaken(2);
    }
    /// Another rate: nothing is lost by it.
    void setRate(int rate) { document().setParam(m_program->source, "rate", rate); }
    /// The counts up to now are of another node then.
    void setTtl(const char* ttl) { document().setParam(m_program->counted, "state_ttl", ttl); }
    void setAggregates(const Json& aggregates) {
        document().setParam(m_program->counted, "aggregates", aggregates);
    }
    qint64 number(const char* query) const {
        SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString());
        return database.execAndGet(query).getInt64();
    }
    bool hasRate(int rate) {
        const Node* node = session().runningPipeline().find(m_program->source);
        return node != nullptr && node->params.value("rate", 0) == rate;
    }
    bool runsWith(int rate) {
        return QTest::qWaitFor([&] { return session().state() == State::Running && hasRate(rate); }, 20'000);
    }
    bool ends() {
        session().stop();
        return QTest::qWaitFor([this] { return !session().isActive(); }, 20'000);
    }
    Counted counted() const {
        SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString());
        SQLite::Statement all(database, "SELECT COUNT(*), MAX(n), MAX(c) FROM counts");
        Counted out;
        if (all.executeStep())
            out = {all.getColumn(0).getInt64(), all.getColumn(1).getInt64(), all.getColumn(2).getInt64()};
        return out;
    }

 private Q_SLOTS:
    void init() {
        m_program = std::make_unique<CheckpointedProgram>();
        m_receipts = std::make_unique<QSignalSpy>(&session(), &RunSession::receiptChanged);
        m_refused = std::make_unique<QSignalSpy>(&session(), &RunSession::notApplied);
        m_notGoneBack = std::make_unique<QSignalSpy>(&session(), &RunSession::notGoneBack);
        QVERIFY(m_program->save());
    }
    void cleanup() {
        m_notGoneBack.reset();
        m_receipts.reset();
        m_refused.reset();
        m_program.reset();
    }

    void theRunGoesOnFromItsLastCheckpoint() {
        QVERIFY(begin());
        QVERIFY(!session().resumedFrom());
        setRate(3000);
        QVERIFY(session().hasUnappliedChanges() && session().keepsStateWhenApplied());
        session().apply();
        QVERIFY(runsWith(3000));
        QVERIFY(session().resumedFrom());
        QVERIFY(!session().hasUnappliedChanges() && session().receipt() == nullptr);
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        const Counted all = counted();
        QVERIFY2(all.eachOnce(), qPrintable(QStringLiteral("%1 %2 %3").arg(all.rows).arg(all.last).arg(all.most)));
        QVERIFY(m_refused->isEmpty());
    }

    void againAndAgainAtAnyMoment() {
        QVERIFY(begin());
        int rate = 2000;
        for (int i = 0; i < 12; ++i) {
            QTest::qWait(QRandomGenerator::global()->bounded(120));
            setRate(++rate);
            session().apply();
            QVERIFY(runsWith(rate));
        }
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    void beforeStateIsLostItIsAsked() {
        QVERIFY(begin());
        setTtl("1h");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        const ApplyReceipt& receipt = *session().receipt();
        QVERIFY(receipt.possible() && !receipt.plain());
        QCOMPARE(receipt.forecast.nodes.at(m_program->counted).fate, StateFate::StartsAnew);
        QCOMPARE(receipt.forecast.nodes.at(m_program->source).fate, StateFate::Keeps);
        QCOMPARE(receipt.changes.size(), std::size_t{1});
        QCOMPARE(session().state(), State::Running);
        QVERIFY(!session().resumedFrom());
        session().apply();
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(session().receipt() == nullptr && !session().hasUnappliedChanges());
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    void theReceiptFollowsTheEdits() {
        QVERIFY(begin());
        setTtl("1h");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        setRate(2500);
        QTRY_COMPARE(session().receipt()->changes.size(), std::size_t{2});
        document().undoStack().undo();
        document().undoStack().undo();
        QVERIFY(!session().hasUnappliedChanges());
        QVERIFY(session().receipt() == nullptr);
        setTtl("1h");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        session().dropReceipt();
        QVERIFY(session().receipt() == nullptr);
        QVERIFY(session().state() == State::Running && session().hasUnappliedChanges());
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        QVERIFY(ends());
        QVERIFY(session().receipt() == nullptr);
    }

    void fromTheBeginningWhereAPersonSaysSo() {
        QVERIFY(begin());
        setTtl("1h");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        session().applyAnew();
        QVERIFY(session().receipt() == nullptr);
        QTRY_VERIFY(session().state() == State::Running && !session().hasUnappliedChanges());
        QVERIFY(!session().resumedFrom());
    }

    void whatCanNotBeStartedChangesNothing() {
        QVERIFY(begin());
        const NodeId more = document().addNode({"csv_sink", Json{{"path", "more.csv"}}, {}}, {600, 200});
        document().connectPorts({m_program->counted, "out"}, {more, "in"});
        document().setParam(more, "path", "more.csv");
        QVERIFY(m_program->validated());
        QVERIFY(QDir(m_program->folder.path()).mkdir(QStringLiteral("more.csv")));
        session().apply();
        QTRY_COMPARE(m_refused->size(), 1);
        QCOMPARE(session().state(), State::Running);
        QVERIFY(session().runningPipeline().find(more) == nullptr && session().hasUnappliedChanges());
        QVERIFY(session().resumedFrom());
        QVERIFY(m_program->awaitTaken(2));
        // The obstacle is gone: the same changes are applied now.
        QVERIFY(QDir(m_program->folder.path()).rmdir(QStringLiteral("more.csv")));
        session().apply();
        QTRY_VERIFY(session().state() == State::Running && !session().hasUnappliedChanges());
        QCOMPARE(m_refused->size(), 1);
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    void checkpointsInAnotherPlaceAreAnObstacle() {
        QVERIFY(begin());
        document().setParam(m_program->sink, "database", "other.sqlite");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        QVERIFY(!session().receipt()->obstacle.ok() && !session().receipt()->possible());
        session().apply();
        QCOMPARE(session().state(), State::Running);
        QVERIFY(session().receipt() != nullptr && session().hasUnappliedChanges());
    }

    void stoppedInTheMiddleItCanBeResumed() {
        for (int wait : {0, 5, 20, 60}) {
            QVERIFY(begin());
            setRate(2000 + 10 * wait + (hasRate(2000 + 10 * wait) ? 1 : 0));
            session().apply();
            QTest::qWait(wait);
            QVERIFY(ends());
            QTRY_VERIFY(m_program->list.newest() != nullptr);
            QVERIFY(m_program->examine());
            QVERIFY(m_program->found.checkpoint && m_program->found.plain());
            session().resumeFrom(m_program->choice());
            QTRY_COMPARE(session().state(), State::Running);
            QVERIFY(m_program->awaitTaken(1));
            QVERIFY(ends());
            QVERIFY(counted().eachOnce());
        }
    }

    void anAggregateThatIsAddedCountsFromThenOn() {
        QVERIFY(begin());
        setAggregates({"COUNT(*) AS c", "MIN(n) AS least"});
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        const Forecast& told = session().receipt()->forecast;
        QCOMPARE(told.nodes.at(m_program->counted).fate, StateFate::CarriesOver);
        QCOMPARE(told.nodes.at(m_program->sink).fate, StateFate::CarriesOver);
        QVERIFY(!told.anythingLost && !session().receipt()->plain());
        session().apply();
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(m_refused->isEmpty());
        QVERIFY(counted().eachOnce());
        // Rows of before have the column, too, and nothing in it; those since have their own.
        QVERIFY(number("SELECT COUNT(*) FROM counts WHERE least IS NULL") > 0);
        QVERIFY(number("SELECT COUNT(*) FROM counts WHERE least = n") > 0);
        QCOMPARE(number("SELECT COUNT(*) FROM counts WHERE least <> n"), qint64{0});
        QVERIFY(number("SELECT MAX(n) FROM counts WHERE least IS NULL") <
                number("SELECT MIN(n) FROM counts WHERE least IS NOT NULL"));
    }

    void anEditCanBeTakenBack() {
        QVERIFY(begin());
        QVERIFY(session().applied() == nullptr);
        setAggregates({"COUNT(*) AS c", "MIN(n) AS least"});
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        session().apply();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        const Epoch from = session().applied()->from.number;
        QCOMPARE(session().resumedFrom()->number, from);
        QVERIFY(m_program->awaitTaken(6));  // more than are kept
        session().goBack();
        QTRY_VERIFY(session().applied() == nullptr && session().state() == State::Running);
        QVERIFY(m_refused->isEmpty() && m_notGoneBack->isEmpty());
        QCOMPARE(session().resumedFrom()->number, from);
        QVERIFY(!session().hasUnappliedChanges());
        QCOMPARE(document().pipeline().find(m_program->counted)->params["aggregates"].size(), std::size_t{1});
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
        QCOMPARE(number("SELECT COUNT(*) FROM counts WHERE least IS NOT NULL"), qint64{0});
        document().undoStack().undo();  // one step
        QCOMPARE(document().pipeline().find(m_program->counted)->params["aggregates"].size(), std::size_t{2});
    }

    /// Ten minutes. Then the checkpoint of before is let go of, and the edit is taken back as any other:
    /// after a question.
    void theWayBackEndsAfterAWhile() {
        auto& timer = *session().findChild<QTimer*>(QStringLiteral("applied_ends"));
        QVERIFY(begin());
        setTtl("1h");
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        QVERIFY(!timer.isActive());
        session().apply();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        QVERIFY(timer.isActive());
        QCOMPARE(timer.interval(), 600'000);
        const auto isKept = [this] {
            m_program->list.refresh();
            const std::vector<SavedCheckpoint>& saved = m_program->list.saved();
            return std::any_of(saved.begin(), saved.end(),
                               [](const SavedCheckpoint& each) { return each.name == kBeforeEdit; });
        };
        QTRY_VERIFY(isKept());
        timer.start(0);  // they are over
        QTRY_VERIFY(session().applied() == nullptr);
        QTRY_VERIFY(!isKept());
        session().goBack();
        QVERIFY(session().state() == State::Running && !session().hasUnappliedChanges());
        document().undoStack().undo();
        session().apply();
        QTRY_VERIFY(session().receipt() != nullptr);
        QCOMPARE(session().receipt()->forecast.nodes.at(m_program->counted).fate, StateFate::StartsAnew);
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
        QVERIFY(m_refused->isEmpty() && m_notGoneBack->isEmpty());
    }

    void whereAnOutputCanNotGoBackTheRunGoesOn() {
        QVERIFY(begin());
        setRate(2500);
        session().apply();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        QVERIFY(m_program->awaitTaken(3));
        {
            // What came since can't be told any more.
            SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString(),
                                      SQLite::OPEN_READWRITE, 20'000);
            database.exec(
                "CREATE TRIGGER more AFTER INSERT ON counts BEGIN UPDATE counts SET c = c WHERE n = -1; END");
        }
        session().goBack();
        QTRY_COMPARE(m_notGoneBack->size(), 1);
        QVERIFY(m_refused->isEmpty());
        QTRY_COMPARE(session().state(), State::Running);
        QVERIFY(hasRate(2500) && session().hasUnappliedChanges());
        QVERIFY(session().applied() != nullptr);
        QVERIFY(m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    void theCheckpointOfALaterEditTakesThePlace() {
        QVERIFY(begin());
        setRate(2500);
        session().apply();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        const Epoch first = session().applied()->from.number;
        setRate(2600);
        session().apply();
        QTRY_VERIFY(session().applied() != nullptr && session().applied()->from.number != first);
        session().goBack();
        QVERIFY(runsWith(2500));
        session().goBack();  // there is none before
        QTest::qWait(50);
        QVERIFY(hasRate(2500));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    // Whether the edit is applied then depends on who is first; no row counts twice, and none is lost.
    void anEditWhileACheckpointFails() {
        QVERIFY(begin());
        const std::string path = m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString();
        const auto tell = [&path](const char* statement) {
            SQLite::Database(path, SQLite::OPEN_READWRITE, 20'000).exec(statement);
        };
        tell("CREATE TRIGGER full BEFORE INSERT ON counts BEGIN SELECT RAISE(ABORT, 'full'); END");
        setRate(3000);
        session().apply();
        QTRY_VERIFY_WITH_TIMEOUT(m_refused->size() == 1 || session().state() == State::Failed ||
                                     session().snapshot().metrics.restart.failedAt != 0,
                                 30'000);
        tell("DROP TRIGGER full");
        QVERIFY(ends());
        QVERIFY(session().receipt() == nullptr);
        QTRY_VERIFY(m_program->list.newest() != nullptr);
        QVERIFY(m_program->examine());
        QVERIFY(m_program->found.checkpoint && m_program->found.plain());
        session().resumeFrom(m_program->choice());
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Running, 20'000);
        QVERIFY(hasRate(3000) && m_program->awaitTaken(2));
        QVERIFY(ends());
        QVERIFY(counted().eachOnce());
    }

    void whatTakesNoCheckpointsBeginsAnew() {
        m_program = std::make_unique<CheckpointedProgram>(100'000'000);
        QVERIFY(m_program->save());
        session().start();
        QTRY_COMPARE(session().state(), State::Running);
        setRate(2500);
        QVERIFY(!session().keepsStateWhenApplied());
        session().apply();
        QVERIFY(runsWith(2500));
        QVERIFY(!session().resumedFrom());
    }
};

QTEST_GUILESS_MAIN(TestLiveEdits)
#include "test_live_edits.moc"

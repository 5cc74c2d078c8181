// Runs of a document that leave tapes, and replays in the place of its sources.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/runtime/planning/plan.h"
#include "core/views/table_view.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/run_session.h"
#include "widgets/session/run_start.h"
#include "widgets/session/words/empty_reason.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestTapedRuns : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init();
    void cleanup();
    void aRecordedRunIsReplayed();
    void nothingIsRecordedUnlessAskedFor();
    void anEditIsToldOf();
    void goesToAMomentAndOn();
    void isHeldThereUntilItGoesOn();
    void isNotHeldWhenNobodyAsksForIt();
    void aCardSaysTheSameFromAMoment();
    void goesToAMomentFromACheckpoint();
    void goesThereFromTheStartWhereACheckpointDoesNotFit();
    void theEventTimeOfATapeIsKnown();
    void agesCountByTheTape();
    void aRunThatFailsSaysWhatRepeatsIt();
    void goingToAMomentWritesNothing();
    void whatIsNoTapeFailsTheStart();
    void anotherDocumentHasNoReplay();
    void eachMomentHasATapeOfItsOwn();

 private:
    void run();
    QString recordedSeconds();
    void goToAndRest(Instant moment);
    void awaitRest() const;
    std::vector<TableRow> shownRows() const;
    QStringList tapes() const { return QDir(m_folder->path()).entryList({QStringLiteral("*.tape")}); }
    QString recorded() { return recordedInto(m_folder->path(), *m_session); }
    std::uint64_t rowsIn() const {
        const auto* table = m_session->snapshot().node(m_table);
        return table ? table->metrics.rowsIn : 0;
    }
    bool wasNoted(const QString& words) const { return m_notes.join(u'\n').contains(words); }

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    NodeId m_source, m_table;
    QStringList m_notes;
};

void TestTapedRuns::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_document = std::make_unique<PipelineDocument>(m_catalogue);
    m_session = std::make_unique<RunSession>(*m_document);
    m_notes.clear();
    connect(m_session.get(), &RunSession::noted, this,
            [this](const RunNote& note) { m_notes << translated(note.text); });
    m_source = m_document->addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 300}}}, {});
    m_table = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {m_table, "in"});
}

void TestTapedRuns::cleanup() {
    m_session.reset();
    m_document.reset();
    m_folder.reset();
}

void TestTapedRuns::run() {
    m_session->start();
    QTRY_VERIFY(!m_session->isActive());
}

void TestTapedRuns::aRecordedRunIsReplayed() {
    const QString tape = recorded();
    QCOMPARE(m_session->state(), State::Finished);
    QVERIFY(!tape.isEmpty());
    QVERIFY(m_session->runReplayed().isEmpty());
    const std::string before = m_session->runId();
    QCOMPARE(m_session->snapshot().metrics.tape.rows, std::uint64_t{300});
    QTRY_VERIFY2(wasNoted(QStringLiteral("The run was recorded into “")), qPrintable(m_notes.join(u'\n')));
    QSignalSpy changed(m_session.get(), &RunSession::tapeChanged);
    // The present rows of the source are not looked at.
    m_session->setTape({.recordInto = m_folder->path(), .replay = tape});
    QCOMPARE(changed.count(), 1);
    m_document->setParam(m_source, "rows", 7);
    run();
    QCOMPARE(m_session->state(), State::Finished);
    QCOMPARE(rowsIn(), std::uint64_t{300});
    QCOMPARE(tapes().size(), 1);
    // What it writes is of a run of its own.
    QCOMPARE(m_session->runReplayed(), tape);
    QVERIFY(!m_session->runId().empty() && m_session->runId() != before);
}

void TestTapedRuns::nothingIsRecordedUnlessAskedFor() {
    run();
    QVERIFY(tapes().isEmpty());
    QVERIFY(!m_session->snapshot().metrics.tape.on);
    QVERIFY(m_notes.isEmpty());
}

void TestTapedRuns::anEditIsToldOf() {
    const QString tape = recorded();
    QVERIFY(!tape.isEmpty());
    m_notes.clear();
    const NodeId filter = m_document->addNode({"filter", Json{{"condition", "n < 10"}}}, {});
    const NodeId few = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {filter, "in"});
    m_document->connectPorts({filter, "out"}, {few, "in"});
    m_session->setTape({.replay = tape});
    run();
    QCOMPARE(m_session->snapshot().node(few)->metrics.rowsIn, std::uint64_t{10});
    QTRY_VERIFY2(wasNoted(QStringLiteral("is new.")), qPrintable(m_notes.join(u'\n')));
}

/// The tape of a row for every second of event time, a millisecond apart.
QString TestTapedRuns::recordedSeconds() {
    const Json params = secondsFromNoon();
    for (const char* name : {"columns", "event_time", "rate"})
        m_document->setParam(m_source, name, params[name]);
    return recorded();
}

void TestTapedRuns::goesToAMomentAndOn() {
    const QString tape = recordedSeconds();
    QCOMPARE(m_session->state(), State::Finished);
    m_session->seek(kNoon);  // nothing is replayed
    QCOMPARE(m_session->state(), State::Finished);
    m_session->setTape({.replay = tape});
    // Whole pieces come, and on a busy machine the source has given many rows at a time.
    m_session->seek(kNoon + 100'000);
    QTRY_COMPARE(m_session->state(), State::Running);
    QTRY_VERIFY(rowsIn() >= 100);
    awaitRest();
    const std::uint64_t rows = rowsIn();
    QVERIFY2(rows < 300, std::to_string(rows).c_str());
    QCOMPARE(m_session->state(), State::Running);
    m_session->seek(kNoon + 50'000);  // and back
    QTRY_VERIFY(m_session->state() == State::Running && rowsIn() >= 50 && rowsIn() < rows);
    m_session->continueReplay();
    QVERIFY(!m_session->tape().until);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(rowsIn(), std::uint64_t{300});
}

void TestTapedRuns::isHeldThereUntilItGoesOn() {
    const QString tape = recordedSeconds();
    m_session->setTape({.replay = tape, .speed = 0.1});
    QVERIFY(!m_session->replayHeldAt());
    m_session->seek(kNoon + 150'000);
    QTRY_VERIFY(m_session->replayHeldAt() == kNoon + 150'000);
    QCOMPARE(eventTimeText(*m_session->replayHeldAt()), QStringLiteral("2024-03-01 12:02:30"));
    QCOMPARE(m_session->state(), State::Running);
    m_session->pause();
    QVERIFY(!m_session->replayHeldAt());
    m_session->resume();
    QTRY_VERIFY(m_session->replayHeldAt());
    m_session->seek(kNoon + 60'250);
    QVERIFY(!m_session->replayHeldAt());
    QTRY_VERIFY(m_session->replayHeldAt() == kNoon + 60'250);
    QCOMPARE(eventTimeText(*m_session->replayHeldAt()), QStringLiteral("2024-03-01 12:01:00.250"));
    m_session->continueReplay();
    QTRY_VERIFY(!m_session->replayHeldAt());
    QCOMPARE(m_session->state(), State::Running);  // slowly
    m_session->stop();
    QTRY_VERIFY(!m_session->isActive());
    // Behind the end of the tape nothing holds it.
    m_session->seek(kNoon + 3'600'000);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QVERIFY(!m_session->replayHeldAt());
}

/// Even if the run that resumes there is short.
// The choice of the moment went with that of the tape: no button is left that would let the replay go.
void TestTapedRuns::isNotHeldWhenNobodyAsksForIt() {
    const QString tape = recordedSeconds();
    for (const TapeChoice& next :
         {TapeChoice{}, TapeChoice{.recordInto = m_folder->path()},
          TapeChoice{.replay = QStringLiteral("/another.tape")}, TapeChoice{.replay = tape}}) {
        m_session->setTape({.replay = tape});
        m_session->seek(kNoon + 150'000);
        QTRY_VERIFY(m_session->replayHeldAt());
        m_session->setTape(next);
        QTRY_VERIFY(!m_session->isActive());
        QCOMPARE(m_session->state(), State::Finished);
        // While it begins, too.
        m_session->setTape({.replay = tape});
        m_session->seek(kNoon + 150'000);
        m_session->setTape(next);
        QTRY_VERIFY(!m_session->isActive());
        QVERIFY(!m_session->replayHeldAt());
    }
}

void TestTapedRuns::aCardSaysTheSameFromAMoment() {
    const NodeId window = m_document->addNode(
        {"window_aggregate",
         Json{{"window", "tumble"}, {"size", "10min"}, {"aggregates", {"COUNT(*) AS n"}}}},
        {});
    m_document->setTitle(window, QStringLiteral("Load"));
    const NodeId table = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {window, "in"});
    m_document->connectPorts({window, "out"}, {table, "in"});
    const QString words = QStringLiteral("“Load”: First window closes at 12:10:00");
    const QString tape = recordedSeconds();
    m_session->setTape({.replay = tape});
    goToAndRest(kNoon + 200'000);
    QTRY_COMPARE(emptyReason(*m_session, table), words);
    // It takes a checkpoint where it is held, and the next one begins with that.
    QTRY_VERIFY(m_session->snapshot().metrics.checkpoints.taken > 0);
    goToAndRest(kNoon + 200'000);
    QTRY_VERIFY2(wasNoted(QStringLiteral("The replay resumes from ")), qPrintable(m_notes.join(u'\n')));
    QTRY_COMPARE(emptyReason(*m_session, table), words);
}

/// … and waits until nothing comes any more.
void TestTapedRuns::goToAndRest(Instant moment) {
    m_notes.clear();
    m_session->seek(moment);
    QTRY_COMPARE(m_session->state(), State::Running);
    QTRY_VERIFY(m_session->replayHeldAt() == moment);
    QTRY_VERIFY(rowsIn() >= static_cast<std::uint64_t>((moment - kNoon) / 1'000));
    awaitRest();
}

/// Until several pictures of the run in a row tell of the same rows: two looks may be at one picture.
void TestTapedRuns::awaitRest() const {
    const QObject watching;
    std::uint64_t rows = rowsIn();
    int same = 0;
    connect(m_session.get(), &RunSession::updated, &watching, [&] {
        const std::uint64_t before = std::exchange(rows, rowsIn());
        same = rows == before ? same + 1 : 0;
    });
    QTRY_VERIFY(same >= 6);
}

std::vector<TableRow> TestTapedRuns::shownRows() const {
    std::vector<TableRow> rows;
    const auto table = std::dynamic_pointer_cast<TableView>(m_session->view(m_table));
    if (!table) return rows;
    const TableSnapshot shown = table->snapshot();
    for (const TableRowRef& row : shown.rows) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

void TestTapedRuns::goesToAMomentFromACheckpoint() {
    const QString words = QStringLiteral("The replay resumes from ");
    const QString tape = recordedSeconds();
    m_session->setTape({.replay = tape, .speed = 0.1});
    goToAndRest(kNoon + 250'000);
    QVERIFY2(!wasNoted(words), qPrintable(m_notes.join(u'\n')));  // there were no checkpoints
    const std::uint64_t rows = rowsIn();
    const std::vector<TableRow> shown = shownRows();
    QVERIFY(!shown.empty());
    m_session->stop();
    QTRY_VERIFY(!m_session->isActive());
    m_session->setTape({});  // the moments kept are forgotten
    // Of checkpoints every half second some are before it.
    m_session->setTape({.replay = tape, .speed = 0.1});
    m_session->start();
    QTRY_VERIFY(rowsIn() < 100);  // no longer those of the run before
    QTRY_VERIFY_WITH_TIMEOUT(rowsIn() >= 200, 20'000);
    goToAndRest(kNoon + 250'000);
    QTRY_VERIFY2(wasNoted(words), qPrintable(m_notes.join(u'\n')));
    QTRY_COMPARE(rowsIn(), rows);
    QVERIFY(shownRows() == shown);
    const LiveWire* const wire = m_session->snapshot().wire({{m_source, "out"}, {m_table, "in"}});
    QVERIFY(wire);
    QCOMPARE(wire->metrics.rows, rows);
    QVERIFY(m_session->tap({m_source, "out"}));
    std::size_t tapped = 0;
    const std::vector<Batch> recent = m_session->tap({m_source, "out"})->recent();
    for (const Batch& batch : recent) tapped += batch.rows;
    QCOMPARE(tapped, static_cast<std::size_t>(rows));
    // Another pipeline has other states.
    m_document->setParam(m_table, "keep", 500);
    goToAndRest(kNoon + 250'000);
    QVERIFY2(!wasNoted(words), qPrintable(m_notes.join(u'\n')));
    m_session->continueReplay();
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(rowsIn(), std::uint64_t{300});
}

void TestTapedRuns::goesThereFromTheStartWhereACheckpointDoesNotFit() {
    const QString path = recordedSeconds();
    const Result<TapeFileRef> tape = TapeFile::open(path.toStdString());
    QVERIFY(tape.ok());
    const StartRequest document{
        m_document->pipeline(), m_document->validateOptions(), m_document->sharedCatalogue(), {}, {}};
    PlanOptions planning;
    planning.validate = document.options;
    const Planned planned = makePlan(document.pipeline, m_catalogue, planning);
    QVERIFY(planned.plan);
    StartRequest request = document;
    request.tape = TapeRequest();
    request.tape.replay = path.toStdString();
    request.tape.until = kNoon + 250'000;
    request.tape.moments = std::make_shared<TapeMoments>(*tape, planned.plan->pipeline);
    const auto pace = std::make_shared<TapePace>(0);
    const auto keeper = request.tape.moments->keeper(pace);
    (void)pace->due(1, 0);
    QVERIFY(keeper->wants() && keeper->write(StateSnapshot()).ok());  // of nothing
    QCOMPARE(request.tape.moments->count(), std::size_t{1});
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    const StartedRun started = startRun(request, std::nullopt, cancelled, [](const NodeId&) {});
    QVERIFY2(started.run, "the replay begins at the start of the tape");
    QVERIFY(started.notes.empty());
    QVERIFY(started.moments && started.moments != request.tape.moments);
    started.pace->goOn(0);
    started.run->wait();
    QCOMPARE(started.run->metrics().sourceRows, std::uint64_t{300});
}

void TestTapedRuns::agesCountByTheTape() {
    const Instant before = QDateTime::currentMSecsSinceEpoch();
    const QString tape = recordedSeconds();
    const Instant over = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(!m_session->replayClock() && !m_session->replayedFor());
    QVERIFY(ageClock(*m_session) >= over);  // by the clock on the wall
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > over + 20);
    m_session->setTape({.replay = tape, .speed = 1});
    goToAndRest(kNoon + 250'000);
    const Instant held = ageClock(*m_session);
    QVERIFY2(held >= before && held <= over, std::to_string(held - over).c_str());
    const std::optional<Millis> replayed = m_session->replayedFor();
    QVERIFY(replayed && *replayed >= 0 && *replayed <= over - before);
    // Time that is spent looking at it makes nothing older, nor does the choice of another tape.
    const Instant looked = QDateTime::currentMSecsSinceEpoch();
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > looked + 20);
    QCOMPARE(ageClock(*m_session), held);
    m_session->continueReplay();
    QTRY_VERIFY(!m_session->isActive());
    QVERIFY(ageClock(*m_session) >= held && ageClock(*m_session) <= over);
    m_session->setTape({.replay = QStringLiteral("/another.tape")});
    QVERIFY(ageClock(*m_session) <= over);
    // A run of the sources has the clock on the wall again.
    m_session->setTape({});
    run();
    QVERIFY(ageClock(*m_session) > over && !m_session->replayClock());
}

void TestTapedRuns::theEventTimeOfATapeIsKnown() {
    const QString tape = recordedSeconds();
    QVERIFY(m_session->tapeTimes() == nullptr);
    m_session->setTape({.replay = tape, .speed = 1});
    QVERIFY(m_session->tapeTimes() == nullptr && !m_session->replayReached());
    goToAndRest(kNoon + 250'000);
    const TapeTimes* const times = m_session->tapeTimes();
    QVERIFY(times && times->known());
    QVERIFY(times->first() >= kNoon - 1'000 && times->first() < kNoon + 200'000);
    QVERIFY(times->last() >= kNoon + 298'000 && times->last() <= kNoon + 299'000);
    // It takes a checkpoint where it is held.
    QTRY_VERIFY(m_session->snapshot().metrics.checkpoints.taken > 0);
    QTRY_VERIFY(!m_session->checkpointTimes().empty());
    const std::vector<Instant> quick = m_session->checkpointTimes();
    QVERIFY(std::is_sorted(quick.begin(), quick.end()));
    QVERIFY(quick.front() >= times->first() && quick.back() <= times->last());
    const std::optional<Instant> held = m_session->replayReached();
    QVERIFY(held && *held >= times->first() && *held <= times->last());
    // It stays known while another replay of it is on its way, and as far as that comes.
    m_session->seek(kNoon + 299'000);
    QVERIFY(m_session->tapeTimes() != nullptr);
    m_session->continueReplay();  // before it has begun
    QTRY_VERIFY(!m_session->isActive());
    QVERIFY(m_session->replayReached() == m_session->tapeTimes()->last());
    m_session->setTape({.replay = QStringLiteral("/another.tape")});
    QVERIFY(m_session->tapeTimes() == nullptr && !m_session->replayReached());
    QVERIFY(m_session->checkpointTimes().empty());
}

void TestTapedRuns::aRunThatFailsSaysWhatRepeatsIt() {
    const QString words = QStringLiteral("rillwright run ");
    (void)recorded();
    QCOMPARE(m_session->state(), State::Finished);
    QVERIFY2(!wasNoted(words), qPrintable(m_notes.join(u'\n')));  // it did not fail
    const NodeId fails =
        m_document->addNode({"select", Json{{"columns", {"10 / (n - 25) AS x"}}, {"on_error", "fail"}}}, {});
    m_document->connectPorts({m_source, "out"}, {fails, "in"});
    const NodeId never = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({fails, "out"}, {never, "in"});
    // The pipeline has no file yet.
    m_notes.clear();
    run();
    QCOMPARE(m_session->state(), State::Failed);
    QVERIFY2(m_notes.last().startsWith(QStringLiteral("Save the pipeline as it ran")) &&
                 m_notes.last().contains(QStringLiteral("rillwright run FILE --replay ")),
             qPrintable(m_notes.join(u'\n')));
    // It has one, of a name that a shell would take for two.
    const QString file = m_folder->filePath(QStringLiteral("my pipe.rill"));
    QVERIFY(m_document->saveAs(file).ok());
    m_notes.clear();
    run();
    QVERIFY2(m_notes.last().startsWith(QStringLiteral("This repeats the run that failed: rillwright run '") +
                                       file + QStringLiteral("' --replay ")),
             qPrintable(m_notes.join(u'\n')));
    const QString tape = m_notes.last().section(QStringLiteral(" --replay "), 1).remove(u'\'');
    QVERIFY2(QFile::exists(tape), qPrintable(tape));
    // It ran otherwise than the file says.
    m_document->setParam(m_table, "keep", 500);
    m_notes.clear();
    run();
    QVERIFY2(m_notes.last().startsWith(QStringLiteral("Save the pipeline as it ran")),
             qPrintable(m_notes.join(u'\n')));
    // A run that is not recorded has no tape to be repeated from.
    m_session->setTape({});
    m_notes.clear();
    run();
    QCOMPARE(m_session->state(), State::Failed);
    QVERIFY2(!wasNoted(words), qPrintable(m_notes.join(u'\n')));
    // The recorded failure repeats itself, with the same message.
    m_session->setTape({.replay = tape});
    m_notes.clear();
    run();
    QCOMPARE(m_session->state(), State::Failed);
    QTRY_VERIFY2(wasNoted(words) && m_notes.last().contains(tape), qPrintable(m_notes.join(u'\n')));
}

void TestTapedRuns::goingToAMomentWritesNothing() {
    const NodeId sink = m_document->addNode(
        {"csv_sink", Json{{"path", m_folder->filePath(QStringLiteral("out.csv")).toStdString()}}}, {});
    m_document->connectPorts({m_source, "out"}, {sink, "in"});
    const QString tape = recordedSeconds();
    QFile out(m_folder->filePath(QStringLiteral("out.csv")));
    QVERIFY(out.exists());
    QVERIFY(out.remove());
    m_session->setTape({.replay = tape});
    goToAndRest(kNoon + 100'000);
    QTRY_VERIFY2(wasNoted(QStringLiteral("outputs stay as they are")), qPrintable(m_notes.join(u'\n')));
    m_session->continueReplay();
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(m_session->snapshot().node(sink)->metrics.rowsIn, std::uint64_t{300});
    QVERIFY(!out.exists());
    run();  // from the start to the end
    QVERIFY(out.exists());
}

void TestTapedRuns::whatIsNoTapeFailsTheStart() {
    const QString path = m_folder->filePath(QStringLiteral("a.tape"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a,b\n") == 4);
    file.close();
    m_session->setTape({.replay = path});
    run();
    QCOMPARE(m_session->state(), State::Failed);
    QVERIFY(translated(m_session->failure().error().message).contains(QStringLiteral("is no tape")));
    m_session->setTape({});
    run();
    QCOMPARE(m_session->state(), State::Finished);
}

void TestTapedRuns::anotherDocumentHasNoReplay() {
    m_session->setTape({.recordInto = m_folder->path(), .replay = QStringLiteral("/x.tape"), .speed = 2});
    m_document->startEmpty();
    QCOMPARE(m_session->tape(), TapeChoice{.recordInto = m_folder->path()});
}

void TestTapedRuns::eachMomentHasATapeOfItsOwn() {
    const QDateTime now(QDate(2026, 11, 22), QTime(15, 4, 5, 123));
    QCOMPARE(tapeName(QStringLiteral("a/b: c.rill"), now),
             QStringLiteral("b_ c 2026-11-22 15-04-05.123.tape"));
    QVERIFY(tapeName(QString(), now).endsWith(QStringLiteral("15-04-05.123.tape")));
    QVERIFY(tapeName(QString(500, u'x'), now).size() <= 255);
    // A letter of Chinese has three bytes, and a rare one two units of UTF-16 besides.
    for (const QString& letter : {QStringLiteral("管"), QStringLiteral("𠀀")}) {
        for (const int begins : {0, 1, 2, 3}) {
            const QString name = tapeName(QString(begins, u'x') + letter.repeated(90), now);
            QVERIFY2(name.toUtf8().size() <= 255, qPrintable(name));
            QVERIFY2(!name.contains(QChar::ReplacementCharacter), qPrintable(name));
            QVERIFY(name.startsWith(QString(begins, u'x') + letter.repeated(40)));
            QVERIFY(name.endsWith(QStringLiteral(" 2026-11-22 15-04-05.123.tape")));
        }
    }
}

QTEST_GUILESS_MAIN(TestTapedRuns)
#include "test_taped_runs.moc"

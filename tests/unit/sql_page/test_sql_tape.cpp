// The tape of the run in the SQL tab: the newest rows of its sources, as they were read.
#include "core/pipeline/json/json.h"
#include "tests/unit/sql_page/shown_sql.h"
#include "widgets/sql/run_tape.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A source and a sink; what runs leave of their input is in a folder of its own.
struct TapedSql : ShownSql {
    QTemporaryDir tapes;
    NodeId source;

    explicit TapedSql(Json params) {
        source = document.addNode({"generator", std::move(params)}, {0, 0});
        document.addNodeBehind({"table_view", Json::object()}, {300, 0}, {source, "out"});
    }
    ~TapedSql() { session.stop(StopMode::Discard); }
    const AskableTable* tapeTable() const {
        return page.tables().find(QStringLiteral("tape"), QString::fromStdString(source));
    }
    bool isTaped() const { return tapeTable() != nullptr; }
    QString table() const { return QStringLiteral("tape.") + QString::fromStdString(source); }
    /// The first value of the answer; empty: there is none.
    QString answer(const QString& what) {
        return ask(QStringLiteral("SELECT %1 FROM %2").arg(what, table())) && page.model().rowCount() > 0
                   ? cell(0, 0)
                   : QString();
    }
};

}  // namespace

class TestSqlTape : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-sql-tape"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    /// Of more rows than it shows the newest.
    void aRecordedRunIsAsked() {
        TapedSql fixture(Json{{"columns", {"n BIGINT = i"}}, {"rows", 2'500}});
        fixture.session.setTape({.recordInto = fixture.tapes.path()});
        QTRY_VERIFY(fixture.document.isValidated());
        QVERIFY(!fixture.isTaped());
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isTaped(), 20'000);
        QCOMPARE(fixture.answer(QStringLiteral("count(*) || ' ' || min(n) || ' ' || max(n)")),
                 QStringLiteral("1000 1500 2499"));
        QVERIFY(fixture.says(QStringLiteral("the newest on the tape")));
        // In the list it stands by itself.
        const AskableSchema& last = fixture.page.tables().schemas().back();
        QVERIFY(last.isTape());
        QCOMPARE(fixture.page.tables().askedAs(last, last.tables.front()), fixture.table());
    }

    /// A statement that is stopped leaves the tape to the next one.
    void readingKeepsToTheLimitsOfItsStatement() {
        TapedSql fixture(Json{{"columns", {"n BIGINT = i"}}, {"rows", 20}});
        fixture.session.setTape({.recordInto = fixture.tapes.path()});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isTaped(), 20'000);
        const StreamType* stream = fixture.document.streamAt({fixture.source, "out"});
        QVERIFY(stream != nullptr && stream->schema);
        RunTape tape(nullptr, fixture.session.lastTape().toStdString());
        const auto stopped = tape.newest(fixture.source, *stream->schema, {[] { return true; }, 1 << 20});
        QVERIFY(!stopped.ok() && stopped.status().error().code == ErrorCode::Cancelled);
        const auto tooLarge = tape.newest(fixture.source, *stream->schema, {[] { return false; }, 1});
        QVERIFY(!tooLarge.ok() && tooLarge.status().error().code == ErrorCode::Invalid);
        const auto all = tape.newest(fixture.source, *stream->schema, {[] { return false; }, 1 << 20});
        QVERIFY(all.ok());
        std::size_t rows = 0;
        for (const Batch& batch : *all) rows += batch.rows;
        QCOMPARE(rows, std::size_t{20});
    }

    /// The columns of the pipeline may be others by now; then nothing is guessed.
    void otherColumnsAreRefused() {
        TapedSql fixture(Json{{"columns", {"n BIGINT = i"}}, {"rows", 20}});
        fixture.session.setTape({.recordInto = fixture.tapes.path()});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isTaped(), 20'000);
        fixture.document.setParam(fixture.source, "columns", Json::array({"m BIGINT = i"}));
        QTRY_VERIFY(fixture.document.isValidated());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isTaped() && fixture.tapeTable()->columns.front().name == u"m",
                                 20'000);
        QCOMPARE(fixture.answer(QStringLiteral("m")), QString());
        QVERIFY(fixture.says(QStringLiteral("has other columns on the tape")));
    }

    /// What a run with live sources keeps by itself is its tape, and goes with the run.
    void theNewestInputIsAsked() {
        TapedSql fixture(Json{{"columns", {"n BIGINT = i"}}, {"rate", 500}});
        fixture.session.keepInput(fixture.tapes.path(), true);
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isTaped(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.answer(QStringLiteral("count(*) > 0")) == QLatin1String("1"),
                                 30'000);
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), 30'000);
        fixture.session.keepInput({}, false);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.isTaped(), 20'000);
    }
};

QTEST_MAIN(TestSqlTape)
#include "test_sql_tape.moc"

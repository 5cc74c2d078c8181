// What the SQL tab has of a run besides the rows of its wires: rejected rows that no wire takes, and the tape
// and the alerts of what lies in subflows.
#include "core/pipeline/json/json.h"
#include "tests/unit/sql_page/shown_sql.h"
#include "widgets/sql/rejected_rows.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

bool isOver(const ShownSql& fixture) {
    return QTest::qWaitFor([&] { return fixture.session.state() == RunSession::State::Finished; }, 30'000);
}

void putFile(const QString& path, const char* text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0) qFatal("can't write");
}

}  // namespace

class TestSqlRunRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-sql-run-rows"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    /// The help tells of those that a query has where nobody sets any.
    void aStatementHasTheLimitsOfAQuery() {
        ShownSql fixture;
        const QueryLimits asked = fixture.page.tables().query("SELECT 1").limits, usual;
        QCOMPARE(asked.time, usual.time);
        QCOMPARE(asked.bytes, usual.bytes);
    }

    /// No wire takes them: the run keeps them, and they are in the table.
    void rejectedRowsWithoutAWireAreAsked() {
        ShownSql fixture;
        const QString path = fixture.folder.filePath(QStringLiteral("in.csv"));
        putFile(path, "n\n1\nnone\n0\n4\n");
        const NodeId source = fixture.document.addNode(
            {"csv_source", Json{{"path", path.toStdString()}, {"columns", {"n INT"}}}}, {0, 0});
        const NodeId filter = fixture.document.addNodeBehind({"filter", Json{{"condition", "4 / n >= 1"}}},
                                                             {300, 0}, {source, "out"});
        fixture.document.addNodeBehind({"table_view", Json::object()}, {600, 0}, {filter, "out"});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QVERIFY(isOver(fixture));
        const auto told = [&fixture](const NodeId& node, const char* what) {
            const QString table = QStringLiteral("live.") + QString::fromStdString(node + "_rejected");
            return fixture.ask(QStringLiteral("SELECT %1 FROM %2").arg(QLatin1String(what), table)) &&
                           fixture.page.model().rowCount() == 1
                       ? fixture.cell(0, 0)
                       : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(told(source, "count(*) || node || position"),
                                  QStringLiteral("1") + QString::fromStdString(source) + u'2', 20'000);
        QVERIFY(told(source, "\"row\"").contains(QLatin1String("none")));
        QVERIFY(!told(source, "error").isEmpty());
        QCOMPARE(told(filter, "count(*) || node || position"),
                 QStringLiteral("1") + QString::fromStdString(filter) + u'3');
        // The list says so, too.
        const AskableTable* const table =
            fixture.page.tables().find(QStringLiteral("live"), QString::fromStdString(source + "_rejected"));
        QVERIFY(table != nullptr && !table->cut);
        QCOMPARE(table->rows, std::int64_t{1});
    }

    /// Those of other nodes, and late ones, are not among them; a row without a number has none.
    void onlyThoseOfTheNodeAreTaken() {
        KeptRow good, late, other;
        good.node = late.node = "a";
        other.node = "b";
        late.kind = KeptRow::Kind::Late;
        good.row = "1,2";
        const Batch rows = rejectedRows({other, good, late}, "a");
        QCOMPARE(rows.rows, std::size_t{1});
        QCOMPARE(rows.columns.size(), rows.schema->size());
        QVERIFY(rows.columns[2]->string(0) == "1,2");
        QVERIFY(rows.columns[3]->isNull(0));
        QCOMPARE(rejectedRows({}, "a").rows, std::size_t{0});
    }

    /// They are called as elsewhere: by their way from the outermost subflow.
    void whatLiesInSubflowsIsAsked() {
        ShownSql fixture;
        const QTemporaryDir tapes;
        const QString part = fixture.folder.filePath(QStringLiteral("part.rill"));
        putFile(part, R"json({"rill": 1, "nodes": [
            {"id": "given", "type": "rows", "params": {"columns": ["ts TIMESTAMP(3)", "n BIGINT"], "event_time": "ts",
                "rows": [["2024-03-01 12:00:00", 1], ["2024-03-01 12:00:10", 3], ["2024-03-01 12:00:20", 4]]}},
            {"id": "high", "type": "alert", "params":
                {"condition": "n > 2", "for": "0s", "message": "high", "to": ["panel"]}},
            {"id": "result", "type": "subflow_output"}],
            "wires": [{"from": "given", "to": "high"}, {"from": "given", "to": "result"}]})json");
        const NodeId sub = fixture.document.addNode({"subflow", Json{{"file", part.toStdString()}}}, {0, 0});
        const NodeId table = fixture.document.addNode({"table_view"}, {300, 0});
        fixture.document.connectPorts({sub, "result"}, {table, "in"});
        fixture.session.setTape({.recordInto = tapes.path()});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QVERIFY(isOver(fixture));
        const QString name = QString::fromStdString(insideOf(sub, "given"));
        const QueryTables& tables = fixture.page.tables();
        QTRY_VERIFY_WITH_TIMEOUT(tables.find(QStringLiteral("tape"), name) != nullptr, 20'000);
        const AskableSchema& tape = tables.schemas().back();
        QVERIFY(tape.isTape());
        QCOMPARE(tape.tables.size(), std::size_t{1});  // the end of the subflow is no source
        const QString asked = tables.askedAs(tape, tape.tables.front());
        QCOMPARE(asked, QStringLiteral("tape.\"%1\"").arg(name));
        QVERIFY(fixture.ask(QStringLiteral("SELECT count(*) || ' ' || max(n) FROM ") + asked));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("3 4"));
        QTRY_VERIFY_WITH_TIMEOUT(tables.find({}, QStringLiteral("alerts")) != nullptr, 20'000);
        QVERIFY(fixture.ask(QStringLiteral("SELECT node, message FROM alerts")));
        QCOMPARE(fixture.page.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 0), QString::fromStdString(insideOf(sub, "high")));
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("high"));
    }
};

QTEST_MAIN(TestSqlRunRows)
#include "test_sql_run_rows.moc"

// The alerts of the run as a table of the SQL tab: in the list, in the completion, and asked.
#include "tests/support/made_alerts.h"
#include "tests/unit/sql_page/shown_sql.h"
#include "widgets/sql/query_completion.h"
#include "widgets/sql/table_tree.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

/// What the list at the left has for a table; empty: it has none of that name.
QString inTree(const ShownSql& fixture, const QString& table, int role) {
    const QAbstractItemModel& tree = *fixture.page.side().tree().model();
    for (int schema = 0; schema < tree.rowCount(); ++schema) {
        const QModelIndex head = tree.index(schema, 0);
        for (int row = 0; row < tree.rowCount(head); ++row) {
            const QModelIndex index = tree.index(row, 0, head);
            if (index.data().toString() == table) return index.data(role).toString();
        }
    }
    return {};
}

/// What a word becomes that is completed; empty: it is not offered.
QString completed(const ShownSql& fixture, const QString& before, const QString& after, const QString& word) {
    QueryCompletion completion(fixture.page.tables());
    const auto offered = completion.at(before, after);
    for (const Completion& each : offered->list()) {
        if (each.name == word) return each.insert;
    }
    return {};
}

}  // namespace

class TestSqlAlerts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-sql-alerts"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void alertsAreListedAndAsked() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(inTree(fixture, QStringLiteral("alerts"), TableTree::kSqlRole).isEmpty());
        QVERIFY(
            completed(fixture, QStringLiteral("SELECT * FROM al"), {}, QStringLiteral("alerts")).isEmpty());
        const MadeBoard made;
        made.put("7", AlertStage::Open);
        fixture.session.alerts().show(made.board);
        QTRY_COMPARE_WITH_TIMEOUT(inTree(fixture, QStringLiteral("alerts"), TableTree::kSqlRole),
                                  QStringLiteral("alerts"), 20'000);
        QCOMPARE(inTree(fixture, QStringLiteral("alerts"), TableTree::kDetailRole), QStringLiteral("1"));
        QVERIFY(inTree(fixture, QStringLiteral("alerts"), Qt::ToolTipRole).contains(QLatin1String("go on")));
        QCOMPARE(completed(fixture, QStringLiteral("SELECT * FROM al"), {}, QStringLiteral("alerts")),
                 QStringLiteral("alerts"));
        QCOMPARE(completed(fixture, QStringLiteral("SELECT pe"), QStringLiteral(" FROM alerts"),
                           QStringLiteral("peak")),
                 QStringLiteral("peak"));
        QVERIFY(fixture.ask(QStringLiteral("SELECT rule, key, state FROM alerts")));
        QCOMPARE(fixture.page.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("Busiest core"));
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("core 7"));
        QCOMPARE(fixture.cell(0, 2), QStringLiteral("alert"));
        // Each statement sees them as they are by then.
        made.put("8", AlertStage::Open);
        QVERIFY(fixture.ask(QStringLiteral("SELECT count(*) FROM alerts")));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("2"));
        // They are of the run that is shown.
        fixture.session.alerts().show(nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(inTree(fixture, QStringLiteral("alerts"), TableTree::kSqlRole).isEmpty(),
                                 20'000);
    }

    void theTableOfASinkKeepsItsName() {
        ShownSql fixture;
        fixture.fill();
        SQLite::Database(fixture.path.toStdString(), SQLite::OPEN_READWRITE)
            .exec("CREATE TABLE alerts (shop TEXT); INSERT INTO alerts VALUES ('of the sink')");
        const MadeBoard made;
        made.put("7", AlertStage::Open);
        fixture.session.alerts().show(made.board);
        const QueryTables& tables = fixture.page.tables();
        const auto has = [&tables](const char* schema) {
            return tables.find(QLatin1String(schema), QStringLiteral("alerts")) != nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(has("results") && has("live"), 20'000);
        const AskableSchema& live = tables.schemas().back();
        QCOMPARE(tables.askedAs(live, *tables.find(QStringLiteral("live"), QStringLiteral("alerts"))),
                 QStringLiteral("live.alerts"));
        QVERIFY(fixture.ask(QStringLiteral("SELECT * FROM alerts")));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("of the sink"));
        QVERIFY(fixture.ask(QStringLiteral("SELECT key FROM live.alerts")));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("core 7"));
    }

    /// Of more alerts than the board keeps some are missing, and that is said.
    void whatIsMissingIsSaid() {
        ShownSql fixture;
        fixture.fill();
        const MadeBoard made;
        for (std::size_t i = 0; i < AlertBoard::kEnded; ++i) made.put(std::to_string(i), AlertStage::Cleared);
        fixture.session.alerts().show(made.board);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.tables().find({}, QStringLiteral("alerts")) != nullptr, 20'000);
        QVERIFY(fixture.ask(QStringLiteral("SELECT count(*) FROM alerts")));
        QVERIFY(!fixture.says(QStringLiteral("Not all alerts")));
        for (int i = 0; i < 5; ++i) made.put("more " + std::to_string(i), AlertStage::Cleared);
        fixture.session.alerts().refresh();
        QVERIFY(fixture.ask(QStringLiteral("SELECT count(*) FROM alerts")));
        QCOMPARE(fixture.page.model().answer()->result.rows.at(0).at(0),
                 QueryValue(static_cast<std::int64_t>(AlertBoard::kEnded)));
        QVERIFY(fixture.says(QStringLiteral("Not all alerts")));
    }

    /// They stay when the run has ended.
    void alertsOfARunAreAsked() {
        ShownSql fixture;
        const NodeId rows = fixture.document.addNode(
            {"rows", Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "n BIGINT"], "event_time": "ts",
                "rows": [["2024-03-01 12:00:00", 1], ["2024-03-01 12:00:10", 3], ["2024-03-01 12:00:20", 4]]})json")},
            {0, 0});
        const NodeId alert = fixture.document.addNodeBehind(
            {"alert",
             Json::parse(
                 R"json({"condition": "n > 2", "for": "0s", "message": "high", "to": ["panel"]})json"),
             QStringLiteral("High")},
            {300, 0}, {rows, "out"});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.tables().find({}, QStringLiteral("alerts")) != nullptr, 20'000);
        QVERIFY(fixture.ask(QStringLiteral("SELECT rule, node, kind, started, message FROM alerts")));
        QCOMPARE(fixture.page.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("High"));
        QCOMPARE(fixture.cell(0, 1), QString::fromStdString(alert));
        QCOMPARE(fixture.cell(0, 2), QStringLiteral("condition"));
        QVERIFY2(fixture.cell(0, 3).startsWith(QLatin1String("2024-03-01 12:00:10")),
                 qPrintable(fixture.cell(0, 3)));
        QCOMPARE(fixture.cell(0, 4), QStringLiteral("high"));
    }
};

QTEST_MAIN(TestSqlAlerts)
#include "test_sql_alerts.moc"

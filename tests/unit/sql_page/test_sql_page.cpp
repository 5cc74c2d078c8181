// The SQL tab: statements over results and live rows, their rows, mistakes, history and export.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/sql_page/shown_sql.h"
#include "widgets/charts/quick/quick_chart.h"
#include "widgets/sql/query_plan_view.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const QString kEndless =
    QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The characters under wavy lines.
QString wavy(const QueryEdit& edit) {
    QString marked;
    for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange& range : block.layout()->formats())
            if (range.format.underlineStyle() == QTextCharFormat::WaveUnderline)
                marked += block.text().mid(range.start, range.length);
    }
    return marked;
}

}  // namespace

class TestSqlPage : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-sql"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void saysWhatToDoWithoutResults() {
        const ShownSql fixture;
        QTRY_VERIFY(fixture.says(QStringLiteral("No results yet")));
        QVERIFY(fixture.says(QStringLiteral("No tables yet.")));
        QVERIFY(!fixture.visible<QPushButton>(QStringLiteral("Export")));
        QVERIFY(!fixture.visible<QPushButton>(QStringLiteral("Run query"))->isEnabled());
    }

    void asksATable() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.says(QStringLiteral("Nothing was asked yet")));
        QVERIFY(fixture.ask(
            QStringLiteral("SELECT shop, sum(n) AS total, price FROM orders GROUP BY shop ORDER BY shop")));
        QCOMPARE(fixture.page.model().rowCount(), 2);
        QCOMPARE(fixture.cell(1, 0), QStringLiteral("b"));
        QCOMPARE(fixture.cell(1, 1), QStringLiteral("5"));
        QVERIFY(fixture.says(QStringLiteral("2 rows")));
        QVERIFY(!fixture.says(QStringLiteral("Text changed since")));
        fixture.type(QStringLiteral("SELECT 1"));
        QVERIFY(fixture.says(QStringLiteral("Text changed since")));
        QVERIFY(fixture.ask(QStringLiteral("SELECT * FROM orders WHERE shop = 'nobody'")));
        QVERIFY(fixture.says(QStringLiteral("0 of 3 rows match")));
        QVERIFY(fixture.says(QStringLiteral("No rows")));
    }

    void runsTheStatementAtTheCursor() {
        ShownSql fixture;
        fixture.fill();
        fixture.type(QStringLiteral("SELECT 1 AS é;\n\nSELECT 2"));
        QTextCursor cursor = fixture.page.edit().textCursor();
        cursor.setPosition(3);
        fixture.page.edit().setTextCursor(cursor);
        QTest::keyClick(&fixture.page.edit(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(fixture.page.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("1"));
        QVERIFY2(!fixture.page.edit().toPlainText().contains(QStringLiteral("\n\n\n")), "Enter was typed");
        fixture.page.edit().moveCursor(QTextCursor::End);
        QTest::keyClick(&fixture.page.edit(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QTRY_COMPARE(fixture.cell(0, 0), QStringLiteral("2"));
    }

    void aMistakeIsMarked() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.ask(QStringLiteral("SELECT 'ä';\nSELECT\n  shopp FROM orders")));
        QTRY_VERIFY(fixture.says(QStringLiteral("There is no column “shopp”.")));
        QVERIFY(fixture.says(QStringLiteral("Line 3, character 3. Did you mean “shop”?")));
        QCOMPARE(wavy(fixture.page.edit()), QStringLiteral("shopp"));
        // While it is mended nothing is red.
        QTest::keyClicks(&fixture.page.edit(), QStringLiteral(" "));
        QVERIFY(!fixture.says(QStringLiteral("There is no column")));
        QCOMPARE(wavy(fixture.page.edit()), QString());
    }

    void explains() {
        ShownSql fixture;
        fixture.fill();
        auto* plan = fixture.page.findChild<QueryPlanView*>();
        QVERIFY(fixture.ask(QStringLiteral("SELECT * FROM orders a, orders b WHERE a.n < b.n ORDER BY 1")));
        QVERIFY(!plan->isVisible());
        QTest::mouseClick(fixture.visible<QPushButton>(QStringLiteral("Explain")), Qt::LeftButton);
        QVERIFY(plan->isVisible());
        auto* steps = plan->findChild<QTreeWidget*>();
        QCOMPARE(steps->topLevelItem(0)->text(0), QStringLiteral("SCAN a"));
        QVERIFY(steps->topLevelItem(0)->icon(0).isNull());
        QCOMPARE(steps->topLevelItem(1)->text(0), QStringLiteral("SCAN b"));
        QVERIFY(!steps->topLevelItem(1)->icon(0).isNull());
        QVERIFY(fixture.says(QStringLiteral("“b” is read whole again and again")));
        QVERIFY(fixture.says(QStringLiteral("1 sort")));
        QVERIFY(fixture.ask(QStringLiteral("SELECT n FROM orders")));
        QCOMPARE(steps->topLevelItemCount(), 1);
        QVERIFY(!fixture.says(QStringLiteral("is read whole")));
        QVERIFY(fixture.ask(QStringLiteral("SELECT nothing FROM orders")));
        QVERIFY(plan->isVisible());  // of the result that is still shown
        fixture.page.setExplaining(false);
        QVERIFY(!plan->isVisible());
    }

    void aWriteIsRefused() {
        ShownSql fixture;
        fixture.fill();
        const QByteArray before = contentOf(fixture.path);
        QVERIFY(fixture.ask(QStringLiteral("INSERT INTO orders SELECT * FROM orders")));
        QTRY_VERIFY(fixture.says(QStringLiteral("This tab only reads. INSERT belongs into a sink.")));
        QCOMPARE(contentOf(fixture.path), before);
    }

    void escapeStopsIt() {
        ShownSql fixture;
        fixture.fill();
        fixture.type(kEndless);
        fixture.page.runStatement();
        QTRY_VERIFY(fixture.says(QStringLiteral("Running")));
        QVERIFY(fixture.visible<QPushButton>(QStringLiteral("Stop")));
        QTest::keyClick(&fixture.page.edit(), Qt::Key_Escape);
        QVERIFY(!fixture.page.isRunning());
        QVERIFY(fixture.says(QStringLiteral("Stopped.")));
        QVERIFY(fixture.ask(QStringLiteral("SELECT 7")));  // at once, not behind the one before
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("7"));
    }

    void aNewerStatementEndsTheOneBefore() {
        ShownSql fixture;
        fixture.fill();
        fixture.type(kEndless);
        fixture.page.runStatement();
        QVERIFY(fixture.ask(QStringLiteral("SELECT 8")));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("8"));
    }

    void thePageGoesWhileAStatementRuns() {
        ShownSql fixture;
        fixture.fill();
        fixture.type(kEndless);
        fixture.page.runStatement();
        QTest::qWait(50);
    }

    void completes_data() {
        QTest::addColumn<QString>("before");  // “^” is the cursor
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* before, const char* typed, const char* after) {
            QTest::newRow(before) << QString::fromUtf8(before) << QString::fromUtf8(typed)
                                  << QString::fromUtf8(after);
        };
        row("SELECT * FROM ^", "or", "SELECT * FROM orders");
        row("SELECT ^ FROM orders", "wi", "SELECT window_start FROM orders");
        row("SELECT o.^ FROM orders AS o", "sh", "SELECT o.shop FROM orders AS o");
        row("SELECT * FROM results.^", "bu", "SELECT * FROM results.busy");
        row("SELECT ^", "ro", "SELECT round(");
        row("SELECT n FROM orders ^", "ord", "SELECT n FROM orders ORDER BY");
    }
    void completes() {
        QFETCH(QString, before);
        QFETCH(QString, typed);
        QFETCH(QString, after);
        ShownSql fixture;
        fixture.fill();
        const auto at = static_cast<int>(before.indexOf(u'^'));
        fixture.type(before.remove(u'^'));
        QTextCursor cursor = fixture.page.edit().textCursor();
        cursor.setPosition(at);
        fixture.page.edit().setTextCursor(cursor);
        fixture.page.edit().setFocus();
        QTest::keyClicks(&fixture.page.edit(), typed);
        auto* list = fixture.page.edit().findChild<QCompleter*>()->popup();
        QTRY_VERIFY(list->isVisible());
        if (typed == QLatin1String("ord")) {
            while (list->currentIndex().data().toString() != QLatin1String("ORDER BY") &&
                   list->currentIndex().row() + 1 < list->model()->rowCount())
                QTest::keyClick(list, Qt::Key_Down);
        }
        QTest::keyClick(list, Qt::Key_Tab);
        QCOMPARE(fixture.page.edit().toPlainText(), after);
    }

    /// As Tab does, and the line stays one.
    void enterTakesACompletion() {
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
            ShownSql fixture;
            fixture.fill();
            fixture.type(QStringLiteral("SELECT  FROM orders"));
            QTextCursor cursor = fixture.page.edit().textCursor();
            cursor.setPosition(7);
            fixture.page.edit().setTextCursor(cursor);
            fixture.page.edit().setFocus();
            QTest::keyClicks(&fixture.page.edit(), QStringLiteral("wi"));
            auto* list = fixture.page.edit().findChild<QCompleter*>()->popup();
            QTRY_VERIFY(list->isVisible());
            QTest::keyClick(list, key);
            QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT window_start FROM orders"));
            QVERIFY(!list->isVisible());
        }
    }

    void namesAreInserted() {
        ShownSql fixture;
        fixture.fill();
        QTreeView& tree = fixture.page.side().tree();
        QTRY_COMPARE(tree.model()->rowCount(), 1);
        const QModelIndex database = tree.model()->index(0, 0);
        QCOMPARE(database.data().toString(), QStringLiteral("results.db"));
        const QModelIndex orders = tree.model()->index(0, 0, database);
        QCOMPARE(orders.data().toString(), QStringLiteral("orders"));
        QCOMPARE(orders.data(TableTree::kDetailRole).toString(), QStringLiteral("3"));
        QCOMPARE(tree.model()->rowCount(orders), 4);
        Q_EMIT tree.activated(orders);
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT *\nFROM orders\nLIMIT 100"));
        Q_EMIT tree.activated(tree.model()->index(1, 0, orders));
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT *\nFROM orders\nLIMIT 100 shop"));
    }

    void tablesAreFound() {
        ShownSql fixture;
        fixture.fill();
        QTreeView& tree = fixture.page.side().tree();
        QTRY_COMPARE(tree.model()->rowCount(), 1);
        fixture.page.side().findChild<QLineEdit*>()->setText(QStringLiteral("pric"));
        const QModelIndex database = tree.model()->index(0, 0);
        QCOMPARE(tree.model()->rowCount(database), 1);
        QCOMPARE(tree.model()->rowCount(tree.model()->index(0, 0, database)), 1);
    }

    void theHistoryIsKept() {
        {
            ShownSql fixture;
            fixture.fill();
            QVERIFY(fixture.ask(QStringLiteral("SELECT 1")));
            QVERIFY(fixture.ask(QStringLiteral("SELECT nothing")));
            QVERIFY(fixture.ask(QStringLiteral("SELECT 3")));
            fixture.type(QStringLiteral("draft"));
            const auto past = [&](Qt::Key key) {
                QTest::keyClick(&fixture.page.edit(), key, Qt::ControlModifier);
                return fixture.page.edit().toPlainText();
            };
            QCOMPARE(past(Qt::Key_Up), QStringLiteral("SELECT 3"));
            QCOMPARE(past(Qt::Key_Up), QStringLiteral("SELECT nothing"));
            QCOMPARE(past(Qt::Key_Up), QStringLiteral("SELECT 1"));
            QCOMPARE(past(Qt::Key_Up), QStringLiteral("SELECT 1"));
            QCOMPARE(past(Qt::Key_Down), QStringLiteral("SELECT nothing"));
            QCOMPARE(past(Qt::Key_Down), QStringLiteral("SELECT 3"));
            QCOMPARE(past(Qt::Key_Down), QStringLiteral("draft"));
        }
        QueryHistory history;
        QCOMPARE(history.rowCount(), 3);
        QCOMPARE(history.at(0).rows, std::optional<qint64>(1));
        QCOMPARE(history.at(1).rows, std::optional<qint64>());
        for (int i = 0; i < 250; ++i)
            history.add({QStringLiteral("SELECT %1").arg(i), QDateTime::currentDateTime()});
        history.add({QString(QueryHistory::kLongest + 1, u'x')});
        QCOMPARE(QueryHistory().rowCount(), QueryHistory::kMost);
        QCOMPARE(QueryHistory().at(0).sql, QStringLiteral("SELECT 249"));
    }

    // What was typed and not run stays.
    void aPastStatementIsTakenBack() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.ask(QStringLiteral("SELECT 1")));
        QListView& list = fixture.page.side().history();
        Q_EMIT list.activated(list.model()->index(0, 0));
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT 1"));
        fixture.type(QStringLiteral("SELECT new"));
        Q_EMIT list.activated(list.model()->index(0, 0));
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT new;\n\nSELECT 1"));
    }

    void exports() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.ask(
            QStringLiteral("SELECT shop, n, NULL AS e, x'00' AS b FROM orders ORDER BY rowid LIMIT 2")));
        const QString csv = fixture.folder.filePath(QStringLiteral("out.csv"));
        fixture.page.exportTo(csv, QueryFormat::Csv);
        QTRY_COMPARE(contentOf(csv), QByteArray("shop,n,e,b\na,3,,AA==\nb,5,,AA==\n"));
        QTRY_VERIFY(fixture.visible<QPushButton>(QStringLiteral("Export 2 rows")) != nullptr);
        const QString json = fixture.folder.filePath(QStringLiteral("out.ndjson"));
        fixture.page.exportTo(json, QueryFormat::JsonLines);
        QTRY_COMPARE(contentOf(json), QByteArray("{\"shop\":\"a\",\"n\":3,\"e\":null,\"b\":\"AA==\"}\n"
                                                 "{\"shop\":\"b\",\"n\":5,\"e\":null,\"b\":\"AA==\"}\n"));
    }

    void chartsANumber() {
        ShownSql fixture;
        fixture.fill();
        auto* chart = fixture.page.findChild<QuickChart*>();
        QVERIFY(!chart->isVisible());
        QVERIFY(fixture.ask(QStringLiteral("SELECT window_start, n FROM orders")));
        QVERIFY(chart->isVisible());
        QVERIFY(fixture.ask(QStringLiteral("SELECT shop FROM orders")));
        QVERIFY(!chart->isVisible());
        const QueryResult& result = fixture.page.model().answer()->result;
        QVERIFY(!chartColumns(result).any());
        QVERIFY(fixture.ask(QStringLiteral("SELECT shop, n, window_start FROM orders")));
        const QueryResult rows = fixture.page.model().answer()->result;
        QVERIFY(!holdsTimes(rows, 0) && holdsTimes(rows, 2));
        QCOMPARE(chartOf(rows, 0, 1)->rows(), std::uint64_t{3});
        QCOMPARE(chartOf(rows, 2, 1)->rows(), std::uint64_t{3});
        QVERIFY(fixture.ask(QStringLiteral("SELECT n % 2, count(*), sum(n) FROM orders GROUP BY 1")));
        const ChartChoice numbers = chartColumns(fixture.page.model().answer()->result);
        QCOMPARE(numbers.across, (std::vector<std::size_t>{0}));
        QCOMPARE(numbers.numbers, (std::vector<std::size_t>{1, 2}));
    }

    void liveRowsOfARun() {
        ShownSql fixture;
        const NodeId rows = fixture.document.addNode(
            {"generator",
             Json::parse(
                 R"json({"columns": ["ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'", "n BIGINT = i"],
                                          "event_time": "ts", "rate": 500})json")},
            {0, 0});
        fixture.document.addNodeBehind({"histogram", Json{{"value", "n"}}}, {300, 0}, {rows, "out"});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.tables().any(), 20'000);
        const QString table = QStringLiteral("live.") + QString::fromStdString(rows);
        const auto some = [&] {
            return fixture.ask(QStringLiteral("SELECT count(*) > 0 FROM %1 WHERE n >= 0").arg(table)) &&
                   fixture.cell(0, 0) == QLatin1String("1");
        };
        QTRY_VERIFY_WITH_TIMEOUT(some(), 20'000);
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), 20'000);
    }

    /// Those that came last, and no more of them however many came.
    void aThousandRowsOfAnOutputAreLive() {
        ShownSql fixture;
        const NodeId rows = fixture.document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 20'000}}}, {0, 0});
        fixture.document.addNodeBehind({"table_view", Json::object()}, {300, 0}, {rows, "out"});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.tables().any(), 20'000);
        const QString table = QStringLiteral("live.") + QString::fromStdString(rows);
        const auto first = [&](const QString& columns) {
            return fixture.ask(QStringLiteral("SELECT %1 FROM %2").arg(columns, table)) ? fixture.cell(0, 0)
                                                                                        : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(first(QStringLiteral("max(n) > 5000")), QStringLiteral("1"), 20'000);
        QCOMPARE(first(QStringLiteral("count(*) || ' of ' || (max(n) - min(n) + 1)")),
                 QStringLiteral("1000 of 1000"));
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), 20'000);
    }

    /// Of a node with several outputs the first has its name, and the others “_” and theirs behind it.
    void otherOutputsHaveTheirNameBehindTheNode() {
        ShownSql fixture;
        const NodeId rows = fixture.document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 500}}}, {0, 0});
        const NodeId parts = fixture.document.addNodeBehind(
            {"route", Json{{"branches", {"even: n % 2 = 0", "odd: n % 2 = 1"}}}}, {300, 0}, {rows, "out"});
        fixture.document.addNodeBehind({"table_view", Json::object()}, {600, 0}, {parts, "even"});
        fixture.document.addNodeBehind({"table_view", Json::object()}, {600, 200}, {parts, "odd"});
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.tables().any(), 20'000);
        const QString node = QStringLiteral("live.") + QString::fromStdString(parts);
        const auto rest = [&](const QString& table) {
            return fixture.ask(QStringLiteral("SELECT min(n % 2) || '-' || max(n % 2) FROM ") + table)
                       ? fixture.cell(0, 0)
                       : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(rest(node), QStringLiteral("0-0"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(rest(node + QStringLiteral("_odd")), QStringLiteral("1-1"), 20'000);
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), 20'000);
    }

    /// Rows that are written come by themselves, the history has the statement once, and one that fails ends
    /// it.
    void aStatementIsFollowed() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.ask(QStringLiteral("SELECT shop FROM orders")));
        auto* follow = fixture.visible<QCheckBox>(QStringLiteral("Follow live"));
        QVERIFY(follow != nullptr && !follow->isChecked());
        fixture.page.setFollowing(true);
        auto* grid = fixture.page.findChild<QTableView*>();
        // Not selectRow(): a test before may have left Ctrl pressed, as QTest sees it.
        grid->selectionModel()->select(grid->model()->index(1, 0), QItemSelectionModel::ClearAndSelect);
        fixture.type(QStringLiteral("SELECT 'typed meanwhile'"));
        SQLite::Database database(fixture.path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("INSERT INTO orders VALUES ('2024-03-01 12:03:00.000', 'c', 1, '1.00')");
        QTRY_COMPARE(fixture.page.model().rowCount(), 4);
        QVERIFY(fixture.says(QStringLiteral("Text changed since")));
        const auto chosen = grid->selectionModel()->selectedRows();
        QVERIFY(chosen.size() == 1 && chosen.front().row() == 1);
        const QModelIndex second = fixture.page.side().history().model()->index(1, 0);
        QVERIFY(second.data(Qt::ToolTipRole).toString() != QStringLiteral("SELECT shop FROM orders"));
        database.exec("DROP VIEW busy; DROP TABLE orders");
        QTRY_VERIFY(!follow->isChecked());
        QVERIFY(fixture.says(QStringLiteral("orders")));
    }

    /// Stop ends it, and without a result it runs what is written.
    void followingIsStopped() {
        ShownSql fixture;
        fixture.fill();
        fixture.type(QStringLiteral("SELECT count(*) FROM orders"));
        fixture.page.setFollowing(true);
        QTRY_COMPARE(fixture.cell(0, 0), QStringLiteral("3"));
        QVERIFY(fixture.visible<QCheckBox>(QStringLiteral("Follow live"))->isChecked());
        fixture.type(kEndless);
        fixture.page.runStatement();
        fixture.page.stop();
        QVERIFY(!fixture.visible<QCheckBox>(QStringLiteral("Follow live"))->isChecked());
        QVERIFY(!fixture.page.isRunning());
    }

    // With its document the result goes; the text stays.
    void anotherDocument() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.ask(QStringLiteral("SELECT * FROM orders")));
        fixture.page.hide();
        fixture.document.startEmpty();
        QCOMPARE(fixture.page.model().rowCount(), 3);  // a page that is off stays as it is
        fixture.page.show();
        QCOMPARE(fixture.page.model().rowCount(), 0);
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT * FROM orders"));
        QTRY_VERIFY(fixture.says(QStringLiteral("No results yet")));
    }

    void aFileThatVanishes() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(QFile::remove(fixture.path));
        QVERIFY(fixture.ask(QStringLiteral("SELECT * FROM orders")));
        QTRY_VERIFY(fixture.says(QStringLiteral("There is no file")));
    }
};

QTEST_MAIN(TestSqlPage)
#include "test_sql_page.moc"

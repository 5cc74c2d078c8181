// The texts of cards in little room: the summary line and the last rows of a sink.
#include <QTranslator>
#include <QtTest/QtTest>

#include "tests/support/batch_of.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/cards/card_painter.h"
#include "widgets/canvas/cards/summary_line.h"
#include "widgets/charts/recent_rows.h"
#include "widgets/theme/scene_fonts.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

const QString kWindow =
    QStringLiteral("TUMBLE 5 s · by core · AVG(load * 100), PERCENTILE(load, 0.95), COUNT(*)");

QString summaryIn(double width, const QString& summary = kWindow) {
    return summaryLine(summary, sceneFont(TextStyle::Caption), width);
}

double widthOf(const QString& text) {
    return textWidth(text, sceneFont(TextStyle::Caption)) + 1;
}

const Type kTime = Type::of(TypeId::Timestamp);

SchemaRef windowRows() {
    return schemaOf({{"window_start", kTime},
                     {"window_end", kTime},
                     {"window_time", kTime},
                     {"core", Type::of(TypeId::Int)},
                     {"avg_load", Type::of(TypeId::Double)}});
}

std::vector<Value> windowRow(Instant start, std::int32_t core, double load) {
    return {start, start + 5000, start + 4999, core, load};
}

}  // namespace

class TestCardWords : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    // Only the beginning of a long summary is shown.
    void allItemsOfALongListAreCounted() {
        QStringList columns;
        for (int i = 0; i < 1000; ++i) columns << QStringLiteral("column_%1").arg(i);
        const QString line = summaryIn(150, columns.join(QStringLiteral(", ")));
        QVERIFY2(line.startsWith(QLatin1String("column_0")), qPrintable(line));
        const auto shown = line.count(QLatin1Char(',')) + 1;
        QVERIFY2(line.endsWith(QStringLiteral(" +%1").arg(1000 - shown)), qPrintable(line));
    }

    /// Of a node whose input is not wired yet: no words of the file, and nothing that does not apply.
    void choicesStandInTheWordsOfTheForm() {
        CanvasFixture f;
        const NodeId lookup =
            f.add("lookup_join", "Names", {0, 0}, R"({"from": "server", "table": "items"})");
        f.document.setParam(lookup, "connection", "shop");
        f.document.setParam(lookup, "database", "old.db");
        f.show();
        const auto summary = [&] { return f.canvas.view().canvas().node(lookup)->card().summary; };
        QTRY_COMPARE(summary(), QStringLiteral("A database server · shop · items"));
    }

    void lostRowsStandOnTheCardAfterTheRun() {
        CanvasFixture f;
        const NodeId source =
            f.add("rows", "Texts", {0, 0}, R"({"columns": ["a STRING"], "rows": [["1"], ["x"], ["y"]]})");
        const NodeId filter =
            f.add("filter", "Large", {300, 0}, R"json({"condition": "CAST(a AS INT) > 0"})json");
        const NodeId table = f.add("table_view", "Table", {600, 0});
        f.wire({source, "out"}, {filter, "in"});
        f.wire({filter, "out"}, {table, "in"});
        f.waitForChecks();
        f.show();
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        const auto badge = [&] { return f.canvas.view().canvas().node(filter)->card().badge; };
        QTRY_COMPARE(badge(), QStringLiteral("2 rejected"));
        leavePicture(f.canvas, QStringLiteral("rejected_after_the_run"));
    }

    /// Of rows dropped as NULL only the tooltip tells: nothing is wrong.
    void rowsDroppedAsNullStandInTheTip() {
        CanvasFixture f;
        const NodeId source =
            f.add("rows", "Prices", {0, 0}, R"({"columns": ["a INT"], "rows": [[1], [null], [9], [null]]})");
        const NodeId filter = f.add("filter", "Dear", {300, 0}, R"({"condition": "a > 5"})");
        const NodeId table = f.add("table_view", "Table", {600, 0});
        f.wire({source, "out"}, {filter, "in"});
        f.wire({filter, "out"}, {table, "in"});
        f.waitForChecks();
        f.show();
        const NodeItem* item = f.canvas.view().canvas().node(filter);
        QVERIFY(!item->toolTip().contains(QStringLiteral("NULL")));
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        QTRY_VERIFY2(item->toolTip().contains(QStringLiteral("2 rows were dropped because the condition ")),
                     qPrintable(item->toolTip()));
        QVERIFY(item->card().badge.isEmpty() && item->card().strip.isEmpty());
        QCOMPARE(item->card().badgeKind, BadgeKind::None);
    }

    /// Beside two signs the words of one stand below the title.
    void aTitleIsNotCutForABadge_data() {
        QTest::addColumn<QString>("title");
        QTest::addColumn<bool>("below");
        QTest::newRow("short") << QStringLiteral("Hot") << false;
        QTest::newRow("long") << QStringLiteral("Hot machines") << true;
    }
    void aTitleIsNotCutForABadge() {
        QFETCH(QString, title);
        QFETCH(bool, below);
        CardModel card;
        card.title = title;
        card.typeName = QStringLiteral("Filter");
        card.badge = QStringLiteral("12 rejected");
        card.verdict = Verdict::Exact;
        const CardLayout layout = cardLayout(card);
        const QRectF words = titleBox(card, layout, Detail::Full),
                     badge = badgeBox(card, layout, Detail::Full);
        QVERIFY(words.width() >= textWidth(title, sceneFont(TextStyle::BodyStrong)));
        QCOMPARE(badge.top() >= layout.header.bottom(), below);
        QVERIFY(layout.card.contains(badge) && !badge.intersects(words) && !badge.intersects(layout.verdict));
        // Far out the header is all that is painted.
        QVERIFY(layout.header.contains(badgeBox(card, layout, Detail::Header)));
    }

    void lateRowsStandOnTheCardAfterTheRun() {
        CanvasFixture f;
        const NodeId source = f.add("rows", "Times", {0, 0}, R"json({"columns": ["ts TIMESTAMP(3)"],
            "event_time": "ts",
            "rows": [["2024-03-01 12:00:00"], ["2024-03-01 12:01:00"], ["2024-03-01 12:00:03"]]})json");
        const NodeId sort = f.add("sort", "In order", {300, 0});
        const NodeId table = f.add("table_view", "Table", {600, 0});
        f.wire({source, "out"}, {sort, "in"});
        f.wire({sort, "out"}, {table, "in"});
        f.waitForChecks();
        f.show();
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        QTRY_COMPARE(f.canvas.view().canvas().node(sort)->card().badge, QStringLiteral("1 late"));
    }

    void aSummaryThatFitsIsWhole() { QCOMPARE(summaryIn(widthOf(kWindow)), kWindow); }

    void listsGiveTheNumberOfWhatIsLeftOut() {
        const QString two =
            QStringLiteral("TUMBLE 5 s · by core · AVG(load * 100), PERCENTILE(load, 0.95) +1");
        QCOMPARE(summaryIn(widthOf(two)), two);
        const QString one = QStringLiteral("TUMBLE 5 s · by core · AVG(load * 100) +2");
        QCOMPARE(summaryIn(widthOf(one)), one);
    }

    void aCutCallKeepsItsNameAndItsFirstWords() {
        const QString cut = QStringLiteral("TUMBLE 5 s · by core · AVG(load…) +2");
        QCOMPARE(summaryIn(widthOf(cut)), cut);
    }

    void aCutItemKeepsItsBeginning() {
        const QString line = summaryIn(widthOf(QStringLiteral("ts, a_long_n… +2")),
                                       QStringLiteral("a_very_long_name_of_a_column, ts, n"));
        QVERIFY2(line.startsWith(QStringLiteral("a_very_lo")), qPrintable(line));
        QVERIFY2(line.endsWith(QStringLiteral("… +2")), qPrintable(line));
    }

    void whatIsNoListEndsInDots() {
        const QString filter = QStringLiteral("country IN ('AT', 'DE', 'CH') AND total > 100");
        const QString line = summaryIn(widthOf(filter) / 2, filter);
        QVERIFY2(line.startsWith(QStringLiteral("country IN")), qPrintable(line));
        QVERIFY2(line.endsWith(QStringLiteral("…")), qPrintable(line));
    }

    void oneTimeAndWhatIsNoTimeTellMost() {
        const auto types = std::vector<Type>{kTime, kTime, kTime, Type::of(TypeId::Int)};
        QCOMPARE(informativeColumns(types, 4), (std::vector<std::size_t>{0, 3}));
        QCOMPARE(informativeColumns({kTime, kTime}, 4), (std::vector<std::size_t>{0, 1}));
        QCOMPARE(informativeColumns({Type::of(TypeId::Int)}, 4), (std::vector<std::size_t>{0}));
        const auto text = Type::of(TypeId::String);
        QCOMPARE(informativeColumns({text, text, kTime, text}, 3), (std::vector<std::size_t>{0, 1, 2}));
    }

    void thumbnailsShowTheLastRowsShort() {
        constexpr Instant kNoon = 1'709'294'400'000;  // 2024-03-01 12:00:00
        const Batch batch =
            batchOf(windowRows(), {windowRow(kNoon, 0, 1.0 / 3), windowRow(kNoon, 1, 12'400),
                                   windowRow(kNoon + 5000, 0, 99.5), windowRow(kNoon + 5000, 1, 2)});
        const RecentRows rows = thumbnailRows({batch});
        QCOMPARE(rows.columns, (std::vector<QString>{"window_start", "core", "avg_load"}));
        QCOMPARE(rows.rows.size(), std::size_t{3});
        QCOMPARE(rows.rows[0], (std::vector<QString>{"12:00:00", "1", QStringLiteral("12.4\u2009k")}));
        QCOMPARE(rows.rows[2], (std::vector<QString>{"12:00:05", "1", "2"}));
    }

    void daysAreShownAsDates() {
        constexpr Instant kMidnight = 1'709'251'200'000;  // 2024-03-01
        const Batch batch = batchOf(windowRows(), {windowRow(kMidnight, 0, 1)});
        QCOMPARE(thumbnailRows({batch}).rows[0][0], QStringLiteral("2024-03-01"));
    }

    /// Also those of a run that has ended, which nothing else renews.
    void footersSpeakTheLanguageOfNow() {
        CanvasFixture f;
        const NodeId rows = f.add("rows", "Rows", {16, 16}, R"({"columns": ["n INT"], "rows": [[1], [2]]})");
        const NodeId table = f.add("table_view", "Table", {400, 16});
        f.wire({rows, "out"}, {table, "in"});
        f.show();
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        const auto footer = [&] { return f.canvas.view().canvas().node(table)->live().live().in; };
        QTRY_COMPARE(footer(), QStringLiteral("2 rows"));
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&chinese));
        QTRY_COMPARE(footer(), QStringLiteral("2 行"));
        QVERIFY(QCoreApplication::removeTranslator(&chinese));
        QTRY_COMPARE(footer(), QStringLiteral("2 rows"));
    }

    /// Rows that were changed or deleted since are not in the table any more.
    void thumbnailsOfChangesShowTheRowsThatAreLeft() {
        const SchemaRef ranks =
            schemaOf({{"product", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Int)}});
        const auto row = [](const char* product, std::int32_t n) {
            return std::vector<Value>{std::string(product), n};
        };
        using enum RowKind;
        const Batch first = batchOf(ranks, {row("tea", 1), row("tea", 1), row("jam", 2)});
        const Batch second =
            batchOf(ranks, {row("jam", 2), row("jam", 3), row("tea", 1), row("oil", 4), row("oil", 4)},
                    {UpdateBefore, UpdateAfter, Delete, Insert, Delete});
        const RecentRows rows = thumbnailRows({first, second});
        QCOMPARE(rows.rows, (std::vector<std::vector<QString>>{{"tea", "1"}, {"jam", "3"}}));
    }

    /// The sum is one row however often it changes.
    void footersOfChangesCountChanges() {
        CanvasFixture f;
        const NodeId rows = f.add("rows", "Rows", {16, 16}, R"({"columns": ["n INT"], "rows": [[1], [2]]})");
        const NodeId sum =
            f.add("group_aggregate", "Sum", {200, 16}, R"json({"aggregates": ["SUM(n) AS s"]})json");
        const NodeId table = f.add("table_view", "Table", {400, 16});
        f.wire({rows, "out"}, {sum, "in"});
        f.wire({sum, "out"}, {table, "in"});
        f.show();
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        const auto footer = [&] { return f.canvas.view().canvas().node(table)->live().live().in; };
        QTRY_VERIFY2(footer().contains(QStringLiteral("change")), qPrintable(footer()));
    }

    void withoutRowsThereIsNothing() { QVERIFY(thumbnailRows(std::vector<Batch>{}).rows.empty()); }
};

QTEST_MAIN(TestCardWords)
#include "test_card_words.moc"

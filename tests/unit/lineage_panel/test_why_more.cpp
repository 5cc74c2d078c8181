// More of an answer in the Why panel: the rows behind the newest, what a row displaced, the versions of a row
// that changed; and that it stays where it is in another language.
#include <QtWidgets/QtWidgets>

#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// So many generated rows of one key, counted.
NodeId counted(WhyFixture& fixture, int rows) {
    const NodeId made = fixture.document.addNode(
        nodeOf("generator", QStringLiteral("Made"),
               Json{{"columns", {"k STRING = 'x'", "v BIGINT = i"}}, {"rate", 0}, {"rows", rows}}),
        {0, 300});
    const NodeId count =
        fixture.document.addNodeBehind(nodeOf("group_aggregate", QStringLiteral("Count"),
                                              Json{{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
                                       {300, 300}, {made, "out"});
    fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Counts"), Json::object()), {600, 300},
                                   {count, "out"});
    return count;
}

void changeLanguage(QWidget& widget) {
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(&widget, &change);
}

}  // namespace

class TestWhyMore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theNextRowsAreShownThousandByThousand() {
        WhyFixture fixture;
        const NodeId count = counted(fixture, 1'500);
        fixture.askForm(count, "n = 1500", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Rows) > 0, qPrintable(fixture.words()));
        fixture.choose(fixture.find(Kind::Rows));
        const AnswerRows& rows = fixture.panel.rows();
        QCOMPARE(rows.step().rows.size(), std::size_t{1'000});
        const auto firstNumber = [&rows] { return rows.rowAt(0)->row.column(1).at<std::int64_t>(0); };
        QCOMPARE(firstNumber(), std::int64_t{1'499});
        QVERIFY(!fixture.button("Show the newest").isVisible());
        QPushButton& next = fixture.button("Show the next 500");
        QVERIFY(next.isVisible());
        next.click();
        QVERIFY(fixture.answered());
        // The step whose rows were asked for is shown at once.
        QTRY_COMPARE(rows.step().after, std::uint64_t{1'000});
        QCOMPARE(rows.step().rows.size(), std::size_t{500});
        QCOMPARE(firstNumber(), std::int64_t{499});
        QVERIFY(!next.isVisible());
        QVERIFY2(fixture.labels().contains(QLatin1String("From the newest on, ")),
                 qPrintable(fixture.labels()));
        QVERIFY(!fixture.labels().contains(QLatin1String("The question above is another")));
        keepPicture(fixture.panel, QStringLiteral("why_next"));
        fixture.button("Show the newest").click();
        QVERIFY(fixture.answered());
        QTRY_COMPARE(rows.step().after, std::uint64_t{0});
    }

    void whatARowDisplacedIsShownOnDemand() {
        WhyFixture fixture;
        const NodeId best = fixture.document.addNodeBehind(
            nodeOf("top_n", QStringLiteral("Best"), Json{{"by", {"v DESC"}}, {"limit", 1}}), {600, 300},
            {fixture.good, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("First"), Json::object()),
                                       {900, 300}, {best, "out"});
        fixture.askForm(best, "v = 30", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY(fixture.find(Kind::Other) < 0);
        QPushButton& displaced = fixture.button("Show what it displaced");
        QVERIFY(displaced.isVisible());
        displaced.click();
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Other) > 0);
        // It is shown at once, the next row first.
        QCOMPARE(fixture.steps().currentIndex().row(), fixture.find(Kind::Other));
        const QString said = fixture.choose(fixture.find(Kind::Other));
        QVERIFY2(said.startsWith(QStringLiteral("3 rows displaced in “Best”")), qPrintable(said));
        QCOMPARE(fixture.panel.rows().rowCount(), 3);
        QVERIFY2(fixture.line(0).contains(QLatin1String("graz | 10")), qPrintable(fixture.line(0)));
        QVERIFY2(fixture.line(2).contains(QLatin1String("graz | 4")), qPrintable(fixture.line(2)));
        QVERIFY(!displaced.isVisible());
        keepPicture(fixture.panel, QStringLiteral("why_displaced"));
        // Where no node takes places away it is not offered.
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Window) > 0);
        QVERIFY(!displaced.isVisible());
    }

    /// Of a row that changed, those of its versions that the condition is true of stand in the first step.
    void theVersionsOfARowAreListed() {
        WhyFixture fixture;
        const NodeId count = counted(fixture, 20'000);
        fixture.askForm(count, "n < 20000", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        const AnswerStep& row = fixture.panel.steps().steps().front();
        QVERIFY2(row.rows.size() > 1, qPrintable(fixture.labels()));
        QVERIFY(row.count >= static_cast<std::uint64_t>(row.rows.size()));
        QVERIFY2(row.words.contains(QLatin1String("it stands first")), qPrintable(row.words));
        const auto valueOf = [](const LineageRow& version) {
            return version.row.column(1).at<std::int64_t>(0);
        };
        for (std::size_t i = 1; i < row.rows.size(); ++i)
            QVERIFY(valueOf(row.rows[i]) < valueOf(row.rows[i - 1]));
        fixture.choose(0);
        QCOMPARE(fixture.panel.rows().rowCount(), static_cast<int>(row.rows.size()));
        // The one that stands first is explained by the rows that had come by then.
        const int rows = fixture.find(Kind::Rows);
        QVERIFY(rows > 0);
        QCOMPARE(fixture.panel.steps().steps()[static_cast<std::size_t>(rows)].count,
                 static_cast<std::uint64_t>(valueOf(row.rows.front())));
    }

    void inAnotherLanguageTheSameStepStays() {
        WhyFixture fixture;
        const NodeId count = counted(fixture, 200);
        fixture.askForm(count, "n = 200", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Rows) > 0, qPrintable(fixture.words()));
        const int step = fixture.find(Kind::Rows);
        fixture.choose(step);
        auto& table = tableIn(fixture.panel, "Rows of the step");
        fixture.button("Show all 200").click();
        QCOMPARE(fixture.panel.rows().rowCount(), 200);
        table.setCurrentIndex(fixture.panel.rows().index(150, 1));
        changeLanguage(fixture.panel);
        QCOMPARE(fixture.steps().currentIndex().row(), step);
        QCOMPARE(fixture.panel.rows().rowCount(), 200);
        QCOMPARE(table.currentIndex().row(), 150);
        QVERIFY(!fixture.button("Show all 200").isVisible());
        // Also where it changes while the panel is not in sight.
        fixture.panel.hide();
        changeLanguage(fixture.panel);
        fixture.panel.show();
        QCoreApplication::processEvents();
        QCOMPARE(fixture.steps().currentIndex().row(), step);
        QCOMPARE(fixture.panel.rows().rowCount(), 200);
        // Without an answer nothing is there to stay at.
        fixture.document.startEmpty();
        changeLanguage(fixture.panel);
        QVERIFY(fixture.words().contains(QLatin1String("Ask about a row")));
    }
};

QTEST_MAIN(TestWhyMore)
#include "test_why_more.moc"

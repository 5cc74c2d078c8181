// What the Why panel says first, when an answer is old, and why a join has no pair.
#include <QtWidgets/QtWidgets>

#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestWhyVerdict : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theVerdictIsSaidFirst() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "shop = 'graz' AND v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("1 row left out by “Good”: ")),
                     qPrintable(fixture.labels()));
        // The step that decided is shown at once.
        QVERIFY2(fixture.line(0).contains(QLatin1String("-5")), qPrintable(fixture.line(0)));
        toolIn(fixture.panel, "Copy the answer").click();
        QVERIFY(QGuiApplication::clipboard()
                    ->text()
                    .section(u'\n', 1, 1)
                    .startsWith(QStringLiteral("1 row left out by “Good”: ")));
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("It is made of 1 row of “Orders”")),
                     qPrintable(fixture.labels()));
        fixture.askForm(fixture.sums, "shop = 'wien'", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("It is there: “Sums” gave 1 row of the kind.")),
                     qPrintable(fixture.labels()));
    }

    // Below the rows that went into a window stands what they come to, and nowhere else.
    void theRowsOfAWindowAreAddedUp() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        const auto& all = fixture.panel.steps().steps();
        const auto into = [&](const NodeId& node) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (all[i].kind == Kind::Rows && all[i].node == node) return static_cast<int>(i);
            }
            return -1;
        };
        QTRY_VERIFY2(into(fixture.good) > 0, qPrintable(fixture.words()));
        const QString sum = QStringLiteral("Together: total = 7");
        fixture.choose(into(fixture.good));
        QVERIFY2(fixture.labels().contains(sum), qPrintable(fixture.labels()));
        fixture.choose(into(fixture.orders));
        QVERIFY2(!fixture.labels().contains(sum), qPrintable(fixture.labels()));
        toolIn(fixture.panel, "Copy the answer").click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(sum), 1);
    }

    // What it would be with the late row stands below the rows that count, and below the late one.
    void theRowIsToldAsItWouldBeWithTheLateOne() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "shop = 'graz' AND total = 10", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Late) > 0, qPrintable(fixture.words()));
        const QString with = QStringLiteral("With all rows that came too late: total = 10 → 14");
        fixture.choose(fixture.find(Kind::Rows));
        QVERIFY2(fixture.labels().contains(QStringLiteral("Together: total = 10\n") + with),
                 qPrintable(fixture.labels()));
        const QString late = fixture.choose(fixture.find(Kind::Late));
        QVERIFY2(late.contains(QStringLiteral("at “Orders” would have let them in")), qPrintable(late));
        QVERIFY2(fixture.labels().contains(with), qPrintable(fixture.labels()));
        QVERIFY2(!fixture.labels().contains(QStringLiteral("Together: ")), qPrintable(fixture.labels()));
    }

    void anAnswerToAnotherQuestionLooksOld() {
        WhyFixture fixture;
        const auto isOld = [&fixture] {
            return fixture.panel.findChild<QGraphicsOpacityEffect*>()->isEnabled();
        };
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Row) == 0);
        QVERIFY(!isOld());
        QVERIFY(!fixture.button("Ask again").isVisible());
        auto& form = *fixture.panel.findChild<WhyForm*>();
        form.setCondition(QStringLiteral("shop = 'graz'"));
        QVERIFY(isOld());
        QVERIFY(fixture.labels().contains(QStringLiteral("The question above is another")));
        form.setCondition(QStringLiteral("shop = 'wien'"));
        QVERIFY(!isOld());
        form.choose({fixture.good, "out"});
        QVERIFY(isOld());
        fixture.button("Ask again").click();
        QVERIFY(isOld());  // while it is looked for
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!isOld());
        QVERIFY(fixture.labels().contains(QStringLiteral("Why this row of “Good”?")));
        // Going through the answer is no other question.
        toolIn(fixture.panel, "Select the nodes").click();
        QVERIFY(!isOld());
        // The same question of the pipeline as it is now.
        fixture.document.setParam(fixture.good, "condition", "v > 1");
        QTRY_VERIFY(isOld());
        fixture.button("Ask again").click();
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!isOld());
    }

    void messageAndMendStandApart() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "total > 3", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!fixture.words().isEmpty());
        QVERIFY2(fixture.words().contains(u'\n'), qPrintable(fixture.words()));
        fixture.askForm(fixture.sums, "shop = 'linz'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.words().contains(QLatin1String("gave no row")));
        QVERIFY2(!fixture.words().contains(QLatin1String("--")), qPrintable(fixture.words()));
        QVERIFY(fixture.button("Why no row?").isVisible());
    }

    /// The rows of either input are a step of their own, each with the row that it gave.
    void aJoinedRowHasTheRowsOfBothInputs() {
        WhyFixture fixture;
        const NodeId shops = fixture.document.addNode(
            nodeOf(
                "rows", QStringLiteral("Shops"),
                Json::parse(
                    R"json({"columns": ["name STRING", "zip INT"], "rows": [["wien", 1010], ["linz", 4020]]})json")),
            {0, 300});
        const NodeId both = fixture.document.addNode(
            nodeOf("join", QStringLiteral("Both"), Json{{"on", "left.shop = right.name"}}), {600, 300});
        fixture.document.connectPorts({fixture.good, "out"}, {both, "left"});
        fixture.document.connectPorts({shops, "out"}, {both, "right"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()),
                                       {900, 300}, {both, "out"});
        fixture.askForm(both, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        const auto into = [&fixture](const NodeId& node) {
            const auto& all = fixture.panel.steps().steps();
            std::vector<int> found;
            for (std::size_t i = 0; i < all.size(); ++i) {
                const bool joined = all[i].words.startsWith(QStringLiteral("went into “Both”: "));
                if (all[i].kind == Kind::Rows && all[i].node == node && joined)
                    found.push_back(static_cast<int>(i));
            }
            return found;
        };
        QTRY_VERIFY2(!into(fixture.good).empty(), qPrintable(fixture.words()));
        const std::vector<int> left = into(fixture.good), right = into(shops);
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(right.size(), std::size_t{1});
        fixture.choose(left.front());
        QCOMPARE(fixture.panel.rows().rowCount(), 1);
        QVERIFY2(fixture.line(0).contains(QLatin1String("wien | 7")), qPrintable(fixture.line(0)));
        fixture.choose(right.front());
        QCOMPARE(fixture.panel.rows().rowCount(), 1);
        QVERIFY2(fixture.line(0).contains(QLatin1String("1010")), qPrintable(fixture.line(0)));
    }

    void aJoinWithoutPairsShowsTheNearestTwo() {
        WhyFixture fixture;
        const NodeId shops = fixture.document.addNode(
            nodeOf("rows", QStringLiteral("Shops"),
                   Json::parse(R"json({"columns": ["name STRING"], "rows": [["wien "], ["linz "]]})json")),
            {0, 300});
        const NodeId both = fixture.document.addNode(
            nodeOf("join", QStringLiteral("Both"), Json{{"on", "left.shop = right.name"}, {"kind", "left"}}),
            {600, 300});
        fixture.document.connectPorts({fixture.good, "out"}, {both, "left"});
        fixture.document.connectPorts({shops, "out"}, {both, "right"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()),
                                       {900, 300}, {both, "out"});
        QSignalSpy opened(&fixture.panel, &Pane::openRequested);
        fixture.panel.askForPair(both);
        QCOMPARE(opened.size(), 1);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("“Shops” has name = “wien ”")),
                     qPrintable(fixture.words() + fixture.labels()));
        QVERIFY(fixture.labels().contains(QStringLiteral("Why no pair in “Both”?")));
        // Asked of the row that it gave alone, the nearest is named as well.
        fixture.askForm(both, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("the nearest: “Good” has shop = “wien”")),
                     qPrintable(fixture.words() + fixture.labels()));
    }
};

QTEST_MAIN(TestWhyVerdict)
#include "test_why_verdict.moc"

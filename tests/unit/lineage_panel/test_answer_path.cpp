// The way of an answer: which cards are on it and what each says, and when the canvas shows it.
#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/lineage/answer_path.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestAnswerPath : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        new Theme(*qApp, {.mode = ThemeMode::Dark});
        qRegisterMetaType<LitPath>();
    }

    void eachCardSaysWhatItDid() {
        WhyFixture fixture;
        const NodeId aside = fixture.document.addNodeBehind(
            nodeOf("table_view", QStringLiteral("Aside"), Json::object()), {600, 400}, {fixture.good, "out"});
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        fixture.askForm(fixture.sums, "shop = 'graz' AND window_end = '2024-01-01 00:00:10'", false);
        QVERIFY(fixture.answered());
        QTRY_COMPARE(told.size(), 1);
        const auto path = told.front().front().value<LitPath>();
        QVERIFY(path.question.contains(QStringLiteral("Why this row of “Sums”?")));
        QCOMPARE(path.asked, fixture.sums);
        QCOMPARE(path.cards.size(), std::size_t{3});
        QVERIFY2(path.cards.at(fixture.sums).startsWith(QStringLiteral("window 00:00:00–00:00:10, 1 row")),
                 qPrintable(path.cards.at(fixture.sums)));
        QVERIFY2(path.cards.at(fixture.sums).contains(QLatin1String("too late")),
                 qPrintable(path.cards.at(fixture.sums)));
        QCOMPARE(path.cards.at(fixture.good), QStringLiteral("kept 1 of 2"));
        QCOMPARE(path.cards.at(fixture.orders), QStringLiteral("gave 1 row"));
        QVERIFY(!path.cards.contains(aside));
        QCOMPARE(path.wires.size(), std::size_t{2});
        for (const LitPath::Lit& each : path.wires) QCOMPARE(each.rows, std::uint64_t{1});
    }

    void aMissedRowShowsWhereItEnded() {
        WhyFixture fixture;
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        fixture.askForm(fixture.good, "shop = 'graz' AND v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_COMPARE(told.size(), 1);
        const auto path = told.front().front().value<LitPath>();
        QCOMPARE(path.cards.at(fixture.good), QStringLiteral("1 row left out"));
        QCOMPARE(path.wires.size(), std::size_t{1});
    }

    void itIsLiftedAndComesBack() {
        WhyFixture fixture;
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        const auto isLit = [&told] {
            return !told.isEmpty() && !told.back().front().value<LitPath>().empty();
        };
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(isLit());
        QTest::keyClick(&fixture.panel, Qt::Key_Escape);
        QVERIFY(!isLit());
        // Esc again is not its business, and the same answer stays seen.
        fixture.document.selection().set({fixture.good});
        QVERIFY(!isLit());
        fixture.askForm(fixture.sums, "shop = 'graz'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(isLit());
        // With the panel it goes, and comes again.
        fixture.panel.hide();
        QVERIFY(!isLit());
        fixture.panel.show();
        QTRY_VERIFY(isLit());
        // An edit makes it the way through another pipeline.
        fixture.document.setParam(fixture.good, "condition", "v > 1");
        QVERIFY(!isLit());
        fixture.document.undoStack().undo();
        QTRY_VERIFY(isLit());
        // A question that has no answer has no way.
        fixture.askForm(fixture.sums, "nowhere = 1", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!isLit());
    }

    // Esc in the middle of a look cancels that; what is shown stays.
    void escCancelsALookFirst() {
        WhyFixture fixture;
        const NodeId endless = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Many"),
                   Json{{"columns", {"n BIGINT = i"}}, {"rate", 0}, {"rows", 2'000'000'000}}),
            {0, 300});
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        const auto isLit = [&told] {
            return !told.isEmpty() && !told.back().front().value<LitPath>().empty();
        };
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(isLit());
        fixture.askForm(endless, "n = 1", false);
        QTest::keyClick(&fixture.panel, Qt::Key_Escape);
        QVERIFY(!fixture.panel.isWaiting());
        QVERIFY(isLit());
        QTest::keyClick(&fixture.panel, Qt::Key_Escape);
        QVERIFY(!isLit());
    }
};

QTEST_MAIN(TestAnswerPath)
#include "test_answer_path.moc"

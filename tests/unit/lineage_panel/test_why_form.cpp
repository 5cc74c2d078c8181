// How the Why panel is asked why there is no row: from menus, by Enter, without a condition, of another node.
#include <QAbstractItemView>
#include <QCompleter>

#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/charts/chart_card.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

WhyForm& formOf(const WhyFixture& fixture) {
    return *fixture.panel.findChild<WhyForm*>();
}

/// A node behind Good that gives nothing, with a table behind it.
struct SilentFixture : WhyFixture {
    NodeId none, table;

    SilentFixture() {
        none =
            document.addNodeBehind(nodeOf("filter", QStringLiteral("None"), Json{{"condition", "v > 100"}}),
                                   {600, 300}, {good, "out"});
        table = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Empty"), Json::object()),
                                       {900, 300}, {none, "out"});
    }
};

}  // namespace

class TestWhyForm : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void enterAsksWhatTheFormWasOpenedFor() {
        WhyFixture fixture;
        WhyForm& form = formOf(fixture);
        QSignalSpy asked(&form, &WhyForm::asked);
        fixture.document.selection().set({fixture.good});
        const auto entries = fixture.panel.entries();
        entries[1].action->trigger();
        form.setCondition(QStringLiteral("shop = 'graz' AND v = -5"));
        QTest::keyClick(&form.field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.back().front().toBool(), true);
        QVERIFY(fixture.answered());
        form.field().clearFocus();
        entries[0].action->trigger();
        form.setCondition(QStringLiteral("shop = 'wien'"));
        QTest::keyClick(&form.field(), Qt::Key_Return);
        QCOMPARE(asked.back().front().toBool(), false);
        QVERIFY(fixture.answered());
        // A button is what Enter asks from then on.
        fixture.button("Why no row?").click();
        QTest::keyClick(&form.field(), Qt::Key_Return);
        QCOMPARE(asked.back().front().toBool(), true);
        QVERIFY(fixture.answered());
    }

    void whereNothingCameNoConditionIsNeeded() {
        SilentFixture fixture;
        QVERIFY(fixture.validated() && fixture.runToTheEnd());
        WhyForm& form = formOf(fixture);
        form.choose({fixture.sums, "out"});
        QTRY_VERIFY(!fixture.button("Why no row?").isEnabled());
        form.choose({fixture.none, "out"});
        QVERIFY(fixture.button("Why no row?").isEnabled());
        QVERIFY(!fixture.button("Why this row?").isEnabled());
        fixture.button("Why no row?").click();
        QVERIFY(fixture.answered());
        // All that came to it, in one sentence; Good has left one out before.
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral(
                         "4 rows left out by “None”: v > 100 is false for each v from 4 to 30")),
                     qPrintable(fixture.words() + fixture.labels()));
        QVERIFY2(fixture.labels().contains(QStringLiteral("any row")), qPrintable(fixture.labels()));
    }

    void menusOfNodesAsk() {
        SilentFixture fixture;
        QVERIFY(fixture.validated() && fixture.runToTheEnd());
        // Of a table that is empty it is about what comes to it.
        QAction* const ask = fixture.panel.missingOf(fixture.table);
        QVERIFY(ask != nullptr);
        ask->trigger();
        QCOMPARE(formOf(fixture).from().node, fixture.none);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("left out by “None”")),
                     qPrintable(fixture.words() + fixture.labels()));
        // Of a node that gave rows a person says which.
        fixture.panel.missingOf(fixture.sums)->trigger();
        QVERIFY(!fixture.panel.isWaiting());
        QCOMPARE(formOf(fixture).from().node, fixture.sums);
        QVERIFY(fixture.panel.missingOf("nowhere") == nullptr);
    }

    void aChartThatIsEmptyIsAskedAbout() {
        SilentFixture fixture;
        QVERIFY(fixture.validated() && fixture.runToTheEnd());
        ChartCard card(fixture.table, fixture.document, fixture.session, fixture.charts, false);
        card.resize(600, 400);
        card.show();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), card.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&card, &event);
        QAction* ask = nullptr;
        for (auto* menu : card.findChildren<QMenu*>()) {
            for (QAction* action : menu->actions()) {
                if (action->text().startsWith(QStringLiteral("Why no row?"))) ask = action;
            }
        }
        QVERIFY(ask != nullptr);
        ask->trigger();
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("left out by “None”")),
                     qPrintable(fixture.words() + fixture.labels()));
    }

    void aConditionOfOtherColumnsGoes() {
        WhyFixture fixture;
        QVERIFY(fixture.validated());
        WhyForm& form = formOf(fixture);
        form.choose({fixture.sums, "out"});
        form.setCondition(QStringLiteral("total = 7"));
        form.choose({fixture.good, "out"});
        QCOMPARE(form.condition(), std::string());
        form.field().undo();
        QCOMPARE(form.condition(), std::string("total = 7"));
        // One that both have stays, as do words that only look like columns.
        form.choose({fixture.sums, "out"});
        form.setCondition(QStringLiteral("shop = 'total'"));
        form.choose({fixture.good, "out"});
        QCOMPARE(form.condition(), std::string("shop = 'total'"));
    }

    void theWayOfAnotherQuestionIsNotShown() {
        WhyFixture fixture;
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        const auto isLit = [&told] {
            return !told.isEmpty() && !told.back().front().value<LitPath>().empty();
        };
        fixture.askForm(fixture.sums, "total = 7", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(isLit());
        // Who goes through the answer on the canvas asks nothing else.
        fixture.document.selection().set({fixture.good});
        QVERIFY(isLit());
        QCOMPARE(formOf(fixture).condition(), std::string("total = 7"));
        auto* const nodes = formOf(fixture).findChild<QComboBox*>();
        formOf(fixture).choose({fixture.good, "out"});
        Q_EMIT nodes->activated(nodes->currentIndex());
        QVERIFY(!isLit());
    }

    /// Its columns may not be known yet when a node is chosen.
    void aConditionOfAnotherNodeGoesOnceTheColumnsAreKnown() {
        WhyFixture fixture;
        QVERIFY(fixture.validated());
        WhyForm& form = formOf(fixture);
        form.choose({fixture.sums, "out"});
        form.setCondition(QStringLiteral("total = 7"));
        const NodeId fresh =
            fixture.document.addNode(nodeOf("rows", QStringLiteral("Fresh"), Json::parse(kRows)), {0, 300});
        form.choose({fresh, "out"});
        QCOMPARE(form.from().node, fresh);
        QTRY_COMPARE_WITH_TIMEOUT(form.condition(), std::string(), kLong);
    }

    void theWayIsNotShownBehindAFormForAnotherNode() {
        WhyFixture fixture;
        QSignalSpy told(&fixture.panel, &WhyPanel::pathChanged);
        fixture.askForm(fixture.sums, "total = 7", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!told.isEmpty() && !told.back().front().value<LitPath>().empty());
        fixture.panel.openFormFor(fixture.good, QString());
        QVERIFY(told.back().front().value<LitPath>().empty());
    }

    void valuesAreOfferedBetweenQuotes() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "shop = 'graz'", false);
        QVERIFY(fixture.answered());
        QTRY_COMPARE(fixture.find(Kind::Row), 0);
        ExpressionEdit& field = formOf(fixture).field();
        fixture.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.panel, 30'000));
        field.setFocus();
        field.setCode(QString());
        QTest::keyClicks(&field, QStringLiteral("shop = 'g"));
        auto* const completer = field.findChild<QCompleter*>();
        QTRY_VERIFY(completer->popup()->isVisible());
        QCOMPARE(completer->completionModel()->index(0, 0).data().toString(), QStringLiteral("graz"));
        Q_EMIT completer->activated(completer->completionModel()->index(0, 0));
        QCOMPARE(field.toPlainText(), QStringLiteral("shop = 'graz'"));
    }
};

QTEST_MAIN(TestWhyForm)
#include "test_why_form.moc"

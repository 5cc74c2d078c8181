// The edits that the Why panel offers: a press is one step that can be undone, and what is of another
// pipeline is offered no more.
#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/lineage/mend_bar.h"

using namespace rw;
using namespace rw::ui;

namespace {

const MendBar& barOf(const WhyFixture& fixture) {
    return *fixture.panel.findChild<MendBar*>();
}

/// The button whose words begin so, of those that are in sight; null: there is none.
QPushButton* offered(const WhyFixture& fixture, const char* words) {
    for (auto* const button : barOf(fixture).findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text().startsWith(QLatin1String(words))) return button;
    }
    return nullptr;
}

/// A join of the shops of the orders with a table, in which a name has a blank too many.
NodeId joinShops(WhyFixture& fixture) {
    const NodeId shops = fixture.document.addNode(
        nodeOf("rows", QStringLiteral("Shops"),
               Json::parse(R"json({"columns": ["name STRING", "beds INT"], "rows": [["wien ", 3]]})json")),
        {0, 300});
    const NodeId both = fixture.document.addNode(
        nodeOf("join", QStringLiteral("Both"), Json{{"on", "left.shop = right.name"}}), {600, 300});
    fixture.document.connectPorts({fixture.good, "out"}, {both, "left"});
    fixture.document.connectPorts({shops, "out"}, {both, "right"});
    fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()), {900, 300},
                                   {both, "out"});
    return both;
}

const Node* selectIn(const Pipeline& pipeline) {
    const auto found =
        std::ranges::find_if(pipeline.nodes, [](const Node& node) { return node.type == "select"; });
    return found == pipeline.nodes.end() ? nullptr : &*found;
}

}  // namespace

class TestMendBar : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keysAreWrittenAlikeByASelectBefore() {
        WhyFixture fixture;
        const NodeId both = joinShops(fixture);
        fixture.panel.askForPair(both);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(offered(fixture, "Insert a Select with TRIM(name)") != nullptr,
                     qPrintable(fixture.words() + fixture.labels()));
        QPushButton& button = *offered(fixture, "Insert a Select with TRIM(name)");
        QVERIFY(button.toolTip().contains(QStringLiteral("Both")));
        const Pipeline before = fixture.document.pipeline();
        const int step = fixture.document.undoStack().index();
        button.setFocus();
        button.click();
        QCOMPARE(fixture.document.undoStack().index(), step + 1);
        // The keyboard stays in the panel.
        const auto* const next = qobject_cast<QPushButton*>(fixture.panel.focusWidget());
        QVERIFY(next != nullptr);
        QCOMPARE(next->text(), QStringLiteral("Ask again"));
        const Node* const added = selectIn(fixture.document.pipeline());
        QVERIFY(added != nullptr);
        QCOMPARE(added->params["columns"], Json::array({"TRIM(name) AS name", "beds"}));
        const auto& wires = fixture.document.pipeline().wires;
        QVERIFY(std::ranges::any_of(wires, [&](const Wire& wire) {
            return wire.from.node == added->id && wire.to == PortRef{both, "right"};
        }));
        // Between the two cards.
        QVERIFY(added->at.x > 0 && added->at.x < 600);
        // The answer is of another pipeline now, and the question is the same.
        QVERIFY(!barOf(fixture).isVisible());
        QVERIFY(fixture.labels().contains(QStringLiteral("Why no pair in “Both”?")));
        QCOMPARE(fixture.panel.findChild<WhyForm*>()->from().node, both);
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.document.pipeline(), before);
        QTRY_VERIFY(offered(fixture, "Insert a Select with TRIM(name)") != nullptr);
    }

    void aConditionIsOpened() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(offered(fixture, "Open the condition") != nullptr, qPrintable(fixture.words()));
        NodeId node;
        std::string param;
        QObject::connect(&fixture.document.selection(), &Selection::revealed, &fixture.panel,
                         [&](const NodeId& to, const std::string& field) {
                             node = to;
                             param = field;
                         });
        const int step = fixture.document.undoStack().index();
        offered(fixture, "Open the condition")->click();
        QCOMPARE(node, fixture.good);
        QCOMPARE(param, std::string("condition"));
        QCOMPARE(fixture.document.undoStack().index(), step);
        QVERIFY(offered(fixture, "Open the condition") != nullptr);
    }

    void aDelayIsSetForALateRow() {
        WhyFixture fixture;
        const char* const where = "shop = 'graz' AND window_end = '2024-01-01 00:00:10'";
        fixture.askForm(fixture.sums, where, false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(offered(fixture, "Delay of") != nullptr, qPrintable(fixture.words()));
        offered(fixture, "Delay of")->click();
        const Node* const orders = fixture.document.node(fixture.orders);
        QVERIFY(orders->params.contains("watermark_delay"));
        // With it the row has its part.
        fixture.askForm(fixture.sums, where, false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("2 rows of “Orders”")),
                     qPrintable(fixture.words() + fixture.labels()));
        QVERIFY(offered(fixture, "Delay of") == nullptr);
    }

    void aVariableIsNotOverwritten() {
        WhyFixture fixture;
        fixture.document.setVariables({{"delay", "1s"}});
        fixture.document.setParam(fixture.orders, "watermark_delay", "${delay}");
        fixture.askForm(fixture.sums, "shop = 'graz' AND window_end = '2024-01-01 00:00:10'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("too late for “Sums”")),
                     qPrintable(fixture.words() + fixture.labels()));
        QVERIFY(offered(fixture, "Delay of") == nullptr);
    }

    void anEditTakesTheOffersAway() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(offered(fixture, "Open the condition") != nullptr);
        fixture.document.setParam(fixture.good, "condition", "v > -10");
        QVERIFY(!barOf(fixture).isVisible());
    }

    /// Each step offers what is about it.
    void theStepDecides() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(offered(fixture, "Open the condition") != nullptr);
        const int rows = fixture.find(Kind::Rows);
        QVERIFY(rows >= 0);
        fixture.choose(rows);
        QVERIFY(!barOf(fixture).isVisible());
        fixture.choose(fixture.find(Kind::Filtered));
        QVERIFY(offered(fixture, "Open the condition") != nullptr);
    }
};

QTEST_MAIN(TestMendBar)
#include "test_mend_bar.moc"

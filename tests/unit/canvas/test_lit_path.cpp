// The way of an answer on the canvas: what is off it is faint and still, and nothing is painted anew for
// that.
#include <QtWidgets/QtWidgets>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/popups/lit_bar.h"
#include "widgets/theme/elided_label.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct LitFixture : CanvasFixture {
    NodeId rows, good, table, other;

    LitFixture() {
        rows = add("rows", "Orders", {0, 60}, R"json({"columns": ["v INT"], "rows": [[1], [-2]]})json");
        good = add("filter", "Good", {260, 60}, R"json({"condition": "v > 0"})json");
        table = add("table_view", "All", {520, 60});
        other = add("table_view", "Others", {520, 320});
        wire({rows, "out"}, {good, "in"});
        wire({good, "out"}, {table, "in"});
        wire({rows, "out"}, {other, "in"});
        show();
        waitForChecks();
        QObject::connect(&canvas.view(), &CanvasView::litDismissed, &canvas, [this] { scene().setLit({}); });
    }
    CanvasScene& scene() const { return canvas.view().canvas(); }
    Wire wireTo(const NodeId& node) const {
        for (const Wire& each : document.pipeline().wires) {
            if (each.to.node == node) return each;
        }
        return {};
    }
    LitPath path() const {
        LitPath lit;
        lit.question = QStringLiteral("Why this row of “All”?");
        lit.asked = table;
        lit.cards = {
            {rows, QStringLiteral("gave 1 row")}, {good, QStringLiteral("kept 1 of 2")}, {table, QString()}};
        lit.wires = {{wireTo(good), 1}, {wireTo(table), 0}};
        return lit;
    }
    double opacityOf(const NodeId& node) const { return scene().node(node)->opacity(); }
};

}  // namespace

class TestLitPath : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whatIsOffTheWayIsFaint() {
        LitFixture fixture;
        CanvasScene& scene = fixture.scene();
        auto* bar = fixture.canvas.findChild<LitBar*>();
        QVERIFY(bar->isHidden());
        const quint64 made = scene.cardsCreated();
        scene.setLit(fixture.path());
        QCOMPARE(fixture.opacityOf(fixture.other), kFaint);
        for (const NodeId& node : {fixture.rows, fixture.good, fixture.table})
            QCOMPARE(fixture.opacityOf(node), 1.0);
        QCOMPARE(scene.wire(fixture.wireTo(fixture.other))->opacity(), kFaint);
        QCOMPARE(scene.wire(fixture.wireTo(fixture.good))->opacity(), 1.0);
        // Of the cards only those on the way say something else.
        QCOMPARE(scene.cardsCreated() - made, quint64{3});
        QCOMPARE(scene.node(fixture.good)->card().strip, QStringLiteral("kept 1 of 2"));
        QCOMPARE(scene.node(fixture.good)->card().stripKind, StripKind::Path);
        QVERIFY(scene.node(fixture.table)->card().stripKind != StripKind::Path);
        QCOMPARE(wireLabel(scene.wire(fixture.wireTo(fixture.good))->look()), QStringLiteral("1 row"));
        QVERIFY(bar->isVisible());
        QVERIFY(bar->findChild<ElidedLabel*>()->text().contains(QStringLiteral("Why this row")));
        leavePicture(fixture.canvas, QStringLiteral("lit_path"));
        // The same once more is nothing to do.
        const quint64 now = scene.cardsCreated();
        scene.setLit(fixture.path());
        QCOMPARE(scene.cardsCreated(), now);
        scene.setLit({});
        QCOMPARE(fixture.opacityOf(fixture.other), 1.0);
        QVERIFY(scene.node(fixture.good)->card().stripKind != StripKind::Path);
        QVERIFY(bar->isHidden());
        QVERIFY(wireLabel(scene.wire(fixture.wireTo(fixture.good))->look()).isEmpty());
    }

    /// It may have been chosen in a list. Who looks elsewhere meanwhile stays there.
    void theAskedNodeComesIntoSight() {
        LitFixture fixture;
        fixture.document.move({{ItemRef{fixture.table}, Point{4'000, 60}}});
        CanvasView& view = fixture.canvas.view();
        const auto isSeen = [&] {
            return view.visibleSceneRect().contains(fixture.scene().node(fixture.table)->cardRect());
        };
        QVERIFY(!isSeen());
        fixture.scene().setLit(fixture.path());
        QVERIFY(isSeen());
        view.centerOn(0, 0);
        LitPath same = fixture.path();
        same.question = QStringLiteral("为什么有这一行？");
        fixture.scene().setLit(same);
        QVERIFY(!isSeen());
        fixture.scene().setLit({});
        fixture.scene().setLit(fixture.path());
        QVERIFY(isSeen());
    }

    /// Nothing moves on a wire that is off the way.
    void wiresOffTheWayHaveNoDots() {
        LitFixture fixture;
        const auto moves = [&fixture](const NodeId& to) {
            WireItem& wire = *fixture.scene().wire(fixture.wireTo(to));
            WireLook look = wire.look();
            look.flowing = true;
            look.rate = 1'000;
            wire.setLook(look);
            const QRectF bounds = wire.boundingRect();
            const auto painted = [&](double phase) {
                wire.advanceDots(phase);
                QImage image(bounds.size().toSize() + QSize(2, 2), QImage::Format_RGB32);
                image.fill(Theme::of().tokens().bg);
                QPainter painter(&image);
                painter.translate(-bounds.topLeft());
                const QStyleOptionGraphicsItem option;
                wire.paint(&painter, &option, nullptr);
                painter.end();
                return image;
            };
            return painted(0) != painted(dotSpacing(look.rate) / 2);
        };
        QVERIFY(moves(fixture.good) && moves(fixture.other));
        fixture.scene().setLit(fixture.path());
        QVERIFY(moves(fixture.good));
        QVERIFY(!moves(fixture.other));
        fixture.scene().setLit({});
        QVERIFY(moves(fixture.other));
    }

    void escAndTheButtonLiftIt() {
        LitFixture fixture;
        fixture.document.selection().set({fixture.rows});
        fixture.scene().setLit(fixture.path());
        fixture.key(Qt::Key_Escape);
        QVERIFY(fixture.scene().lit().empty());
        QVERIFY(!fixture.document.selection().items().empty());  // what Esc else does comes after that
        fixture.key(Qt::Key_Escape);
        QVERIFY(fixture.document.selection().items().empty());
        fixture.scene().setLit(fixture.path());
        fixture.canvas.findChild<LitBar*>()->findChild<QPushButton*>()->click();
        QVERIFY(fixture.scene().lit().empty());
    }

    // While a wire is drawn Esc ends that.
    void escEndsAToolFirst() {
        LitFixture fixture;
        fixture.scene().setLit(fixture.path());
        QTest::mousePress(fixture.viewport(), Qt::LeftButton, Qt::NoModifier,
                          fixture.portOf(fixture.rows, "out", false));
        fixture.dragOnTo(QPoint(200, 400));
        QVERIFY(fixture.canvas.view().isToolActive());
        fixture.key(Qt::Key_Escape);
        QVERIFY(!fixture.canvas.view().isToolActive());
        QVERIFY(!fixture.scene().lit().empty());
        QTest::mouseRelease(fixture.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(200, 400));
    }

    void nodesThatComeAndGoAreShownAsTheyStand() {
        LitFixture fixture;
        fixture.scene().setLit(fixture.path());
        const NodeId fresh = fixture.add("table_view", "New", {760, 320});
        QCOMPARE(fixture.opacityOf(fresh), kFaint);
        fixture.document.remove({ItemRef(fixture.good)});
        fixture.scene().setLit({});
        QCOMPARE(fixture.opacityOf(fresh), 1.0);
        // Of nodes that are not there nothing is shown.
        LitPath gone;
        gone.cards = {{"nowhere", QStringLiteral("gave 1 row")}};
        gone.wires = {{{{"nowhere", "out"}, {"nobody", "in"}, Json::object()}, 3}};
        fixture.scene().setLit(gone);
        QCOMPARE(fixture.opacityOf(fresh), kFaint);
        fixture.document.startEmpty();
        fixture.scene().setLit({});
    }

    // Away from the window nothing is touched; it is caught up with.
    void asleepItWaits() {
        LitFixture fixture;
        fixture.canvas.hide();
        const quint64 made = fixture.scene().cardsCreated();
        fixture.scene().setLit(fixture.path());
        QCOMPARE(fixture.scene().cardsCreated(), made);
        fixture.canvas.show();
        QTRY_COMPARE(fixture.scene().node(fixture.good)->card().strip, QStringLiteral("kept 1 of 2"));
    }
};

QTEST_MAIN(TestLitPath)
#include "test_lit_path.moc"

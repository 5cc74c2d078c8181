// Signs on cards for the verdicts of another engine: there while one is chosen, beside the cards' other
// texts.
#include <QtWidgets/QtWidgets>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/outline.h"
#include "widgets/document/portability_check.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct SignedCanvas : CanvasFixture {
    NodeId source, filter;

    SignedCanvas() {
        source = add("generator", "Made rows", {16, 16}, R"({"columns": ["n BIGINT = i"], "rate": 10})");
        filter = add("filter", "Large ones", {320, 16}, R"({"condition": "n > 1"})");
        wire({source, "out"}, {filter, "in"});
        show();
        waitForChecks();
    }
    void choose(std::optional<Engine> engine) {
        document.portability().setEngine(engine);
        if (engine) QTRY_VERIFY(document.portability().translation() != nullptr);
    }
    const NodeItem& item(const NodeId& node) const { return *canvas.view().canvas().node(node); }
    const CardModel& card(const NodeId& node) const { return item(node).card(); }
};

}  // namespace

class TestVerdictSigns : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theEmbeddedEngineShowsNone() {
        SignedCanvas f;
        QVERIFY(!f.card(f.source).verdict);
        QVERIFY(f.item(f.source).layout().verdict.isNull());
        f.choose(Engine::Flink);
        QVERIFY(f.card(f.source).verdict.has_value());
        f.choose(std::nullopt);
        QVERIFY(!f.card(f.source).verdict);
        QVERIFY(f.item(f.source).layout().verdict.isNull());
    }

    void eachCardHasItsVerdict() {
        SignedCanvas f;
        f.choose(Engine::Flink);
        QCOMPARE(f.card(f.source).verdict, std::optional(Verdict::Refused));
        QCOMPARE(f.card(f.filter).verdict, std::optional(Verdict::Exact));
        const QString heard = spoken(f.card(f.source));
        QVERIFY2(heard.contains(QLatin1String("Apache Flink: refused")), qPrintable(heard));
        QVERIFY2(f.item(f.source).toolTip().contains(QLatin1String("Refused: ")),
                 qPrintable(f.item(f.source).toolTip()));
        leavePicture(f.canvas, QStringLiteral("verdicts"));
    }

    void itLiesOnNothingElse() {
        SignedCanvas f;
        f.choose(Engine::Flink);
        f.document.setCollapsed({f.filter}, true);
        for (const NodeId& node : {f.source, f.filter}) {
            const CardLayout& layout = f.item(node).layout();
            QVERIFY(layout.header.contains(layout.verdict));
            QVERIFY(!layout.verdict.intersects(layout.dot) && !layout.verdict.intersects(layout.icon));
            for (const QPointF& port : layout.ports) QVERIFY(!layout.verdict.contains(port));
        }
    }

    // A card far out shows its header alone, and the sign in it.
    void itIsSeenFromFarAway() {
        SignedCanvas f;
        const auto painted = [&] {
            const NodeItem& item = f.item(f.source);
            CardLook look;
            look.detail = Detail::Header;
            QImage image(item.layout().card.size().toSize(), QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            paintCard(painter, item.card(), item.layout(), look, {});
            return image;
        };
        const QImage before = painted();
        f.choose(Engine::Flink);
        QVERIFY(painted() != before);
    }

    // A problem's icon stands left of the sign: the title gives way to both.
    void aProblemIsSeenBesideIt() {
        SignedCanvas f;
        f.choose(Engine::Flink);
        f.document.setParam(f.filter, "condition", "lod > 1");
        QTRY_VERIFY(f.card(f.filter).stripKind != StripKind::None);
        QTRY_VERIFY(!f.card(f.filter).verdict);  // nothing can be said of it
        QVERIFY(f.card(f.source).verdict.has_value());
    }

    void theOutlineSaysIt() {
        SignedCanvas f;
        Outline outline(f.document, f.session);
        outline.show();
        f.choose(Engine::Flink);
        const auto said = [&] {
            QStringList words;
            for (QTreeWidgetItemIterator each(&outline); *each != nullptr; ++each)
                words << (*each)->data(0, Qt::AccessibleTextRole).toString();
            return words.join(u'\n');
        };
        QTRY_VERIFY(said().contains(QLatin1String("Apache Flink: ")));
    }
};

QTEST_MAIN(TestVerdictSigns)
#include "test_verdict_signs.moc"

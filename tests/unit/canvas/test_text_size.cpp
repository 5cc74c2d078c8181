// The canvas at larger text: the visible detail of a card depends on its size on the screen alone.
#include "core/pipeline/json/json.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

class TestTextSize : public QObject {
    Q_OBJECT

    static constexpr int kSizes[] = {100, 125, 150, 175, 200};

    static void setTextSize(int percent) {
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = percent});
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void cleanup() { setTextSize(100); }

    /// A pipeline that is too large to be read as a whole is shown from its beginning on.
    void openedCardsKeepTheirPortNames() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("large.rill"));
        Pipeline large;
        for (int i = 0; i < 60; ++i) {
            const Point at{i / 6 * 320.0, (i % 6 + i / 6) * 200.0};
            large.nodes.push_back({.id = "n" + std::to_string(i), .type = "filter", .title = {}, .at = at});
        }
        QVERIFY(savePipelineFile(large, file.toStdString()).ok());
        CanvasFixture fixture;
        fixture.show();
        CanvasView& view = fixture.canvas.view();
        for (const int percent : kSizes) {
            setTextSize(percent);
            QVERIFY(fixture.document.open(file).ok());
            QCOMPARE(view.zoom(), 0.6);
            const NodeItem* first = view.canvas().node("n0");
            QVERIFY(first->look().detail == Detail::Full);
            QVERIFY(view.visibleSceneRect().contains(first->cardRect()));
            view.fitAll();
            QVERIFY(view.zoom() < 0.6);
            QVERIFY(view.visibleSceneRect().contains(view.canvas().node("n59")->cardRect()));
            leavePicture(fixture.canvas, QStringLiteral("opened_%1").arg(percent));
        }
        fixture.document.startEmpty();
        fixture.add("filter", "Busy samples", {5000, 5000});
        QVERIFY(fixture.document.saveAs(file).ok() && fixture.document.open(file).ok());
        QVERIFY(view.zoom() > 0.6);
    }

    /// One that is a little too large for the names of ports is shown as a whole.
    void noCardOfAnOpenedPipelineIsCut() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("row.rill"));
        CanvasFixture fixture;
        fixture.show();
        const CanvasView& view = fixture.canvas.view();
        for (int i = 0; i < 6; ++i) fixture.add("filter", "Busy samples", {i * 320.0, 0});
        QVERIFY(fixture.document.saveAs(file).ok() && fixture.document.open(file).ok());
        QVERIFY2(view.zoom() >= 0.5 && view.zoom() < 0.6, qPrintable(QString::number(view.zoom())));
        for (const auto& [id, item] : view.canvas().nodes())
            QVERIFY2(view.visibleSceneRect().contains(item->cardRect()), id.c_str());
    }

    void fittedCardsKeepTheirPortNames() {
        CanvasFixture fixture;
        fixture.show();
        for (int i = 0; i < 5; ++i) fixture.add("filter", "Busy samples", {i * 240.0, 0});
        for (const int percent : kSizes) {
            setTextSize(percent);
            fixture.canvas.view().fitAll();
            const double scale = fixture.canvas.view().transform().m11();
            QVERIFY(scale >= 0.6);
            for (const auto& [id, item] : fixture.canvas.view().canvas().nodes())
                QVERIFY2(item->look().detail == Detail::Full, qPrintable(QString::number(percent)));
            leavePicture(fixture.canvas, QStringLiteral("text_size_%1").arg(percent));
        }
    }

    void portsAreHitAsFarAsTheyAreSeen() {
        CanvasFixture fixture;
        fixture.show();
        const NodeId node = fixture.add("filter", "Busy samples", {0, 0});
        setTextSize(200);
        fixture.canvas.view().zoomTo(0.5, {});
        QCOMPARE(fixture.canvas.view().canvas().scale(), 1.0);
        const NodeItem* item = fixture.canvas.view().canvas().node(node);
        const QPointF port = item->portAt(item->portIndex("out", false));
        QVERIFY(fixture.canvas.view().canvas().hitAt(port + QPointF(11, 0)).port >= 0);
        QCOMPARE(fixture.canvas.view().canvas().hitAt(port + QPointF(14, 0)), Hit());
    }

    /// Texts of others may be of any length: no more of them is measured than could be shown.
    void aLongTextIsMeasuredCut() {
        const QString words(100'000, u'x');
        const QFont font = sceneFont(TextStyle::Body);
        const double most = QFontMetricsF(font).horizontalAdvance(QString(kShownLength + 20, u'x'));
        QVERIFY(textWidth(words, font) < most);
        QVERIFY(textWidth(elided(words, font, 1e9, Qt::ElideRight), font) < most);
        QVERIFY(elided(words, font, 1e9, Qt::ElideRight).size() < words.size());
    }

    void titlesAreCutNowhereElse() {
        const QString title = QStringLiteral("Revenue, last day");
        QString whole;
        for (const int percent : kSizes) {
            setTextSize(percent);
            const QString cut = elided(title, sceneFont(TextStyle::BodyStrong), 117, Qt::ElideRight);
            if (whole.isEmpty()) whole = cut;
            QCOMPARE(cut, whole);
        }
    }
};

QTEST_MAIN(TestTextSize)
#include "test_text_size.moc"

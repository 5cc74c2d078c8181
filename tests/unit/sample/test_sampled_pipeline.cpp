// The whole pipeline on a sample: counts on cards and wires, and values beside expressions.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/value_box.h"
#include "widgets/inspector/value_rows.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PipelineFixture : SessionFixture {
    CanvasWidget canvas{document, session};
    ParamForm form{document};
    SamplePanel panel{parts};
    NodeId rows, euros, big, broken;

    PipelineFixture() {
        rows = document.addNode(
            nodeOf("rows", QStringLiteral("Orders"),
                   Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING", "amount STRING"],
            "rows": [["2024-01-01 00:00:01", "graz", "10"], ["2024-01-01 00:00:02", null, "n/a"],
                     ["2024-01-01 00:00:13", "graz", "30"]], "event_time": "ts"})json")),
            {0, 0});
        euros =
            document.addNodeBehind(nodeOf("select", QStringLiteral("Euros"),
                                          Json{{"columns", {"ts", "shop", "CAST(amount AS DOUBLE) AS eur"}}}),
                                   {300, 0}, {rows, "out"});
        big = document.addNodeBehind(nodeOf("filter", QStringLiteral("Big"), Json{{"condition", "eur > 20"}}),
                                     {600, 0}, {euros, "out"});
        broken =
            document.addNodeBehind(nodeOf("filter", QStringLiteral("Broken"), Json{{"condition", "eur > 1"}}),
                                   {900, 0}, {big, "out"});
        document.setParam(broken, "condition", "nowhere = 1");
        canvas.view().canvas().setSample(&panel.figures());
        form.setSample(&panel.figures());
        form.resize(320, 600);
        panel.resize(1200, 400);
        canvas.resize(1200, 500);
    }
    /// Starts a run that goes on until it is stopped; false: it did not begin.
    bool runs() {
        document.setParam(broken, "condition", "eur > 1");
        const NodeId endless = document.addNode(
            nodeOf("generator", QStringLiteral("Endless"), Json{{"rate", 20}, {"columns", {"n BIGINT = i"}}}),
            {0, 300});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()), {300, 300},
                               {endless, "out"});
        session.start();
        return QTest::qWaitFor([this] { return session.state() == RunSession::State::Running; }, 30'000);
    }
    void show() {
        canvas.show();
        panel.show();
    }
    const PipelineSampler& sampler() const { return *panel.findChild<PipelineSampler*>(); }
    /// “3 2”, “3 —”; “-”: no sample is shown.
    QString card(const NodeId& node) const {
        const CardLive& live = canvas.view().canvas().node(node)->live().live();
        return live.sampled ? live.in + u' ' + live.out : QStringLiteral("-");
    }
    QCheckBox& keep() const {
        for (auto* each : panel.tools()->findChildren<QCheckBox*>()) {
            if (each->text() == QLatin1String("Keep on cards")) return *each;
        }
        qFatal("no such box");
    }
    ValueBox& values() const { return *form.findChild<ValueBox*>(); }
    QStringList lines() const { return values().findChild<ValueRows*>()->lines(); }
    /// The field of an expression, with the keyboard.
    ExpressionEdit& edit(const NodeId& node, int number = 0) {
        document.selection().set({node});
        form.setNode(node);
        form.show();
        QApplication::setActiveWindow(&form);
        auto* found = form.findChildren<ExpressionEdit*>().at(number);
        found->setFocus();
        return *found;
    }
};

}  // namespace

class TestSampledPipeline : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void everyCardAboveABrokenOneHasItsCounts() {
        PipelineFixture fixture;
        fixture.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.broken), QStringLiteral("1 —"), 30'000);
        QCOMPARE(fixture.card(fixture.rows), QStringLiteral("— 3"));
        QCOMPARE(fixture.card(fixture.euros), QStringLiteral("3 2"));
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("2 1"));
        const auto& scene = fixture.canvas.view().canvas();
        QCOMPARE(scene.node(fixture.big)->live().live().kept, 0.5);
        QVERIFY(scene.node(fixture.broken)->live().live().kept < 0);
        QCOMPARE(wireLabel(scene.wires().at(1)->look()), QStringLiteral("2"));
        keepPicture(fixture.canvas, QStringLiteral("sampled-cards"));
    }

    void theyGoWithThePanelUnlessKept() {
        PipelineFixture fixture;
        fixture.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.big), QStringLiteral("2 1"), 30'000);
        fixture.keep().click();
        fixture.panel.hide();
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("2 1"));
        fixture.document.setParam(fixture.big, "condition", "eur > 5");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.big), QStringLiteral("2 2"), 30'000);
        fixture.panel.show();
        fixture.keep().click();
        fixture.panel.hide();
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("-"));
        QVERIFY(!fixture.sampler().isWaiting());
    }

    void aRunTakesTheirPlace() {
        PipelineFixture fixture;
        fixture.document.setParam(fixture.broken, "condition", "eur > 1");
        fixture.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.big), QStringLiteral("2 1"), 30'000);
        fixture.session.start();
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("-"));
        QTRY_VERIFY(!fixture.session.isActive());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.big), QStringLiteral("2 1"), 30'000);
    }

    void theNewestEditCounts() {
        PipelineFixture fixture;
        fixture.show();
        for (int edit = 0; edit < 20; ++edit) {
            fixture.document.setParam(fixture.big, "condition", edit % 2 == 0 ? "eur > 20" : "eur > 1000");
            QTest::qWait(edit * 25 % 240);
        }
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.big), QStringLiteral("2 0"), 30'000);
        QVERIFY(QTest::qWaitFor([&] { return !fixture.sampler().isWaiting(); }, 30'000));
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("2 0"));
        // A node that only moves is the same.
        fixture.document.move({{ItemRef{fixture.big}, Point{10, 10}}});
        QVERIFY(!fixture.sampler().isWaiting());
    }

    void aNodeThatGoesMeanwhileDoesNoHarm() {
        PipelineFixture fixture;
        fixture.show();
        QVERIFY(QTest::qWaitFor([&] { return fixture.sampler().isWaiting(); }, 30'000));
        QTest::qWait(PipelineSampler::kRestMillis);
        fixture.document.selection().set({fixture.big});
        fixture.document.remove({ItemRef{fixture.big}});
        // The sample before may have come already: that of the pipeline without the node is the one without input here.
        QTRY_COMPARE_WITH_TIMEOUT(fixture.card(fixture.broken), QStringLiteral("— —"), 30'000);
        QCOMPARE(fixture.card(fixture.euros), QStringLiteral("3 2"));
        fixture.document.startEmpty();
        QVERIFY(!fixture.panel.figures().sampled());
    }

    void valuesFollowTheKeys() {
        PipelineFixture fixture;
        fixture.show();
        ExpressionEdit& edit = fixture.edit(fixture.euros, 2);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.lines().size(), 3, 30'000);
        QVERIFY(fixture.values().isVisible());
        QCOMPARE(fixture.lines().at(0), QStringLiteral("1: 10 → 10"));
        QVERIFY2(fixture.lines().at(1).contains(QLatin1String("n/a")) &&
                     fixture.lines().at(1) != QLatin1String("2: n/a → NULL"),
                 qPrintable(fixture.lines().at(1)));
        QCOMPARE(fixture.values().values()->errors, std::size_t{1});
        // Before the document is told of it.
        edit.setPlainText(QStringLiteral("UPPER(shop) AS s"));
        QTRY_COMPARE(fixture.lines().value(0), QStringLiteral("1: graz → GRAZ"));
        QCOMPARE(fixture.lines().value(1), QStringLiteral("2: NULL → NULL"));
        edit.setPlainText(QStringLiteral("UPPER(sho"));
        QTRY_VERIFY(!fixture.values().isVisible());
        edit.setPlainText(QStringLiteral("shop AS s"));
        QTRY_VERIFY(fixture.values().isVisible());
        keepPicture(fixture.form, QStringLiteral("sampled-values"));
    }

    /// In the list below the field; with another expression it is not.
    void aRowOfWhichThereIsNoValueIsRed() {
        PipelineFixture fixture;
        fixture.show();
        ExpressionEdit& edit = fixture.edit(fixture.euros, 2);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.lines().size(), 3, 30'000);
        auto* const list = fixture.values().findChild<ValueRows*>();
        const auto tinted = [list](int row) {
            const int height = list->sizeHint().height() / 3;
            const QImage line = list->grab(QRect(0, row * height, list->width(), height)).toImage();
            const QRgb tint = Theme::of(list).tokens().error.tint.rgb();
            int found = 0;
            for (int y = 0; y < line.height(); ++y) {
                for (int x = 0; x < line.width(); ++x) found += line.pixel(x, y) == tint ? 1 : 0;
            }
            return static_cast<double>(found) / std::max(1, line.width() * line.height());
        };
        QVERIFY2(tinted(1) > 0.25, qPrintable(QString::number(tinted(1))));
        QCOMPARE(tinted(0), 0.0);
        QCOMPARE(tinted(2), 0.0);
        edit.setPlainText(QStringLiteral("UPPER(shop) AS s"));
        QTRY_COMPARE(fixture.lines().value(0), QStringLiteral("1: graz → GRAZ"));
        QCOMPARE(tinted(1), 0.0);
    }

    void theRowThatIsLookedAtIsMarked() {
        PipelineFixture fixture;
        fixture.show();
        fixture.edit(fixture.big);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.lines().size(), 2, 30'000);
        QCOMPARE(fixture.values().values()->holds, std::size_t{1});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.model(SampleModel::Side::In).rowCount(), 2, 30'000);
        fixture.panel.rowTables().front()->setCurrentIndex(
            fixture.panel.model(SampleModel::Side::In).index(1, 0));
        QTRY_VERIFY(fixture.values().values() != nullptr && fixture.values().values()->rows.at(1).isCurrent);
    }

    /// Of the node that is selected, for there is no sample of the whole: cards show the run.
    void valuesFollowTheKeysBesideARun() {
        PipelineFixture fixture;
        fixture.show();
        QVERIFY(fixture.runs());
        ExpressionEdit& edit = fixture.edit(fixture.euros, 2);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.lines().size(), 3, 30'000);
        QCOMPARE(fixture.lines().at(0), QStringLiteral("1: 10 → 10"));
        edit.setPlainText(QStringLiteral("UPPER(shop) AS s"));
        QTRY_COMPARE(fixture.lines().value(0), QStringLiteral("1: graz → GRAZ"));
        QVERIFY(fixture.session.isActive());
        QVERIFY(!fixture.panel.figures().sampled() && !fixture.sampler().isWaiting());
        QCOMPARE(fixture.card(fixture.big), QStringLiteral("-"));
        // Out of sight they follow where they are to stay, and go otherwise.
        fixture.keep().click();
        fixture.panel.hide();
        QVERIFY(fixture.values().isVisible());
        const Json all = fixture.document.node(fixture.rows)->params["rows"];
        fixture.document.setParam(fixture.rows, "rows", Json::array({all[0]}));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.lines().size(), 1, 30'000);
        fixture.panel.show();
        fixture.keep().click();
        fixture.panel.hide();
        QTRY_VERIFY(!fixture.values().isVisible());
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
    }

    void withoutASampleNothingIsSaid() {
        PipelineFixture fixture;
        ExpressionEdit& edit = fixture.edit(fixture.euros, 2);
        edit.setPlainText(QStringLiteral("shop AS s"));
        QTest::qWait(3 * ValueBox::kRestMillis);
        QVERIFY(!fixture.values().isVisible());
        QVERIFY(!fixture.values().isWaiting());
    }
};

QTEST_MAIN(TestSampledPipeline)
#include "test_sampled_pipeline.moc"

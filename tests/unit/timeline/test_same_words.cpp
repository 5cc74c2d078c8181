// A window waits for one partition: the lane of the node, the row of the partition and the node's figures in
// the inspector name the same one, in the same words.
#include <QtWidgets/QtWidgets>

#include "tests/support/noon.h"
#include "tests/support/scripted_source.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_panel.h"
#include "widgets/timeline/timeline_words.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

/// Of two partitions “b” is 50 s behind, and the first window of 20 s waits for it.
struct HeldFixture {
    Catalogue catalogue = test::withScriptedSource(builtin());
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler charts{};
    const PaneParts parts{document, session, charts};
    TimelinePanel panel{parts};
    MetricsPage page{session};
    test::Outside& world = test::Outside::named("same_words");
    NodeId clicks, sums;

    HeldFixture() {
        world.clear();
        world.news("a", PartitionState::Live);
        world.news("b", PartitionState::Live);
        world.rows("a", {{"x", 1, test::kNoon}, {"x", 2, test::kNoon + 60'000}});
        world.rows("b", {{"x", 3, test::kNoon + 10'000}});
        clicks = document.addNode(nodeOf("scripted", QStringLiteral("Clicks"),
                                         Json{{"outside", "same_words"}, {"event_time", "ts"}}),
                                  {0, 0});
        sums = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Sums"),
                   Json{{"window", "tumble"}, {"size", "20s"}, {"aggregates", {"COUNT(*) AS n"}}}),
            {600, 0}, {clicks, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {900, 0},
                               {sums, "out"});
        panel.resize(1000, 400);
        panel.show();
        page.resize(400, 600);
        page.setNode(sums);
        page.show();
    }
    ~HeldFixture() {
        world.end();
        session.stop(StopMode::Discard);
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, kLong);
    }

    /// Why the lane waits; empty: it does not, or there is none.
    QString why() const {
        for (const TimelineLine& line : panel.model().lines()) {
            if (line.kind == TimelineLine::Kind::Lane && line.lane.node == sums) return line.why;
        }
        return {};
    }
    /// The row of the one that others wait for; null: nobody waits.
    const WatermarkRow* holder() const {
        for (const TimelineLine& line : panel.model().lines()) {
            if (line.kind == TimelineLine::Kind::Watermark && !line.mark.holds.isEmpty()) return &line.mark;
        }
        return nullptr;
    }
    /// Of the figures, the one that says who is waited for; null: there is none.
    QTreeWidgetItem* figure() const {
        for (int i = 0; i < page.topLevelItemCount(); ++i) {
            QTreeWidgetItem* const row = page.topLevelItem(i);
            if (row->text(0).startsWith(QStringLiteral("Waits for "))) return row;
        }
        return nullptr;
    }
};

}  // namespace

class TestSameWords : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void thePanelsNameTheSamePartition() {
        HeldFixture of;
        QVERIFY(QTest::qWaitFor([&of] { return of.document.isValidated(); }, kLong));
        of.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(!of.why().isEmpty(), kLong);
        const QString words = of.why();
        const QString named = QStringLiteral("the partition “b” of “Clicks”");
        QVERIFY2(words.contains(named), qPrintable(words));
        // The row of the partition.
        QVERIFY(of.holder() != nullptr);
        QCOMPARE(of.holder()->source, of.clicks);
        QVERIFY2(words.contains(u'“' + of.holder()->name + u'”'), qPrintable(of.holder()->name));
        QCOMPARE(TimelineWords::remarkOf(*of.holder(), QTimeZone::utc()),
                 QStringLiteral("holds back “Sums”"));
        // The figures of the node.
        QTRY_VERIFY_WITH_TIMEOUT(of.figure() != nullptr, kLong);
        QVERIFY2(of.figure()->text(0).contains(named), qPrintable(of.figure()->text(0)));
        QTRY_COMPARE_WITH_TIMEOUT(of.figure()->toolTip(0), of.why(), kLong);
        QVERIFY2(of.why().contains(named), qPrintable(of.why()));
    }
};

QTEST_MAIN(TestSameWords)
#include "test_same_words.moc"

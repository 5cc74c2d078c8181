// A run on a cluster on the canvas: figures that the cluster does not give are grey or “–”, never zero, and
// old figures say so.
#include <QLabel>

#include "tests/support/made_remote_run.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/words/empty_reason.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

const QString kUnknown = QStringLiteral("–");

/// A job of which the source is known, and nothing else.
struct OnACluster : CanvasFixture {
    MadeRemoteRun remote;
    NodeId source, filter, table;

    OnACluster() {
        source = add("generator", "Numbers", {16, 48}, "{\"columns\": [\"n BIGINT = i\"]}");
        filter = add("filter", "Even", {320, 48}, "{\"condition\": \"n % 2 = 0\"}");
        table = add("table_view", "Table", {624, 48});
        wire({source, "out"}, {filter, "in"});
        wire({filter, "out"}, {table, "in"});
        document.selection().clear();
        waitForChecks();
        remote.deployed = document.pipeline();
        remote.now = State::Running;
        remote.started = QDateTime::currentDateTime();
        session.show(&remote);
    }
    ~OnACluster() { session.show(nullptr); }

    JobFigures figures() const {
        JobFigures figures;
        figures.nodes[source].rowsOut = 4'000;
        figures.nodes[source].watermark = QDateTime::currentMSecsSinceEpoch() - 2'000;
        figures.nodes[filter].rowsIn = 4'000;
        figures.wires = {4'000, std::nullopt};
        figures.sourceRows = 4'000;
        return figures;
    }
    NodeItem& item(const NodeId& id) const { return *canvas.view().canvas().node(id); }
    const CardLive& live(const NodeId& id) const { return item(id).live().live(); }
    const WireItem& line(std::size_t place) const { return *canvas.view().canvas().wires()[place]; }
};

QImage paintedMetrics(const CardLive& live, const CardLayout& layout) {
    QImage image(layout.card.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintMetrics(painter, live, layout, NodeGroup::Transform);
    return image;
}

}  // namespace

class TestUnknownFigures : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whatComesWhenTheJobHasEndedIsShown() {
        OnACluster f;
        f.show();
        f.remote.tell(f.figures());
        f.remote.turn(State::Finished);
        JobFigures last = f.figures();
        last.nodes[f.table].rowsIn = 777;
        f.remote.tell(last);
        QTRY_VERIFY2(f.live(f.table).in.contains(QLatin1String("777")), qPrintable(f.live(f.table).in));
    }

    void cardsSayWhatTheClusterTells() {
        OnACluster f;
        f.show();
        f.remote.tellRates(f.figures());
        QTRY_COMPARE(f.live(f.source).out, QStringLiteral("2.0\u2009k/s"));
        QVERIFY(f.live(f.source).age != kUnknown);
        QTRY_COMPARE(f.live(f.filter).in, QStringLiteral("2.0\u2009k/s"));
        QCOMPARE(f.live(f.filter).out, kUnknown);
        QCOMPARE(f.live(f.filter).age, kUnknown);
        QCOMPARE(f.live(f.table).in, kUnknown);
        QVERIFY(!f.live(f.filter).dim);
        QCOMPARE(f.item(f.filter).card().dot, DotState::Running);
        QVERIFY(f.item(f.filter).card().badge.isEmpty());
        leavePicture(f.canvas, QStringLiteral("canvas-cluster"));
    }

    void aFilterTellsTheShareThatItKeepsOnceBothCountsAreKnown() {
        OnACluster f;
        f.show();
        f.remote.tell(f.figures());
        QTRY_VERIFY(f.live(f.source).age != kUnknown);
        QCOMPARE(f.live(f.filter).kept, -1.0);
        JobFigures both = f.figures();
        both.nodes[f.filter].rowsOut = 1'000;
        both.nodes[f.table].rowsIn = 1'000;
        f.remote.tell(both);
        QTRY_COMPARE(f.live(f.filter).kept, 0.25);
        QCOMPARE(f.live(f.source).kept, -1.0);
        QCOMPARE(f.live(f.table).kept, -1.0);
        // And it stays when the run is over.
        f.remote.turn(State::Finished);
        QTRY_VERIFY(f.live(f.filter).lastRun);
        QCOMPARE(f.live(f.filter).kept, 0.25);
    }

    void aFirstLookGivesNoRate() {
        OnACluster f;
        f.show();
        f.remote.tell(f.figures());
        QTRY_VERIFY(f.live(f.source).age != kUnknown);
        QCOMPARE(f.live(f.source).out, kUnknown);
        QVERIFY(!f.line(0).look().flowing);
    }

    void aWireThatIsNotKnownIsIdle() {
        OnACluster f;
        f.show();
        f.remote.tellRates(f.figures());
        QTRY_VERIFY(f.line(0).look().flowing);
        QCOMPARE(wireLabel(f.line(0).look()), QStringLiteral("2.0\u2009k/s"));
        QVERIFY(!f.line(1).look().flowing);
        QCOMPARE(wireLabel(f.line(1).look()), QString());
        QCOMPARE(wireColor(Theme::of().tokens(), f.line(1).look()), Theme::of().tokens().wireIdle);
    }

    void oldFiguresAreDimAndHaveNoRates() {
        OnACluster f;
        f.show();
        JobFigures figures = f.figures();
        figures.nodes[f.source].backpressure = 0.9;
        f.remote.tellRates(figures);
        QTRY_VERIFY(f.line(0).look().flowing);
        QTRY_VERIFY(f.item(f.source).card().badge.contains(QLatin1String("90")));
        f.remote.seen = QDateTime::currentDateTime().addMSecs(-kOldFigures);
        QTRY_VERIFY(f.live(f.source).dim);
        QCOMPARE(f.live(f.source).out, kUnknown);
        QTRY_VERIFY(!f.line(0).look().flowing);
        // Neither green nor held up: it is not known.
        QTRY_COMPARE(f.item(f.source).card().dot, DotState::Idle);
        QVERIFY(f.item(f.source).card().badge.isEmpty());
        QCOMPARE(f.item(f.filter).card().dot, DotState::Idle);
        leavePicture(f.canvas, QStringLiteral("canvas-cluster-silent"));
    }

    void aCardWithUnknownFiguresIsPaintedWithoutZeros() {
        OnACluster f;
        f.show();
        const CardLayout& layout = f.item(f.filter).layout();
        CardLive zero;
        zero.in = zero.out = QStringLiteral("0/s");
        const QImage unknown = paintedMetrics(CardLive(), layout);
        QVERIFY(unknown != paintedMetrics(zero, layout));
        QImage blank(unknown.size(), unknown.format());
        blank.fill(Qt::white);
        QVERIFY(unknown != blank);
    }

    void whatTheRunCameToIsOnlyWhatIsKnown() {
        OnACluster f;
        f.show();
        f.remote.tellRates(f.figures());
        f.remote.turn(State::Finished);
        QTRY_VERIFY(f.live(f.source).lastRun);
        QVERIFY(f.live(f.source).out != kUnknown);
        QCOMPARE(f.live(f.filter).out, kUnknown);
        QCOMPARE(f.live(f.table).in, kUnknown);
    }

    void rejectedRowsAreCountedWhereTheyAreKnown() {
        OnACluster f;
        f.show();
        JobFigures figures = f.figures();
        figures.nodes[f.filter].late = 41;
        figures.nodes[f.filter].rejected = 3;
        f.remote.tell(figures);
        QTRY_COMPARE(f.item(f.filter).card().badge, QStringLiteral("3 rejected"));
        QCOMPARE(f.item(f.filter).card().badgeKind, BadgeKind::Error);
        QVERIFY(f.item(f.source).card().badge.isEmpty());
    }

    void lateRowsAreCountedWhereTheyAreKnown() {
        OnACluster f;
        f.show();
        JobFigures figures = f.figures();
        figures.nodes[f.filter].late = 41;
        f.remote.tell(figures);
        QTRY_COMPARE(f.item(f.filter).card().badge, QStringLiteral("41 late"));
        QCOMPARE(f.item(f.filter).card().badgeKind, BadgeKind::Warning);
        QVERIFY(f.item(f.source).card().badge.isEmpty());
        figures.nodes[f.filter].lateAtLeast = true;
        f.remote.tell(figures);
        QTRY_COMPARE(f.item(f.filter).card().badge, QStringLiteral("At least 41 late"));
    }

    void aFailedNodeSaysWhy() {
        OnACluster f;
        f.show();
        f.remote.broken = Status(ErrorCode::Row, RW_TEXT("test", "Division by zero")).at(f.filter);
        f.remote.turn(State::Failed);
        QTRY_COMPARE(f.item(f.filter).card().strip, QStringLiteral("Division by zero"));
        QCOMPARE(f.item(f.filter).card().dot, DotState::Failed);
    }

    void aSinkSaysWhereItsRowsAre() {
        OnACluster f;
        QCOMPARE(emptyReason(f.session, f.table), QStringLiteral("The rows stay on the cluster"));
        struct Empty : LiveView {
            std::uint64_t version() const override { return 1; }
            std::uint64_t rows() const override { return 0; }
        };
        f.remote.tell(f.figures());
        f.remote.views[f.table] = std::make_shared<Empty>();
        f.remote.trouble = QStringLiteral("No slot is free");
        f.remote.turn(State::Finished);  // charts may end behind their job
        QCOMPARE(emptyReason(f.session, f.table), f.remote.trouble);
        f.remote.views.clear();
        f.remote.turn(State::Stopped);
        f.remote.picture.clear();
        QCOMPARE(emptyReason(f.session, f.table), QStringLiteral("Deploy to see data"));
    }

    void thePopoverSaysThatThereIsNoWatermark() {
        OnACluster f;
        f.show();
        f.remote.tellRates(f.figures());
        Q_EMIT f.canvas.view().popoverRequested(f.line(1).wire(), true);
        auto* popover = f.canvas.findChild<QWidget*>(QStringLiteral("wire_popover"));
        const auto tells = [&](const QString& words) {
            const auto labels = popover->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY(tells(QStringLiteral("The cluster tells no watermark here")));
    }
};

QTEST_MAIN(TestUnknownFigures)
#include "test_unknown_figures.moc"

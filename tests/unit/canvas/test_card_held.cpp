// How much state the card of a node shows: what is in memory, and what is in files, in the longest form that
// there is room for.
#include "core/base/byte_size.h"
#include "tests/support/made_remote_run.h"
#include "tests/unit/canvas/fixture.h"
#include "tests/unit/canvas/painted_words.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr std::uint64_t kMemory = 20'000'000, kFiles = 1'300'000'000;

QString sized(std::uint64_t bytes) {
    return QString::fromStdString(byteSizeText(bytes));
}

/// A filter in a run whose figures the test makes.
struct HeldFixture : CanvasFixture {
    MadeRemoteRun run;
    NodeId filter;

    HeldFixture() {
        const NodeId source = add("generator", "Numbers", {16, 48}, "{\"columns\": [\"n BIGINT = i\"]}");
        filter = add("filter", "Even", {320, 48}, "{\"condition\": \"n % 2 = 0\"}");
        wire({source, "out"}, {filter, "in"});
        waitForChecks();
        run.deployed = document.pipeline();
        run.now = RunSession::State::Running;
        run.started = QDateTime::currentDateTime();
        session.show(&run);
    }
    ~HeldFixture() { session.show(nullptr); }

    void tell(std::uint64_t memory, std::uint64_t files) {
        JobFigures figures;
        figures.nodes[filter].stateBytes = memory;
        run.tell(figures);
        run.picture.nodes[filter].metrics.stateSpilled = files;
        Q_EMIT run.updated();
    }
    QStringList held() const { return canvas.view().canvas().node(filter)->live().live().held; }
};

/// What is painted of the forms in a card that is so wide.
QString shownIn(double width, const QStringList& forms) {
    CardModel card;
    card.group = NodeGroup::Window;
    CardLayout layout = cardLayout(card);
    layout.metrics.setWidth(width);
    CardLive live;
    live.held = forms;
    ColoursDevice device(QSize(int(width), int(layout.card.height())));
    QPainter painter(&device);
    paintMetrics(painter, live, layout, card.group);
    painter.end();
    QStringList shown;
    for (const QString& form : forms) {
        if (device.colours().contains(form)) shown << form;
    }
    return shown.join(u'|');
}

}  // namespace

class TestCardHeld : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void stateInFilesStandsBesideThatInMemory() {
        HeldFixture f;
        f.show();
        f.tell(kMemory, 0);
        QTRY_COMPARE(f.held(), QStringList{sized(kMemory)});
        f.tell(kMemory, kFiles);
        QTRY_COMPARE(f.held().size(), 3);
        QCOMPARE(f.held()[0], QStringLiteral("%1 + %2 in files").arg(sized(kMemory), sized(kFiles)));
        QCOMPARE(f.held()[1], QStringLiteral("%1 + %2").arg(sized(kMemory), sized(kFiles)));
        QCOMPARE(f.held()[2], sized(kMemory + kFiles));
    }

    void littleInMemoryIsShownWhenTheRestIsInFiles() {
        HeldFixture f;
        f.show();
        f.tell(500, kFiles);
        QTRY_COMPARE(f.held().size(), 3);
        f.tell(500, 0);
        QTRY_VERIFY(f.held().isEmpty());
    }

    void theLongestFormThatFitsIsShown() {
        const QStringList forms{QStringLiteral("19.1 MiB + 1.21 GiB in files"),
                                QStringLiteral("19.1 MiB + 1.21 GiB"), QStringLiteral("1.23 GiB")};
        QCOMPARE(shownIn(400, forms), forms[0]);
        QCOMPARE(shownIn(cardWidth(NodeGroup::Window), forms), forms[1]);
        QCOMPARE(shownIn(cardWidth(NodeGroup::Transform), forms), forms[2]);
        QCOMPARE(shownIn(100, forms), forms[2]);  // somewhere it must stand
    }
};

QTEST_MAIN(TestCardHeld)
#include "test_card_held.moc"

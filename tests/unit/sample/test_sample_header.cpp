// The heads of a sample's grids: values that could not be read, in red and in words.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/sample/sample_header.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Side = SampleModel::Side;

/// Three rows, of which the source cannot read one and the node another.
struct HeadFixture : SessionFixture {
    SamplePanel panel{parts};
    NodeId rows, euros;

    HeadFixture() {
        rows = document.addNode(
            nodeOf("rows", QStringLiteral("Orders"),
                   Json::parse(R"json({"columns": ["id BIGINT", "shop STRING", "amount STRING"],
            "rows": [[1, "graz", "10"], [2, "wien", "n/a"], ["x", "linz", "30"]]})json")),
            {0, 0});
        euros = document.addNodeBehind(nodeOf("select", QStringLiteral("Euros"),
                                              Json{{"columns", {"id", "CAST(amount AS DOUBLE) AS eur"}}}),
                                       {300, 0}, {rows, "out"});
        panel.resize(1200, 400);
        document.selection().set({euros});
        panel.show();
    }
    bool hasSample() const {
        return QTest::qWaitFor([this] { return in().rowCount() == 2; }, 30'000);
    }
    const SampleModel& in() const { return panel.model(Side::In); }
    QHeaderView& headIn() const { return *tableIn(panel, "Rows in").horizontalHeader(); }
    QString tip(int column) const {
        return in().headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().simplified();
    }
};

/// Whether the head of a column has a point of this colour.
bool showsColor(const QHeaderView& head, int section, const QColor& color) {
    const QImage image = head.viewport()->grab().toImage();
    const double ratio = image.devicePixelRatio();
    const int left = static_cast<int>(head.sectionViewportPosition(section) * ratio);
    const int right = std::min(image.width(), left + static_cast<int>(head.sectionSize(section) * ratio));
    for (int y = 0; y < image.height(); ++y) {
        for (int x = std::max(0, left); x < right; ++x) {
            if (image.pixelColor(x, y).rgb() == color.rgb()) return true;
        }
    }
    return false;
}

}  // namespace

class TestSampleHeader : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whatCouldNotBeReadIsInTheHead() {
        const HeadFixture fixture;
        QVERIFY(fixture.hasSample());
        QCOMPARE(profileLines(fixture.in(), 1),
                 (QStringList{"all distinct", "no NULL", QStringLiteral("1 not read")}));
        QCOMPARE(profileLines(fixture.in(), 2),
                 (QStringList{"all distinct", "no NULL", QStringLiteral("graz – wien")}));
        QCOMPARE(profileLines(fixture.in(), 3),
                 (QStringList{"all distinct", "no NULL", QStringLiteral("1 not read")}));
    }

    /// The words have no room for the range any more.
    void theTooltipTellsWhoCouldNotReadIt() {
        const HeadFixture fixture;
        QVERIFY(fixture.hasSample());
        QCOMPARE(
            fixture.tip(1),
            QStringLiteral("id BIGINT 1 – 2 1 row is missing here: the source could not read its value of "
                           "this column."));
        QCOMPARE(fixture.tip(2), QStringLiteral("shop STRING"));
        QCOMPARE(
            fixture.tip(3),
            QStringLiteral("amount STRING 10 – n/a 1 row was rejected by the node, which could not read its "
                           "value of this column."));
    }

    void theBarOfTheseIsRed() {
        const HeadFixture fixture;
        QVERIFY(fixture.hasSample());
        const QColor red = Theme::of(&fixture.panel).tokens().error.line;
        QVERIFY(showsColor(fixture.headIn(), 1, red));
        QVERIFY(!showsColor(fixture.headIn(), 2, red));
        QVERIFY(showsColor(fixture.headIn(), 3, red));
        keepPicture(fixture.headIn(), QStringLiteral("sample_unread"));
    }

    /// Of a column without a value that was read there is nothing else to say.
    void aColumnOfWhichNothingWasRead() {
        ColumnProfile none;
        none.name = "id";
        none.unreadBySource = 1'200;
        const QStringList tip = profileTip(none);
        QVERIFY2(
            tip.size() == 1 && tip.front().endsWith(QLatin1String("rows are missing here: the source could "
                                                                  "not read their values of this column.")),
            qPrintable(tip.join(u'\n')));
        QVERIFY(profileTip(ColumnProfile()).isEmpty());
    }
};

QTEST_MAIN(TestSampleHeader)
#include "test_sample_header.moc"

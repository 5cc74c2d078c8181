// Effect on rows: two versions run over one input, and which rows of their outputs differ.
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/canvas/difference/difference_split.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/compare_page.h"
#include "widgets/versions/effect_view.h"
#include "widgets/versions/versions_side.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kPatience = 30'000;

Json fiveRows() {
    return Json::parse(R"json([["2024-01-01 00:00:01", "a", 1], ["2024-01-01 00:00:02", "b", 2],
                               ["2024-01-01 00:00:13", "a", 3], ["2024-01-01 00:00:14", "c", 4]])json");
}

/// Of a minute, a little out of order.
Json randomRows(quint32 seed) {
    constexpr int kCount = 40, kSeconds = 60;
    QRandomGenerator random(seed);
    Json rows = Json::array();
    for (int i = 0; i < kCount; ++i) {
        const int second = std::clamp(i * kSeconds / kCount + random.bounded(-3, 4), 0, kSeconds - 1);
        const QString stamp = QStringLiteral("2024-01-01 00:00:%1").arg(second, 2, 10, QLatin1Char('0'));
        const std::string key(1, static_cast<char>('a' + random.bounded(4)));
        rows.push_back(Json::array({stamp.toStdString(), key, random.bounded(6)}));
    }
    return rows;
}

/// Rows, those from a bound on, and their sums by ten seconds; saved once.
struct EffectFixture : SessionFixture {
    QTemporaryDir folder{};
    ComparePage page{parts, newDifferenceCanvas, {}};
    NodeId rows{}, filter{}, sums{}, sink{};

    explicit EffectFixture(const Json& given = fiveRows()) {
        page.resize(1300, 900);
        rows = document.addNode(nodeOf("rows", QStringLiteral("Orders"),
                                       Json{{"columns", {"ts TIMESTAMP(3)", "k STRING", "n INT"}},
                                            {"event_time", "ts"},
                                            {"rows", given}}),
                                {0, 0});
        filter = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Large"), Json{{"condition", "n > 1"}}), {300, 0}, {rows, "out"});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", {"k"}},
                                                  {"aggregates", {"SUM(n) AS total"}}}),
                                      {600, 0}, {filter, "out"});
        sink = document.addNodeBehind(nodeOf("csv_sink", QStringLiteral("Out"), Json{{"path", "out.csv"}}),
                                      {900, 0}, {sums, "out"});
        if (!document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok()) qFatal("not saved");
        page.show();
    }
    EffectView& effect() { return page.effect(); }
    void settle() {
        QTest::qWait(100);  // longer than the page rests
        QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && !effect().isWaiting(), kPatience);
        QCoreApplication::processEvents();
    }
    void ask() {
        page.effectButton().setChecked(true);
        settle();
    }
    QString cell(int row, EffectOutputs::Column column) {
        return effect().outputs().index(row, column).data().toString();
    }
    /// Whether of each output all rows of both sides are among those that are gone, new, changed or the same.
    bool addsUp() {
        const auto number = [this](int row, EffectOutputs::Column column) {
            bool ok = false;
            const int all = cell(row, column).toInt(&ok);
            return ok ? all : -1'000'000;
        };
        for (int row = 0; row < effect().outputs().rowCount(); ++row) {
            const int both = number(row, EffectOutputs::kChanged) + number(row, EffectOutputs::kSame);
            if (number(row, EffectOutputs::kGone) + both != number(row, EffectOutputs::kA)) return false;
            if (number(row, EffectOutputs::kNew) + both != number(row, EffectOutputs::kB)) return false;
        }
        return effect().outputs().rowCount() > 0;
    }
    bool says(const QString& words) const {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words)) return true;
        return false;
    }
    QStringList differing() {
        QStringList lines;
        for (int row = 0; row < effect().rows().rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < effect().rows().columnCount(); ++column)
                cells << effect().rows().index(row, column).data().toString();
            lines << cells.join(u' ');
        }
        return lines;
    }
};

}  // namespace

class TestEffectOnRows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void rowsThatDifferAreCounted() {
        EffectFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "n <> 2");
        fixture.settle();
        QVERIFY(!fixture.effect().isVisible());
        fixture.ask();
        QCOMPARE(fixture.effect().outputs().rowCount(), 1);
        QCOMPARE(fixture.cell(0, EffectOutputs::kOutput), QStringLiteral("Out"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kA), QStringLiteral("3"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kB), QStringLiteral("3"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kGone), QStringLiteral("1"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kNew), QStringLiteral("1"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kChanged), QStringLiteral("0"));
        QCOMPARE(fixture.cell(0, EffectOutputs::kSame), QStringLiteral("2"));
        QVERIFY(fixture.addsUp());
        const QStringList lines = fixture.differing();
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith(u'−') && lines[0].contains(QStringLiteral(" b ")) &&
                     lines[0].endsWith(QStringLiteral(" 2")),
                 qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(u'+') && lines[1].contains(QStringLiteral(" a ")) &&
                     lines[1].endsWith(QStringLiteral(" 1")),
                 qPrintable(lines[1]));
        QVERIFY(fixture.says(QStringLiteral("read the sources again, 4 rows")));
        QVERIFY(!QFile::exists(fixture.folder.filePath(QStringLiteral("out.csv"))));
    }

    /// Of a changed row both values stand in the cell, and the counts follow the next edit.
    void changedRowsHaveBothValues() {
        EffectFixture fixture;
        fixture.document.setParam(fixture.sums, "aggregates", {"SUM(n + 1) AS total"});
        fixture.ask();
        QCOMPARE(fixture.cell(0, EffectOutputs::kChanged), QStringLiteral("3"));
        QVERIFY(fixture.addsUp());
        QVERIFY2(fixture.differing().join(u'|').contains(QStringLiteral("2 → 3")),
                 qPrintable(fixture.differing().join(u'|')));
        fixture.document.setParam(fixture.sums, "aggregates", {"SUM(n * 1) AS total"});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cell(0, EffectOutputs::kSame), QStringLiteral("3"), kPatience);
        QVERIFY(fixture.says(QStringLiteral("has the same rows in both versions")));
    }

    /// Also where one side has more rows, and some are changed.
    void theCountsAddUpToTheRowsOfBothSides() {
        EffectFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "n < 4");
        fixture.document.setParam(fixture.sums, "size", "20s");
        fixture.ask();
        QVERIFY2(fixture.addsUp(), qPrintable(fixture.differing().join(u'\n')));
        fixture.document.setParam(fixture.sums, "size", "10s");
        fixture.document.setParam(fixture.filter, "condition", "FALSE");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cell(0, EffectOutputs::kB), QStringLiteral("0"), kPatience);
        QVERIFY(fixture.addsUp());
    }

    /// Whatever differs, each row of a side is counted once.
    void theCountsAddUpOfRandomPairs() {
        struct Edit {
            const char *condition, *size, *total;
        };
        constexpr Edit kEdits[] = {
            {"n > 2", "10s", "SUM(n) AS total"},     {"n > -1", "10s", "SUM(n) AS total"},
            {"n > 1", "20s", "SUM(n) AS total"},     {"n > 1", "5s", "SUM(n) AS total"},
            {"n > 1", "10s", "SUM(n + 1) AS total"}, {"n < 3", "5s", "MAX(n) AS total"}};
        int gone = 0, added = 0, changed = 0, same = 0;
        quint32 seed = 0;
        for (const Edit& edit : kEdits) {
            EffectFixture fixture(randomRows(++seed));
            fixture.document.setParam(fixture.filter, "condition", edit.condition);
            fixture.document.setParam(fixture.sums, "size", edit.size);
            fixture.document.setParam(fixture.sums, "aggregates", {edit.total});
            fixture.ask();
            QVERIFY2(fixture.addsUp(),
                     qPrintable(QString::number(seed) + u'\n' + fixture.differing().join(u'\n')));
            QVERIFY(fixture.cell(0, EffectOutputs::kA).toInt() > 3);
            gone += fixture.cell(0, EffectOutputs::kGone).toInt();
            added += fixture.cell(0, EffectOutputs::kNew).toInt();
            changed += fixture.cell(0, EffectOutputs::kChanged).toInt();
            same += fixture.cell(0, EffectOutputs::kSame).toInt();
        }
        QVERIFY(gone > 0 && added > 0 && changed > 0 && same > 0);
    }

    void whatRunsAlikeHasNoEffect() {
        EffectFixture fixture;
        fixture.document.setTitle(fixture.sums, QStringLiteral("Totals"));
        fixture.ask();
        QCOMPARE(fixture.effect().outputs().rowCount(), 0);
        QVERIFY(fixture.effect().findChild<EmptyState*>()->isVisible());
        QVERIFY(!fixture.effect().againButton().isEnabled());
    }

    void aBrokenVersionSaysWhatIsWrong() {
        EffectFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "missing > 1");
        fixture.ask();
        QVERIFY(fixture.effect().findChild<EmptyState*>()->isVisible());
        QVERIFY(fixture.says(QStringLiteral("missing")));
        fixture.document.setParam(fixture.filter, "condition", "n > 3");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cell(0, EffectOutputs::kGone), QStringLiteral("2"), kPatience);
    }

    /// A live source can't be read again: without a tape that is said, and what changed stands in words all
    /// the same; with one both versions run on it.
    void aLiveSourceNeedsATape() {
        EffectFixture fixture;
        const NodeId live = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"columns", {"n BIGINT = i"}}, {"rate", 1'000}}),
            {0, 300});
        const NodeId first = fixture.document.addNodeBehind(
            nodeOf("filter", QStringLiteral("First"), Json{{"condition", "n < 10"}}), {300, 300},
            {live, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Seen"), Json::object()),
                                       {600, 300}, {first, "out"});
        QVERIFY(fixture.document.saveAs(fixture.folder.filePath(QStringLiteral("p.rill"))).ok());
        fixture.settle();
        fixture.document.setParam(first, "condition", "n < 5");
        fixture.ask();
        QCOMPARE(fixture.effect().outputs().rowCount(), 0);
        QVERIFY(fixture.effect().findChild<EmptyState*>()->isVisible());
        QVERIFY(fixture.says(QStringLiteral("is live: nothing was kept of what it gave")));
        QCOMPARE(fixture.page.difference().changes.size(), std::size_t{1});
        QVERIFY(fixture.page.difference().changes.front().title.contains(QStringLiteral("“First”")));
        fixture.session.setTape({.recordInto = fixture.folder.path()});
        QVERIFY(fixture.validated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.snapshot().metrics.sourceRows > 30, kPatience);
        fixture.session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), kPatience);
        QVERIFY(!fixture.session.lastTape().isEmpty());
        fixture.settle();
        fixture.page.effectButton().setChecked(false);
        fixture.ask();
        const auto seen = [&fixture] {
            for (int row = 0; row < fixture.effect().outputs().rowCount(); ++row)
                if (fixture.cell(row, EffectOutputs::kOutput) == QLatin1String("Seen")) return row;
            return -1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(seen() >= 0, kPatience);
        QCOMPARE(fixture.cell(seen(), EffectOutputs::kA), QStringLiteral("10"));
        QCOMPARE(fixture.cell(seen(), EffectOutputs::kB), QStringLiteral("5"));
        QCOMPARE(fixture.cell(seen(), EffectOutputs::kGone), QStringLiteral("5"));
        QCOMPARE(fixture.cell(seen(), EffectOutputs::kSame), QStringLiteral("5"));
        QVERIFY(fixture.says(QStringLiteral("Both versions ran on the tape “")));
    }

    /// A page that nobody looks at computes nothing.
    void nothingIsAskedWhileItIsOff() {
        EffectFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "n > 3");
        fixture.page.effectButton().setChecked(true);
        fixture.page.hide();
        QVERIFY(!fixture.effect().isWaiting());
        QTest::qWait(2 * EffectAsker::kRestMillis);
        QVERIFY(!fixture.effect().isWaiting());
        QCOMPARE(fixture.effect().outputs().rowCount(), 0);
        fixture.page.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.effect().outputs().rowCount(), 1, kPatience);
    }

    void anOutputThatIsOnlyInOneVersionSaysSo() {
        EffectFixture fixture;
        fixture.document.remove({ItemRef(fixture.sink)});
        fixture.document.addNodeBehind(nodeOf("csv_sink", QStringLiteral("Other"), Json{{"path", "b.csv"}}),
                                       {900, 0}, {fixture.filter, "out"});
        fixture.ask();
        QVERIFY(fixture.effect().outputs().rowCount() >= 1 ||
                fixture.effect().findChild<EmptyState*>()->isVisible());
        QVERIFY(fixture.says(QStringLiteral("Out")));
    }
};

QTEST_MAIN(TestEffectOnRows)
#include "test_effect_on_rows.moc"

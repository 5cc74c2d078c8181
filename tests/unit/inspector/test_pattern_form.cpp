// The form of a pattern: its drawing while it is typed, errors at their place, rows that are tried.
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTextBlock>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/patterns/pattern_edit.h"
#include "widgets/inspector/patterns/pattern_view.h"
#include "widgets/inspector/trials/pattern_trial_box.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Json kRows = {{"columns", {"price INT", "ts TIMESTAMP(3)"}},
                    {"rows", {{7, "2024-03-01 12:00:00"}, {8, "2024-03-01 12:00:01"}}},
                    {"event_time", "ts"}};
const Json kPattern = {{"pattern", "A B+"},
                       {"define", {"B: price > PREV(price)"}},
                       {"measures", {"COUNT(*) AS n"}},
                       {"after_match", "PAST LAST ROW"},
                       {"within", "1h"}};

struct PatternForm {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ParamForm form{document};
    NodeId rows, pattern;

    explicit PatternForm(const Json& params = kPattern) {
        rows = document.addNode({"rows", kRows}, {0, 0});
        pattern = document.addNodeBehind({"pattern", params}, {300, 0}, {rows, "out"});
        form.setSession(&session);
        form.resize(340, 1'600);
        form.show();
        form.setNode(pattern);
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
    }
    PatternEdit& edit() { return *form.findChild<PatternEdit*>(); }
    PatternView& view() { return *form.findChild<PatternView*>(); }
    QTableWidget& table() { return *form.findChild<QTableWidget*>(QStringLiteral("typedRows")); }
    QLabel& matches() { return *form.findChild<QLabel*>(QStringLiteral("matches")); }
    /// “1 A|1 B||”: what stands before the rows.
    QString marks() {
        QStringList marks;
        for (int row = 0; row < table().rowCount(); ++row) marks << table().item(row, 0)->text();
        return marks.join(u'|');
    }
    void type(int row, const QString& price) { table().item(row, 1)->setText(price); }
    void typePrices(const QList<int>& prices) {
        for (int row = 0; row < prices.size(); ++row) type(row, QString::number(prices[row]));
    }
};

bool isWavy(const PatternEdit& edit, int place) {
    for (const QTextLayout::FormatRange& range : edit.document()->firstBlock().layout()->formats()) {
        if (range.start <= place && place < range.start + range.length &&
            range.format.underlineStyle() == QTextCharFormat::WaveUnderline)
            return true;
    }
    return false;
}

}  // namespace

class TestPatternForm : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void isDrawnWhileItIsTyped() {
        PatternForm f;
        QCOMPARE(f.view().drawing().boxes.size(), 2U);
        f.edit().setFocus();
        f.edit().moveCursor(QTextCursor::End);
        QTest::keyClicks(&f.edit(), QStringLiteral(" C"));
        QCOMPARE(f.view().drawing().boxes.size(), 3U);  // at once
        QTRY_COMPARE(f.document.node(f.pattern)->params["pattern"], Json("A B+ C"));
    }

    void conditionsStandBeneathTheirVariables() {
        PatternForm f;
        QCOMPARE(f.view().drawing().boxes[0].beneath.width, 0.0);
        QVERIFY(f.view().drawing().boxes[1].beneath.width > 0);
        f.document.setParam(f.pattern, "define", {"A: price > 1", "B: price > PREV(price)"});
        QTRY_VERIFY(f.view().drawing().boxes[0].beneath.width > 0);
    }

    void anErrorIsMarkedAndTheLastDrawingStaysDimmed() {
        PatternForm f;
        const QImage good = f.view().grab().toImage();
        f.edit().setFocus();
        f.edit().moveCursor(QTextCursor::End);
        QTest::keyClicks(&f.edit(), QStringLiteral(" )"));
        QVERIFY(f.view().isDimmed());
        QCOMPARE(f.view().drawing().boxes.size(), 2U);
        QVERIFY(f.view().grab().toImage() != good);
        QVERIFY(!isWavy(f.edit(), 5));  // not in the middle of typing
        QTRY_VERIFY(isWavy(f.edit(), 5));
        QVERIFY(!isWavy(f.edit(), 0));
        QTest::keyClick(&f.edit(), Qt::Key_Backspace);
        QVERIFY(!f.view().isDimmed());
        QTRY_VERIFY(!isWavy(f.edit(), 5));
        QTest::keyClick(&f.edit(), Qt::Key_Backspace);
        QTRY_COMPARE(f.view().grab().toImage(), good);
    }

    void anEmptyPatternHasNoDrawingAndNoError() {
        PatternForm f(
            Json{{"measures", {"COUNT(*) AS n"}}, {"after_match", "PAST LAST ROW"}, {"within", "1h"}});
        QVERIFY(!f.view().isVisible());
        QVERIFY(f.edit().property("state").toString().isEmpty());
        for (const HintBox* hint : f.form.findChildren<HintBox*>())
            QVERIFY(!hint->isVisible() || hint->kind() != HintBox::Kind::Error);
    }

    /// Every construct leaves something of its own on the screen, in both themes.
    void allConstructsAreDrawn() {
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            Theme::of(qApp).apply({mode});
            QList<QImage> seen;
            for (const char* text :
                 {"A B", "A | B", "A? B", "A* B", "A+ B", "A{2} B", "A{2,} B", "A{2,5} B", "A+? B",
                  "PERMUTE(A, B)", "{- A -} B", "^ A B", "A B $", "(A B)+", "()", "A B C D E F G H I J K"}) {
                PatternView view;
                view.setRoom(300);
                view.setConditions({{"B", QStringLiteral("price > 3")}});
                view.setText(QString::fromLatin1(text));
                QVERIFY2(!view.isDimmed(), text);
                view.resize(view.sizeHint().expandedTo({300, 200}));
                const QImage image = view.grab().toImage();
                QVERIFY2(!seen.contains(image), text);
                seen << image;
            }
        }
        Theme::of(qApp).apply({ThemeMode::Dark});
    }

    void rowsSayWhatTheyMatch() {
        PatternForm f;
        QTRY_COMPARE(f.table().rowCount(), 6);
        f.typePrices({5, 6, 7, 3, 2, 4});
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|1 B|1 B||2 A|2 B"));
        QCOMPARE(f.matches().text(), QStringLiteral("2 matches"));
        const Tokens& tokens = Theme::of(qApp).tokens();
        QCOMPARE(f.table().item(0, 0)->foreground().color(), variableColor(tokens, 0));
        QCOMPARE(f.table().item(1, 0)->foreground().color(), variableColor(tokens, 1));
        f.type(5, QStringLiteral("1"));
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|1 B|1 B|||"));
        f.typePrices({6, 5, 4, 3, 2, 1});
        QTRY_COMPARE(f.matches().text(), QStringLiteral("No match"));
    }

    void anEditOfThePatternTriesAnew() {
        PatternForm f;
        f.typePrices({5, 6, 7, 3, 2, 4});
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|1 B|1 B||2 A|2 B"));
        f.document.setParam(f.pattern, "pattern", "A B");
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|1 B|||2 A|2 B"));
        f.document.setParam(f.pattern, "after_match", "TO NEXT ROW");
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|1 B, 2 A|2 B||3 A|3 B"));
    }

    void matchesOfAllPartitionsAreCounted() {
        Json params = kPattern;
        params["pattern"] = "A";
        params["define"] = Json::array();
        params["partition_by"] = {"price"};
        PatternForm f(params);
        f.typePrices({5, 6, 5, 6, 7, 7});
        QTRY_COMPARE(f.marks(), QStringLiteral("1 A|2 A|3 A|4 A|5 A|6 A"));
    }

    void aCellThatDoesNotFitIsSaid() {
        PatternForm f;
        f.type(1, QStringLiteral("six"));
        QTRY_COMPARE(f.matches().text(), QStringLiteral("Row 2, “price”: “six” is not INT."));
        QCOMPARE(f.marks(), QStringLiteral("|||||"));
        f.type(1, QString());  // NULL
        QTRY_VERIFY(f.matches().text() != QStringLiteral("Row 2, “price”: “six” is not INT."));
        QVERIFY(!f.matches().text().isEmpty());
    }

    void withoutAnInputNothingIsTried() {
        PatternForm f;
        f.document.remove({ItemRef(Wire{{f.rows, "out"}, {f.pattern, "in"}})});
        QTRY_VERIFY(!f.table().isVisible());
    }

    void rowsOfARunCanBeTaken() {
        PatternForm f;
        auto* take = f.form.findChild<QPushButton*>(QStringLiteral("takeRows"));
        QVERIFY(!take->isVisible());
        f.document.addNodeBehind({"table_view"}, {600, 0}, {f.pattern, "out"});
        f.document.setParam(f.rows, "every", "20ms");
        QTRY_VERIFY(f.document.isValidated());
        f.session.start();
        QTRY_VERIFY(take->isVisible());
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        take->click();
        QVERIFY(f.table().rowCount() > 0 && f.table().rowCount() <= 2);
        QCOMPARE(f.table().item(f.table().rowCount() - 1, 1)->text(), QStringLiteral("8"));
    }

    /// Rows that were typed are there again when another node was selected meanwhile.
    void typedRowsStayWithTheForm() {
        PatternForm f;
        f.type(0, QStringLiteral("77"));
        f.form.setNode(f.rows);
        f.form.setNode(f.pattern);
        QCOMPARE(f.table().item(0, 1)->text(), QStringLiteral("77"));
    }
};

QTEST_MAIN(TestPatternForm)
#include "test_pattern_form.moc"

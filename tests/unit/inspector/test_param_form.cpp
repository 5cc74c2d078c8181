// Forms come from declarations: every parameter of every node has a field, edits reach the document as JSON,
// and errors stand under their fields with a fix.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTranslator>
#include <QTreeWidget>
#include <QtTest>
#include <algorithm>
#include <functional>

#include "core/nodes/catalogue.h"
#include "tests/unit/inspector/form_looks.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/aggregate_row.h"
#include "widgets/inspector/form_parts.h"
#include "widgets/inspector/param_row.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestParamForm : public QObject, private FormLooks {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void everyParameterOfEveryNodeHasAField() {
        PipelineDocument document(m_catalogue);
        for (const NodeKind& kind : m_catalogue.kinds()) {
            ParamForm form(document);  // of its own: fields of the node before would count
            form.show();
            const NodeId node = document.addNode(templateOf(kind.type), {0, 0});
            form.setNode(node);
            for (const ParamSpec& spec : kind.params) {
                QVERIFY2(field(form, spec.name.c_str()), (kind.type + "." + spec.name).c_str());
            }
        }
    }

    void everyFormFitsTheNarrowestInspector() {
        constexpr int kNarrowest = 288;
        for (const int zoom : {100, 150, 200}) {
            Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = zoom});
            PipelineDocument document(m_catalogue);
            ParamForm form(document);
            form.resize(kNarrowest, 800);
            form.show();
            for (const NodeKind& kind : m_catalogue.kinds()) {
                form.setNode(document.addNode(templateOf(kind.type), {0, 0}));
                QVERIFY(kind.params.empty() || form.findChild<ParamRow*>());
                for (const ParamRow* row : form.findChildren<ParamRow*>()) {
                    const int needed = row->minimumSizeHint().width() + 2 * metrics::kPanelPadding;
                    QVERIFY2(needed <= Theme::of().scaled(kNarrowest),
                             qPrintable(QStringLiteral("%1.%2 at %3 %: %4")
                                            .arg(kind.type.c_str(), row->spec().name.c_str())
                                            .arg(zoom)
                                            .arg(needed)));
                }
            }
        }
        Theme::of().apply({.mode = ThemeMode::Dark});
    }

    void showingANodeChangesNothing() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const Pipeline before = document.pipeline();
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QTRY_VERIFY(document.isValidated());
        const auto typing = [&form] {  // a field that has not told its text yet
            const auto pauses = form.findChildren<QTimer*>();
            return std::any_of(pauses.begin(), pauses.end(), std::mem_fn(&QTimer::isActive));
        };
        QTRY_VERIFY(!typing());
        QVERIFY(document.pipeline() == before);
    }

    void fieldsSpeakTheNewLanguage() {
        struct Shouting : QTranslator {
            bool isEmpty() const override { return false; }
            QString translate(const char*, const char* text, const char*, int) const override {
                return QString::fromUtf8(text).toUpper();
            }
        } shouting;
        PipelineDocument document(m_catalogue);
        const NodeId node =
            document.addNode(templateOf("window_aggregate", {{"aggregates", {"COUNT(*) AS n"}}}), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QVERIFY(says(form, QStringLiteral("Result name")));
        qApp->installTranslator(&shouting);
        QTRY_VERIFY(says(form, QStringLiteral("RESULT NAME")));
        QCOMPARE(field(form, "keys")->headTool()->property("text").toString(), QStringLiteral("ADD COLUMN"));
        QCOMPARE(form.findChild<AggregateRow*>()->findChild<QComboBox*>()->accessibleName(),
                 QStringLiteral("FUNCTION"));
        qApp->removeTranslator(&shouting);
        QTRY_VERIFY(says(form, QStringLiteral("Result name")));
    }

    void durationsAreTypedWithTheirUnit() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        auto* edit = form.findChild<QLineEdit*>(QStringLiteral("input_size"));
        QVERIFY(edit);
        edit->setFocus();
        QTest::keyClicks(edit, QStringLiteral("10"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(param(document, node, "size"), Json("10s"));
        auto* unit = field(form, "size")->findChild<QComboBox*>();
        unit->setCurrentIndex(2);
        Q_EMIT unit->activated(2);
        QCOMPARE(param(document, node, "size"), Json("10min"));
        document.undoStack().undo();
        QTRY_COMPARE(edit->text(), QString());  // edits of one field are one step
    }

    void theWheelChoosesNothing() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate", {{"size", "10s"}}), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        auto* unit = field(form, "size")->findChild<QComboBox*>();
        const QPointF middle = unit->rect().center();
        QWheelEvent turn(middle, unit->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(unit, &turn);
        QCOMPARE(param(document, node, "size"), Json("10s"));
        QCOMPARE(unit->currentIndex(), unit->findText(QStringLiteral("seconds")));
    }

    void typingOnIsNotOverwrittenByWhatWasTold() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId filter = document.addNodeBehind(templateOf("filter"), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(filter);
        auto* condition = form.findChild<ExpressionEdit*>(QStringLiteral("input_condition"));
        QVERIFY(condition);
        QTest::keyClicks(condition, QStringLiteral("load > 1"));
        QTRY_COMPARE(param(document, filter, "condition"), Json("load > 1"));
        QTest::keyClicks(condition, QStringLiteral("2"));
        QTRY_VERIFY(document.isValidated());  // the form shows the document again meanwhile
        QCOMPARE(condition->toPlainText(), QStringLiteral("load > 12"));
        QTRY_COMPARE(param(document, filter, "condition"), Json("load > 12"));

        const NodeId file = document.addNode(templateOf("csv_source"), {0, 200});
        form.setNode(file);
        auto* path = form.findChild<QLineEdit*>(QStringLiteral("input_path"));
        QVERIFY(path);
        QTest::keyClicks(path, QStringLiteral("a"));
        QTRY_COMPARE(param(document, file, "path"), Json("a"));
        QTest::keyClicks(path, QStringLiteral("b"));
        QTRY_VERIFY(document.isValidated());
        QCOMPARE(path->text(), QStringLiteral("ab"));
        QTRY_COMPARE(param(document, file, "path"), Json("ab"));
    }

    void whatWasTypedLastGoesToItsNode() {
        PipelineDocument document(m_catalogue);
        const NodeId first = document.addNode(templateOf("filter"), {0, 0});
        const NodeId second = document.addNode(templateOf("filter"), {0, 200});
        {
            ParamForm form(document);
            form.show();
            form.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&form, 30'000));
            form.setNode(first);
            const auto type = [&form](const QString& text) {
                auto* condition = form.findChild<ExpressionEdit*>(QStringLiteral("input_condition"));
                condition->setFocus();
                QTest::keyClicks(condition, text);
            };
            type(QStringLiteral("a"));
            form.setNode(second);  // sooner than the pause after which typing is told
            QCOMPARE(param(document, first, "condition"), Json("a"));
            QVERIFY(param(document, second, "condition").is_null());
            type(QStringLiteral("b"));
        }
        QCOMPARE(param(document, second, "condition"), Json("b"));
    }

    void choicesShowOnlyWhatApplies() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QVERIFY(field(form, "size")->isVisible());
        QVERIFY(!field(form, "gap")->isVisible());
        // A field that a tumbling window does not use stays in sight, with the reason.
        QVERIFY(field(form, "slide")->isVisible() && !field(form, "slide")->isEnabled());
        QVERIFY(says(form, QStringLiteral("same as size")));
        auto* segments = field(form, "window")->findChild<SegmentedControl*>();
        QVERIFY(segments);
        Q_EMIT segments->chosen(2);
        QCOMPARE(param(document, node, "window"), Json("session"));
        QVERIFY(field(form, "gap")->isVisible());
        QVERIFY(!field(form, "size")->isVisible());
        QVERIFY(!field(form, "slide")->isVisible());
        Q_EMIT segments->chosen(1);
        QVERIFY(field(form, "slide")->isVisible() && field(form, "slide")->isEnabled());
        QVERIFY(!says(form, QStringLiteral("same as size")));
    }

    // A number card shows numbers, but counts rows by any column.
    void onlyColumnsThatFitAreOffered() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId card = document.addNodeBehind(templateOf("number_card"), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(card);
        const auto offered = [&] {
            QStringList names;
            const auto* list = field(form, "value")->findChild<QComboBox*>();
            for (int i = 0; i < list->count(); ++i) names << list->itemText(i);
            return names.join(u' ');
        };
        QTRY_COMPARE(offered(), QStringLiteral("id load"));
        document.setParam(card, "aggregate", "count");
        QTRY_COMPARE(offered(), QStringLiteral("id load ts"));
        document.setParam(card, "aggregate", "avg");
        QTRY_COMPARE(offered(), QStringLiteral("id load"));
    }

    void earlyResultsAreAChoiceWithAnAmount() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        const auto radios = field(form, "early")->findChildren<QRadioButton*>();
        QCOMPARE(radios.size(), 2);
        QVERIFY(radios[0]->isChecked());
        auto* amount = field(form, "early")->findChild<QLineEdit*>();
        QVERIFY(amount && !amount->isVisible());
        radios[1]->click();
        QCOMPARE(param(document, node, "early"), Json("1s"));
        QTRY_VERIFY(amount->isVisible());
        QCOMPARE(amount->text(), QStringLiteral("1"));
        radios[0]->click();
        QVERIFY(param(document, node, "early").is_null());
    }

    void adviceOfTheRunStandsUnderItsField() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QTRY_VERIFY(document.isValidated());
        Issue advice{
            .severity = Severity::Warning,
            .message = RW_TEXT("advice", "Allowed lateness %1 is shorter than the delays seen.").with("0 s"),
            .node = node,
            .param = "allowed_lateness"};
        advice.quickFixes.push_back({.label = RW_TEXT("advice", "Set to %1").with("7 s"),
                                     .node = node,
                                     .param = "allowed_lateness",
                                     .value = "7s"});
        form.setAdvice({advice});
        auto* hint = field(form, "allowed_lateness")->parentWidget()->findChild<HintBox*>();
        QVERIFY(hint && hint->isVisible());
        QCOMPARE(hint->kind(), HintBox::Kind::Warn);
        QSignalSpy rows(&form, &ParamForm::lateRowsRequested);
        Q_EMIT hint->actionTriggered(1);
        QCOMPARE(rows.size(), 1);
        Q_EMIT hint->actionTriggered(0);
        QCOMPARE(param(document, node, "allowed_lateness"), Json("7s"));
        form.setAdvice({});
        QVERIFY(!hint->isVisible());
    }

    void resultColumnsAreNamed() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId node = document.addNodeBehind(
            templateOf("window_aggregate",
                       {{"size", "10s"}, {"keys", {"id"}}, {"aggregates", {"AVG(load) AS mean"}}}),
            {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        const auto names = [&] {
            QStringList all;
            const auto* results = form.findChild<ResultColumns*>();
            for (const Chip* chip : results->findChildren<Chip*>()) all << chip->text();
            return all;
        };
        QTRY_COMPARE(names(), QStringList({"window_start", "window_end", "window_time", "id", "mean"}));
        QVERIFY(says(form, QStringLiteral("ts")));  // the time column
    }

    void whereLateRowsGoIsSaid() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QVERIFY(says(form, QStringLiteral("only counted; the port “late” has no wire")));
        const NodeId taker = document.addNodeBehind(templateOf("table_view"), {300, 0}, {node, "late"});
        document.setTitle(taker, QStringLiteral("Too late"));
        QTRY_VERIFY(says(form, QStringLiteral("sent to “Too late”")));
        const auto icon = [&] {
            for (const QLabel* label : form.findChild<FormFact*>()->findChildren<QLabel*>()) {
                if (!label->pixmap(Qt::ReturnByValue).isNull())
                    return label->pixmap(Qt::ReturnByValue).toImage();
            }
            return QImage();
        };
        const QImage dark = icon();
        QVERIFY(!dark.isNull());
        Theme::of().apply({.mode = ThemeMode::Light});
        QVERIFY(icon() != dark);
        Theme::of().apply({.mode = ThemeMode::Dark});
    }

    void aClickOnAColumnPutsItsNameIn() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId node = document.addNodeBehind(templateOf("filter"), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        auto* columns = form.findChild<InputColumns*>();
        QVERIFY(columns);
        auto* list = columns->findChild<QTreeWidget*>();
        QTRY_COMPARE(list->topLevelItemCount(), 3);
        Q_EMIT list->itemClicked(list->topLevelItem(1), 0);
        auto* condition = form.findChild<ExpressionEdit*>(QStringLiteral("input_condition"));
        QCOMPARE(condition->toPlainText(), QStringLiteral("load"));
    }

    void aMistakeIsSaidUnderItsFieldAndFixed() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId node = document.addNodeBehind(templateOf("filter"), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.resize(340, 600);
        form.show();
        form.setNode(node);
        const auto visibleHint = [&]() -> HintBox* {
            for (HintBox* box : form.findChildren<HintBox*>()) {
                if (box->isVisible() && box->accessibleName().contains(QStringLiteral("No column “lod”")))
                    return box;
            }
            return nullptr;
        };
        auto* condition = form.findChild<ExpressionEdit*>(QStringLiteral("input_condition"));
        QTest::keyClicks(condition, QStringLiteral("lod > 0.2"));
        QTRY_VERIFY(visibleHint());
        QCOMPARE(visibleHint()->kind(), HintBox::Kind::Error);
        Q_EMIT visibleHint()->actionTriggered(0);
        QCOMPARE(param(document, node, "condition"), Json("load > 0.2"));
        QTRY_VERIFY(!visibleHint());
    }

    void aggregatesAreATable() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId node = document.addNodeBehind(
            templateOf("window_aggregate",
                       {{"size", "10s"}, {"keys", {"id"}}, {"aggregates", {"COUNT(*) AS n"}}}),
            {300, 0}, {source, "out"});
        ParamForm form(document);
        form.resize(340, 800);
        form.show();
        form.setNode(node);
        QTRY_VERIFY(document.isValidated());
        auto* add = form.findChild<QPushButton*>(QStringLiteral("input_aggregates"));
        QVERIFY(add);
        QTest::mouseClick(add, Qt::LeftButton);  // of the numbers, not the key
        QCOMPARE(param(document, node, "aggregates"), Json({"COUNT(*) AS n", "AVG(load) AS avg_load"}));

        const auto rows = form.findChildren<AggregateRow*>();
        QCOMPARE(rows.size(), 2);
        auto* function = rows[0]->findChild<QComboBox*>();
        function->setFocus();
        QTest::keyClicks(function, QStringLiteral("MAX"));  // a star makes no sense there
        QCOMPARE(param(document, node, "aggregates"),
                 Json({"MAX(load) AS max_load", "AVG(load) AS avg_load"}));

        const auto cells = rows[1]->findChildren<ExpressionEdit*>();
        QCOMPARE(cells[1]->accessibleName(), QStringLiteral("Result name"));
        cells[1]->selectAll();
        QTest::keyClicks(cells[1], QStringLiteral("mean"));
        QTest::keyClick(cells[1], Qt::Key_Return);
        cells[0]->selectAll();
        QTest::keyClicks(cells[0], QStringLiteral("lod"));
        QTest::keyClick(cells[0], Qt::Key_Return);  // a chosen name stays
        QCOMPARE(param(document, node, "aggregates"), Json({"MAX(load) AS max_load", "AVG(lod) AS mean"}));
        QTRY_COMPARE(cells[0]->property("state").toString(), QStringLiteral("error"));
        QCOMPARE(cells[1]->property("state").toString(), QString());

        QTest::mouseClick(rows[0]->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(param(document, node, "aggregates"), Json::array({"AVG(lod) AS mean"}));
    }

    void whatHasNoCellsIsALineOfSql() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(
            templateOf("window_aggregate", {{"aggregates", {"MAX(x) FILTER (WHERE ok) AS best"}}}), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QVERIFY(QTest::qWaitForWindowActive(&form, 30'000));
        auto* row = form.findChild<AggregateRow*>();
        auto* line = row->findChildren<ExpressionEdit*>().last();
        auto* function = row->findChild<QComboBox*>();
        QVERIFY(line->isVisible() && !function->isVisible());
        QCOMPARE(line->toPlainText(), QStringLiteral("MAX(x) FILTER (WHERE ok) AS best"));
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("MIN(x) AS k"));
        QTest::keyClick(line, Qt::Key_Tab);
        QCOMPARE(param(document, node, "aggregates"), Json::array({"MIN(x) AS k"}));
        QTRY_VERIFY(function->isVisible());  // cells can say it now
        QCOMPARE(function->currentText(), QStringLiteral("MIN"));
        function->setFocus();
        QTest::keyClick(function, Qt::Key_End);  // “Write as SQL…”
        QVERIFY(line->isVisible());
        QCOMPARE(form.focusWidget(), line);
        QCOMPARE(param(document, node, "aggregates"), Json::array({"MIN(x) AS k"}));
    }

    void listsAddAndRemoveLines() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId node = document.addNodeBehind(
            templateOf("select", {{"columns", {"id", "load * 2 AS twice"}}}), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QCOMPARE(field(form, "columns")->findChildren<ExpressionEdit*>().size(), 2);
        auto* add = form.findChild<QPushButton*>(QStringLiteral("input_columns"));
        QVERIFY(add);
        QCOMPARE(add->accessibleName(), QStringLiteral("Columns: ") + add->text());
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(param(document, node, "columns").size(), std::size_t{3});
        document.undoStack().undo();
        QTRY_COMPARE(field(form, "columns")->findChildren<ExpressionEdit*>().size(), 2);
        for (auto* button : field(form, "columns")->findChildren<QToolButton*>()) {
            if (button->accessibleName() != QLatin1String("Remove this line")) continue;
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
        QCOMPARE(param(document, node, "columns"), Json::array({"load * 2 AS twice"}));
    }
};

QTEST_MAIN(TestParamForm)
#include "test_param_form.moc"

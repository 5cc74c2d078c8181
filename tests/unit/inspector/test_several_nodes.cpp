// Several nodes selected: one form for what they share. Values that differ are said to, one that is given
// there is set in all of them in one step, and what only one node can have is not offered.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/several_form.h"
#include "widgets/inspector/several_nodes.h"
#include "widgets/inspector/several_page.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestSeveralNodes : public QObject {
    Q_OBJECT
    const Catalogue m_catalogue = builtin();

    static NodeId add(PipelineDocument& document, const std::string& type, Json params = Json::object()) {
        NodeTemplate made;
        made.type = type;
        made.params = std::move(params);
        return document.addNode(made, {0, 0});
    }
    static Json param(const PipelineDocument& document, const NodeId& node, const char* name) {
        return document.pipeline().find(node)->params.value(name, Json());
    }
    template <class T>
    static T* in(const QWidget& form, const char* name) {
        return form.findChild<T*>(QLatin1String(name));
    }
    static void type(QLineEdit* edit, const QString& text) {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    /// Two windows of 5 s and 1 min.
    static std::vector<NodeId> windows(PipelineDocument& document) {
        return {add(document, "window_aggregate", {{"window", "tumble"}, {"size", "5s"}, {"keys", {"a"}}}),
                add(document, "window_aggregate", {{"window", "hop"}, {"size", "1min"}, {"keys", {"b"}}})};
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void theTitleSaysHowManyOfWhat() {
        PipelineDocument document(m_catalogue);
        std::vector<NodeId> nodes = windows(document);
        nodes.push_back(add(document, "window_aggregate"));
        SeveralPage page(document);
        page.setNodes(nodes);
        QCOMPARE(in<QLabel>(page, "severalTitle")->text(), QStringLiteral("3 window aggregates"));
        nodes.push_back(add(document, "select"));
        nodes.push_back(add(document, "select"));
        nodes.push_back(add(document, "csv_sink"));
        nodes.push_back(add(document, "csv_sink"));
        page.setNodes(nodes);
        QCOMPARE(in<QLabel>(page, "severalTitle")->text(), QStringLiteral("7 nodes"));
        QCOMPARE(in<QLabel>(page, "severalList")->text(),
                 QStringLiteral("3 window aggregates, 2 Select nodes, 2 CSV files"));
    }

    void valuesThatDifferAreSaidToAndSetInOneStep() {
        PipelineDocument document(m_catalogue);
        const std::vector<NodeId> nodes = windows(document);
        SeveralForm form(document);
        form.show();
        form.setNodes(nodes);
        auto* size = in<QLineEdit>(form, "input_size");
        QVERIFY(size->text().isEmpty());
        QCOMPARE(size->placeholderText(), QStringLiteral("Several values"));
        QCOMPARE(size->property("state").toString(), QString());  // not red
        auto* window = in<SegmentedControl>(form, "input_window");
        QCOMPARE(window->currentIndex(), -1);

        const int before = document.undoStack().index();
        type(size, QStringLiteral("7"));
        type(size, QStringLiteral("72"));  // the same field once more: the step grows
        QCOMPARE(document.undoStack().index(), before + 1);
        for (const NodeId& node : nodes)
            QVERIFY(param(document, node, "size").get<std::string>().starts_with("72"));
        QCOMPARE(size->text(), QStringLiteral("72"));
        QVERIFY(document.undoStack().undoText().contains(QLatin1String("2 window aggregates")));
        document.undoStack().undo();
        QCOMPARE(param(document, nodes[0], "size"), Json("5s"));
        QCOMPARE(param(document, nodes[1], "size"), Json("1min"));
        QCOMPARE(size->placeholderText(), QStringLiteral("Several values"));
    }

    void leftEmptyNothingChanges() {
        PipelineDocument document(m_catalogue);
        const std::vector<NodeId> nodes = windows(document);
        SeveralForm form(document);
        form.show();
        form.setNodes(nodes);
        const int before = document.undoStack().index();
        auto* size = in<QLineEdit>(form, "input_size");
        type(size, QStringLiteral(" "));
        size->clear();
        QTest::keyClicks(size, QStringLiteral("1"));
        QTest::keyClick(size, Qt::Key_Backspace);
        QTest::keyClick(size, Qt::Key_Return);
        form.setNodes({});
        QCOMPARE(document.undoStack().index(), before);
    }

    void theSameAmountInAnotherUnitIsTheSame() {
        PipelineDocument document(m_catalogue);
        const NodeId a = add(document, "window_aggregate", {{"size", "60s"}});
        const NodeId b = add(document, "window_aggregate", {{"size", "1min"}});
        SeveralForm form(document);
        form.setNodes({a, b});
        QCOMPARE(in<QLineEdit>(form, "input_size")->text(), QStringLiteral("1"));
    }

    void listsThatDifferAreLeftToOneNode() {
        PipelineDocument document(m_catalogue);
        const std::vector<NodeId> nodes = windows(document);
        SeveralForm form(document);
        form.show();
        form.setNodes(nodes);
        QVERIFY(!in<ParamField>(form, "field_keys")->isVisible());
        QVERIFY(in<QLabel>(form, "instead_keys")->isVisible());
        QVERIFY(in<QLabel>(form, "instead_keys")->text().contains(QLatin1String("Several values")));
        document.setParam(nodes[1], "keys", {"a"});
        QVERIFY(in<ParamField>(form, "field_keys")->isVisible());
        QVERIFY(!in<QLabel>(form, "instead_keys")->isVisible());
    }

    void aFileToWriteIsANodesOwn() {
        PipelineDocument document(m_catalogue);
        SeveralForm form(document);
        form.show();
        form.setNodes({add(document, "csv_sink", {{"path", "a.csv"}}), add(document, "csv_sink")});
        QVERIFY(!in<ParamField>(form, "field_path")->isVisible());
        QVERIFY(in<QLabel>(form, "instead_path")->isVisible());
    }

    void ofOtherTypesWhatAllShare() {
        PipelineDocument document(m_catalogue);
        const NodeId rows = add(document, "rows", {{"watermark_delay", "1s"}});
        const NodeId computer = add(document, "csv_source", {{"watermark_delay", "2s"}});
        SeveralForm form(document);
        form.show();
        form.setNodes({rows, computer});
        QVERIFY(in<ParamField>(form, "field_watermark_delay") != nullptr);
        QVERIFY(in<ParamField>(form, "field_rows") == nullptr);
        type(in<QLineEdit>(form, "input_watermark_delay"), QStringLiteral("4"));
        QCOMPARE(param(document, rows, "watermark_delay"), param(document, computer, "watermark_delay"));
        form.setNodes({rows, add(document, "union")});
        QVERIFY(in<QLabel>(form, "sharesNothing") != nullptr);
    }

    void yesAndNo() {
        PipelineDocument document(m_catalogue);
        const NodeId a = add(document, "csv_sink", {{"header", true}}),
                     b = add(document, "csv_sink", {{"header", false}});
        SeveralForm form(document);
        form.show();
        form.setNodes({a, b});
        auto* box = in<QCheckBox>(form, "input_header");
        QVERIFY(box != nullptr);
        QCOMPARE(box->checkState(), Qt::PartiallyChecked);
        box->click();
        QCOMPARE(box->checkState(), Qt::Checked);
        QCOMPARE(param(document, a, "header"), param(document, b, "header"));
        box->click();
        QCOMPARE(box->checkState(), Qt::Unchecked);
    }

    // Every field of every type can be shown for two nodes that differ, and takes nothing by itself.
    void everyTypeTwice() {
        for (const NodeKind& kind : m_catalogue.kinds()) {
            PipelineDocument document(m_catalogue);
            const NodeId a = add(document, kind.type), b = add(document, kind.type);
            for (const ParamSpec& spec : kind.params) {
                if (spec.kind == ParamKind::String) document.setParam(b, spec.name, "other");
                if (spec.kind == ParamKind::Duration) document.setParam(b, spec.name, "17s");
                if (spec.kind == ParamKind::ColumnName) document.setParam(b, spec.name, "column");
                if (spec.kind == ParamKind::Choice)
                    document.setParam(b, spec.name, spec.choices.back().value);
                if (spec.kind == ParamKind::Connection) document.setParam(b, spec.name, "there");
            }
            const Pipeline before = document.pipeline();
            SeveralForm form(document);
            form.show();
            form.setNodes({a, b});
            for (auto* edit : form.findChildren<QLineEdit*>()) {
                edit->setFocus();
                QTest::keyClick(edit, Qt::Key_Return);
            }
            form.setNodes({});
            QVERIFY2(document.pipeline() == before, kind.type.c_str());
        }
    }

    void nodesThatGoAreForgotten() {
        PipelineDocument document(m_catalogue);
        const std::vector<NodeId> nodes = windows(document);
        SeveralPage page(document);
        page.show();
        page.setNodes(nodes);
        document.remove({nodes[0]});
        page.setNodes(document.selection().nodes());
        document.startEmpty();
        QVERIFY(in<ParamField>(page, "field_size") == nullptr);
    }
};

QTEST_MAIN(TestSeveralNodes)
#include "test_several_nodes.moc"

// Forms come from declarations: every parameter of every node has a field, edits reach the document as JSON,
// and what is wrong stands under its field with a mend.
#include <QComboBox>
#include <QLineEdit>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

NodeTemplate templateOf(const std::string& type, Json params = Json::object()) {
    NodeTemplate made;
    made.type = type;
    made.params = std::move(params);
    return made;
}

const Json kRows = {{"columns", {"id INT", "load DOUBLE", "ts TIMESTAMP(3)"}},
                    {"rows", {{1, 0.5, "2024-03-01 12:00:00"}}},
                    {"event_time", "ts"}};

}  // namespace

class TestParamForm : public QObject {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

    ParamField* field(ParamForm& form, const char* param) {
        return form.findChild<ParamField*>(QStringLiteral("field_") + QLatin1String(param));
    }
    Json param(const PipelineDocument& document, const NodeId& node, const char* name) {
        const Json& params = document.pipeline().find(node)->params;
        return params.contains(name) ? params[name] : Json();
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void everyParameterOfEveryNodeHasAField() {
        PipelineDocument document(m_catalogue);
        ParamForm form(document);
        form.show();
        for (const NodeKind& kind : m_catalogue.kinds()) {
            const NodeId node = document.addNode(templateOf(kind.type), {0, 0});
            form.setNode(node);
            for (const ParamSpec& spec : kind.params) {
                QVERIFY2(field(form, spec.name.c_str()), (kind.type + "." + spec.name).c_str());
            }
        }
    }

    void showingANodeChangesNothing() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("rows", kRows), {0, 0});
        const Pipeline before = document.pipeline();
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QTRY_VERIFY(document.isValidated());
        QTest::qWait(50);
        QVERIFY(document.pipeline() == before);
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

    void choicesShowOnlyWhatApplies() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode(templateOf("window_aggregate"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QVERIFY(field(form, "size")->isVisible());
        QVERIFY(!field(form, "gap")->isVisible());
        auto* segments = field(form, "window")->findChild<SegmentedControl*>();
        QVERIFY(segments);
        Q_EMIT segments->chosen(2);
        QCOMPARE(param(document, node, "window"), Json("session"));
        QVERIFY(field(form, "gap")->isVisible());
        QVERIFY(!field(form, "size")->isVisible());
    }

    void listsAddAndRemoveLines() {
        PipelineDocument document(m_catalogue);
        const NodeId source = document.addNode(templateOf("rows", kRows), {0, 0});
        const NodeId node = document.addNodeBehind(
            templateOf("select", {{"columns", {"id", "load * 2 AS twice"}}}), {300, 0}, {source, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QCOMPARE(field(form, "columns")->findChildren<ExpressionEdit*>().size(), 2);
        auto* add = form.findChild<QPushButton*>(QStringLiteral("input_columns"));
        QVERIFY(add);
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(param(document, node, "columns").size(), std::size_t{3});
        document.undoStack().undo();
        QTRY_COMPARE(field(form, "columns")->findChildren<ExpressionEdit*>().size(), 2);
    }
};

QTEST_MAIN(TestParamForm)
#include "test_param_form.moc"

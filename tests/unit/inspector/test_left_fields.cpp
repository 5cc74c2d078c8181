// The text of a field that is left in an unusual way.
#include <QtTest>
#include <QtWidgets>
#include <memory>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestLeftFields : public QObject {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    // A file that is read again has nodes of the same names.
    void whatIsTypedGoesWithItsDocument() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.rill"));
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode({"filter", Json{{"condition", "a > 1"}}}, {0, 0});
        QVERIFY(document.saveAs(path).ok());
        ParamForm form(document);
        form.show();
        form.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&form, 30'000));
        form.setNode(node);
        auto* condition = form.findChild<ExpressionEdit*>(QStringLiteral("input_condition"));
        condition->setFocus();
        QTest::keyClicks(condition, QStringLiteral("b"));
        QVERIFY(document.open(path).ok());
        QCOMPARE(document.pipeline().find(node)->params["condition"], Json("a > 1"));
        QVERIFY(!document.undoStack().canUndo());
    }

    // Where an empty text may be meant, so may a blank: fields of CSV can lie between blanks.
    void blanksStandForTheDefaultAsNoTextDoes() {
        const auto typed = [](ParamKind kind, Json byDefault) {
            const ParamSpec spec = makeParam("text", kind, {}, {}, std::move(byDefault));
            const std::unique_ptr<ParamField> field(makeParamField(spec));
            Json told = "nothing was told";
            connect(field.get(), &ParamField::edited, field.get(),
                    [&told](const Json& value) { told = value; });
            auto* line = field->findChild<QLineEdit*>();
            line->clear();
            QTest::keyClicks(line, QStringLiteral(" "));
            QTest::keyClick(line, Qt::Key_Return);
            return told;
        };
        QCOMPARE(typed(ParamKind::String, nullptr), Json());
        QCOMPARE(typed(ParamKind::InputPath, nullptr), Json());
        QCOMPARE(typed(ParamKind::OutputPath, nullptr), Json());
        QCOMPARE(typed(ParamKind::Duration, nullptr), Json());
        QCOMPARE(typed(ParamKind::Integer, nullptr), Json());
        QCOMPARE(typed(ParamKind::Character, ","), Json(" "));
    }

    // Its base class takes the focus from the line; by then nothing of the field is whole.
    void aFieldThatGoesTellsNobody() {
        const ParamSpec spec = makeParam("title", ParamKind::String, {}, {}, "");
        std::unique_ptr<ParamField> field(makeParamField(spec));
        field->show();
        field->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(field.get(), 30'000));
        auto* line = field->findChild<QLineEdit*>();
        line->setFocus();
        QTest::keyClicks(line, QStringLiteral("b"));
        int told = 0;
        connect(field.get(), &ParamField::edited, this, [&told] { ++told; });
        field.reset();
        QCOMPARE(told, 0);
    }
};

QTEST_MAIN(TestLeftFields)
#include "test_left_fields.moc"

// A column that is renamed in a field: nodes behind follow when the field is left, in the same step, and can
// be taken back alone.
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/editing/rename_follower.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/renamed_bar.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestRenamedColumns : public QObject {
    Q_OBJECT
    const Catalogue m_catalogue = builtin();

    /// “orders” into “keep” into “out”.
    struct Opened {
        explicit Opened(const Catalogue& catalogue) : document(catalogue) {
            const Json rows = Json::array({Json::array({"a", 1})});
            orders = add("rows", {{"columns", {"city STRING", "price DOUBLE"}}, {"rows", rows}});
            keep = add("filter", {{"condition", "city = 'a'"}});
            out = add("table_view", Json::object());
            document.connectPorts({orders, "out"}, {keep, "in"});
            document.connectPorts({keep, "out"}, {out, "in"});
        }
        NodeId add(const std::string& type, Json params) {
            NodeTemplate made;
            made.type = type;
            made.params = std::move(params);
            return document.addNode(made, {0, 0});
        }
        Json param(const NodeId& node, const char* name) const {
            return document.pipeline().find(node)->params.value(name, Json());
        }
        PipelineDocument document;
        NodeId orders, keep, out;
    };

    static ExpressionEdit* line(ParamForm& form, int number) {
        auto* field = form.findChild<ParamField*>(QStringLiteral("field_columns"));
        return field->findChildren<ExpressionEdit*>().value(number);
    }
    /// Letter by letter, each told to the document.
    static void type(ExpressionEdit* edit, const QString& text) {
        edit->setFocus();
        edit->selectAll();
        for (const QChar letter : text) {
            QTest::keyClick(edit, letter.toLatin1());
            QTest::qWait(5);
        }
        QTRY_COMPARE(edit->toPlainText(), text);
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void nodesBehindFollowWhenTheFieldIsLeft() {
        Opened opened(m_catalogue);
        PipelineDocument& document = opened.document;
        ParamForm form(document);
        RenamedBar bar(document, form.renames());
        form.resize(400, 600);
        form.setNode(opened.orders);
        form.show();
        QVERIFY(QTest::qWaitForWindowActive(&form, 30'000));
        QTRY_VERIFY(document.isValidated());
        const int before = document.undoStack().index();
        type(line(form, 0), QStringLiteral("town STRING"));
        QTRY_COMPARE(opened.param(opened.orders, "columns")[0], Json("town STRING"));  // the keys rest
        QCOMPARE(opened.param(opened.keep, "condition"), Json("city = 'a'"));
        line(form, 1)->setFocus();
        QCOMPARE(opened.param(opened.keep, "condition"), Json("town = 'a'"));
        QCOMPARE(document.undoStack().index(), before + 1);
        QVERIFY(!bar.isHidden());
        QVERIFY(!bar.findChildren<QLabel*>().isEmpty());

        document.undoStack().undo();
        QCOMPARE(opened.param(opened.orders, "columns")[0], Json("city STRING"));
        QCOMPARE(opened.param(opened.keep, "condition"), Json("city = 'a'"));
        QVERIFY(bar.isHidden());
        document.undoStack().redo();
        QCOMPARE(opened.param(opened.keep, "condition"), Json("town = 'a'"));
    }

    void whatFollowedCanBeTakenBackAlone() {
        Opened opened(m_catalogue);
        PipelineDocument& document = opened.document;
        RenameFollower renames(document);
        RenamedBar bar(document, renames);
        renames.begin(opened.orders);
        document.setParam(opened.orders, "columns", {"town STRING", "price DOUBLE"});
        renames.edited();
        renames.finish();
        QCOMPARE(opened.param(opened.keep, "condition"), Json("town = 'a'"));
        const QList<QPushButton*> links = bar.findChildren<QPushButton*>();
        QCOMPARE(links.size(), 1);
        links.front()->click();
        QCOMPARE(opened.param(opened.orders, "columns")[0], Json("town STRING"));
        QCOMPARE(opened.param(opened.keep, "condition"), Json("city = 'a'"));
        QVERIFY(bar.isHidden());
        renames.undoFollowed();  // there is nothing any more
        document.undoStack().undo();
        QCOMPARE(opened.param(opened.keep, "condition"), Json("town = 'a'"));
    }

    // The name in between is none, and the one after it counts from the first.
    void anErrorInBetweenIsWaitedOut() {
        Opened opened(m_catalogue);
        RenameFollower renames(opened.document);
        const auto edit = [&](Json columns) {
            renames.begin(opened.orders);
            opened.document.setParam(opened.orders, "columns", std::move(columns));
            renames.edited();
            renames.finish();
        };
        edit({"price STRING", "price DOUBLE"});
        QCOMPARE(opened.param(opened.keep, "condition"), Json("city = 'a'"));
        edit({"town STRING", "price DOUBLE"});
        QCOMPARE(opened.param(opened.keep, "condition"), Json("town = 'a'"));
    }

    void aSaveInBetweenMakesTwoSteps() {
        Opened opened(m_catalogue);
        PipelineDocument& document = opened.document;
        RenameFollower renames(document);
        renames.begin(opened.orders);
        document.setParam(opened.orders, "columns", {"town STRING", "price DOUBLE"});
        renames.edited();
        document.undoStack().setClean();
        const int before = document.undoStack().index();
        renames.finish();
        QCOMPARE(document.undoStack().index(), before + 1);
        QVERIFY(!document.undoStack().isClean());
        document.undoStack().undo();
        QVERIFY(document.undoStack().isClean());
        QCOMPARE(opened.param(opened.orders, "columns")[0], Json("town STRING"));
    }

    void whatIsGoneIsNotFollowed() {
        Opened opened(m_catalogue);
        PipelineDocument& document = opened.document;
        RenameFollower renames(document);
        QSignalSpy followed(&renames, &RenameFollower::followed);
        renames.begin(opened.orders);
        document.setParam(opened.orders, "columns", {"town STRING", "price DOUBLE"});
        renames.edited();
        document.remove({opened.orders});
        renames.finish();
        renames.begin(opened.keep);
        document.startEmpty();
        renames.finish();
        QCOMPARE(followed.size(), 0);
    }
};

QTEST_MAIN(TestRenamedColumns)
#include "test_renamed_columns.moc"

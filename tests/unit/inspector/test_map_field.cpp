// Names and values typed in a form: those that reach the document, and unfinished ones that stay.
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>
#include <memory>

#include "widgets/inspector/fields/map_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestMapField : public QObject {
    Q_OBJECT

    const ParamSpec m_spec =
        makeParam("set", ParamKind::StringMap, {"test", "Variables"}, {"test", "Values."}, Json::object());

    static QList<QLineEdit*> edits(const MapField& field) {
        QList<QLineEdit*> shown;
        for (QLineEdit* edit : field.findChildren<QLineEdit*>()) {
            const QWidget* row = edit->parentWidget();
            const bool gone = row->isHidden() && row->testAttribute(Qt::WA_WState_ExplicitShowHide);
            if (!gone) shown << edit;
        }
        return shown;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void showsALineForEachValue() {
        MapField field(m_spec);
        const std::unique_ptr<QWidget> tool(field.headTool());  // a form would have it
        field.setValue(Json::object({{"a", "1"}, {"b", "2"}}));
        QCOMPARE(edits(field).size(), 4);
        QCOMPARE(edits(field)[2]->text(), QStringLiteral("b"));
        field.setValue(Json::object({{"b", "3"}}));
        QCOMPARE(edits(field).size(), 2);
        QCOMPARE(edits(field)[1]->text(), QStringLiteral("3"));
        field.setValue(nullptr);
        QVERIFY(edits(field).isEmpty());
    }

    void tellsWhatWasTyped() {
        MapField field(m_spec);
        field.show();
        auto* add = qobject_cast<QPushButton*>(field.headTool());
        const std::unique_ptr<QWidget> tool(add);  // a form would have it
        std::vector<Json> told;
        connect(&field, &ParamField::edited, this, [&told](const Json& value) { told.push_back(value); });
        add->click();
        QCOMPARE(edits(field).size(), 2);
        QTRY_VERIFY(edits(field)[1]->isVisible());
        QTest::keyClicks(edits(field)[0], QStringLiteral("limit"));
        QTRY_VERIFY(!told.empty());
        QCOMPARE(told.back(), Json::object({{"limit", ""}}));
        field.setValue(told.back());
        QTest::keyClicks(edits(field)[1], QStringLiteral("7"));
        QTRY_COMPARE(told.back(), Json::object({{"limit", "7"}}));
        field.setValue(told.back());
        // A second line of the same name is not finished: it stays, and nothing of it is told.
        add->click();
        QTRY_VERIFY(edits(field)[2]->isVisible());
        QTest::keyClicks(edits(field)[2], QStringLiteral("limit"));
        const std::size_t before = told.size();
        QTRY_VERIFY(told.size() > before);
        QCOMPARE(told.back(), Json::object({{"limit", "7"}}));
        field.setValue(told.back());
        QCOMPARE(edits(field).size(), 4);
    }

    void aLineThatGoesIsNotTold() {
        MapField field(m_spec);
        const std::unique_ptr<QWidget> tool(field.headTool());  // a form would have it
        field.setValue(Json::object({{"a", "1"}}));
        Json told = "nothing";
        connect(&field, &ParamField::edited, this, [&told](const Json& value) { told = value; });
        field.findChild<QToolButton*>()->click();
        QVERIFY(told.is_null());
        QVERIFY(edits(field).isEmpty());
    }
};

QTEST_MAIN(TestMapField)
#include "test_map_field.moc"

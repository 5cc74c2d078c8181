// The field that names a connection: which are offered, and that any name may be typed.
#include <QComboBox>
#include <QLineEdit>
#include <QtTest>

#include "widgets/inspector/fields/connection_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestConnectionField : public QObject {
    Q_OBJECT

    static ParamSpec specOf(bool required) {
        ParamSpec spec = makeParam("connection", ParamKind::Connection, {"test", "Connection"},
                                   {"test", "Where it reads."});
        spec.choices = {{"kafka", {"test", "Kafka"}}};
        spec.required = required;
        return spec;
    }
    const ParamSpec m_spec = specOf(true), m_optional = specOf(false);

    static FieldContext contextOf(std::vector<KnownConnection> known) {
        FieldContext context;
        context.connections = std::make_shared<const KnownConnectionList>(KnownConnectionList{std::move(known)});
        return context;
    }
    static QComboBox& listOf(const ParamField& field) { return *field.findChild<QComboBox*>(); }
    static QStringList offered(const ParamField& field) {
        QStringList names;
        for (int row = 0; row < listOf(field).count(); ++row) names << listOf(field).itemText(row);
        return names;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void offersThoseThatFit() {
        const std::unique_ptr<ParamField> field(makeParamField(m_spec));
        field->setContext(contextOf({{"shop", "kafka"}, {"db", "postgresql"}, {"logs", "kafka"}}));
        QCOMPARE(offered(*field), QStringList({"shop", "logs"}));
        field->setValue("elsewhere");
        QCOMPARE(listOf(*field).currentText(), QStringLiteral("elsewhere"));
        // Others come and go; the text in the field stays.
        field->setContext(contextOf({{"logs", "kafka"}}));
        QCOMPARE(offered(*field), QStringList({"logs"}));
        QCOMPARE(listOf(*field).currentText(), QStringLiteral("elsewhere"));
        field->setContext(FieldContext{});
        QVERIFY(offered(*field).isEmpty());
        QCOMPARE(listOf(*field).currentText(), QStringLiteral("elsewhere"));
    }

    void tellsWhatIsChosenOrTyped() {
        const std::unique_ptr<ParamField> field(makeParamField(m_spec));
        field->setContext(contextOf({{"shop", "kafka"}, {"logs", "kafka"}}));
        std::vector<Json> told;
        connect(field.get(), &ParamField::edited, this,
                [&told](const Json& value) { told.push_back(value); });
        field->setValue("logs");
        QCOMPARE(listOf(*field).currentIndex(), 1);
        QVERIFY(told.empty());  // it was not edited
        listOf(*field).setCurrentIndex(0);
        Q_EMIT listOf(*field).activated(0);
        QCOMPARE(told.back(), Json("shop"));
        QLineEdit& edit = *listOf(*field).lineEdit();
        edit.clear();
        QTest::keyClicks(&edit, QStringLiteral(" ${where} "));
        QTest::keyClick(&edit, Qt::Key_Return);
        QCOMPARE(told.back(), Json("${where}"));
        edit.clear();
        QTest::keyClick(&edit, Qt::Key_Return);
        QVERIFY(told.back().is_null());
    }

    void saysWhatIsNeeded() {
        const std::unique_ptr<ParamField> needed(makeParamField(m_spec)),
            optional(makeParamField(m_optional));
        QCOMPARE(listOf(*needed).lineEdit()->placeholderText(), QStringLiteral("Choose a connection"));
        QCOMPARE(listOf(*optional).lineEdit()->placeholderText(), QStringLiteral("None"));
        Issue wrong;
        wrong.severity = Severity::Error;
        needed->setIssues({wrong});
        QCOMPARE(listOf(*needed).property("state").toString(), QStringLiteral("error"));
        needed->setIssues({});
        QCOMPARE(listOf(*needed).property("state").toString(), QString());
    }
};

QTEST_MAIN(TestConnectionField)
#include "test_connection_field.moc"

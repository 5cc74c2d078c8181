// The field that names several connections: a box for each word, each that fits, and each that is named.
#include <QCheckBox>
#include <QtTest>

#include "widgets/inspector/fields/connections_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestConnectionsField : public QObject {
    Q_OBJECT

    static ParamSpec specOf() {
        ParamSpec spec =
            makeParam("to", ParamKind::Connections, {"test", "Deliver to"}, {"test", "Who is told."});
        spec.words = {{"panel", {"test", "Panel"}}, {"desktop", {"test", "Desktop"}}};
        spec.choices = {{"http", {"test", "HTTP"}}};
        spec.defaultValue = Json::array({"panel"});
        return spec;
    }
    const ParamSpec m_spec = specOf();

    static FieldContext contextOf(std::vector<KnownConnection> known) {
        FieldContext context;
        context.connections =
            std::make_shared<const KnownConnectionList>(KnownConnectionList{std::move(known)});
        return context;
    }
    static QStringList shown(const ParamField& field) {
        QStringList boxes;
        for (const QCheckBox* box : field.findChildren<QCheckBox*>()) {
            if (!box->isHidden()) boxes << (box->isChecked() ? QStringLiteral("+") : QString()) + box->text();
        }
        return boxes;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void offersWordsThoseThatFitAndThoseThatAreNamed() {
        const std::unique_ptr<ParamField> field(makeParamField(m_spec));
        field->setContext(contextOf({{"ops-hook", "http"}, {"db", "postgresql"}}));
        field->setValue(nullptr);
        QCOMPARE(shown(*field), QStringList({"+Panel", "Desktop", "ops-hook"}));
        field->setValue(Json::array({"panel", "elsewhere"}));
        QCOMPARE(shown(*field), QStringList({"+Panel", "Desktop", "ops-hook", "+elsewhere"}));
        field->setContext(FieldContext{});
        QCOMPARE(shown(*field), QStringList({"+Panel", "Desktop", "+elsewhere"}));
    }

    void tellsWhatIsChosen() {
        const std::unique_ptr<ParamField> field(makeParamField(m_spec));
        field->setContext(contextOf({{"ops-hook", "http"}}));
        field->setValue(Json::array({"panel", "gone"}));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);  // boxes of the value before
        std::vector<Json> told;
        connect(field.get(), &ParamField::edited, this, [&](const Json& value) {
            told.push_back(value);
            field->setValue(value);  // as the document does
        });
        field->findChild<QCheckBox*>(QStringLiteral("to_ops-hook"))->click();
        QCOMPARE(told.back(), Json::array({"panel", "ops-hook", "gone"}));
        field->findChild<QCheckBox*>(QStringLiteral("to_gone"))->click();
        QCOMPARE(told.back(), Json::array({"panel", "ops-hook"}));
        QCOMPARE(shown(*field), QStringList({"+Panel", "Desktop", "+ops-hook"}));
    }
};

QTEST_MAIN(TestConnectionsField)
#include "test_connections_field.moc"

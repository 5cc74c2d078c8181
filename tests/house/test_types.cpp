// The compiler reports code that depends on the type of a value and does not handle a new one.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/type_rules.h"

using namespace rw::house;

class TestTypes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nobodySwitchesOnTypeId() {
        QStringList breaches;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            if (file.path.startsWith(QLatin1String("core/data/"))) continue;
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString found = switchesOnType(file.lines[i]);
                if (!found.isEmpty()) breaches << at(file.path, i + 1, found);
            }
        }
        QVERIFY2(breaches.isEmpty(),
                 qPrintable(breaches.join(QLatin1Char('\n')) +
                            QLatin1String("\nUse visitType() of core/data/visit_type.h: it does not compile "
                                          "where a type is forgotten.")));
    }

    void aSwitchOnTypeIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* line, bool refused) {
            QTest::newRow(line) << QString::fromUtf8(line) << refused;
        };
        row("        case TypeId::Int:", true);
        row("    case rw::TypeId::Null: return {};", true);
        row("switch (id) { case  TypeId::Date: break; }", true);
        row("if (type.is(TypeId::Int)) return 4;", false);
        row("[&](types::Int) { return 4; },", false);
        row("case Kind::Number:", false);
        row("// not with case TypeId::Int:", false);
    }

    void aSwitchOnTypeIsRecognised() {
        QFETCH(QString, line);
        QTEST(!switchesOnType(line).isEmpty(), "refused");
    }
};

QTEST_APPLESS_MAIN(TestTypes)
#include "test_types.moc"

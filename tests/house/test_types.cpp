// The compiler reports code that depends on the type of a value and does not handle a new one. No two types
// have one name.
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

    void noTwoTypesHaveOneName() {
        QMap<QString, QStringList> files;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (const QString& type : definedTypes(file.lines)) files[type] << file.path;
        }
        QVERIFY(files.size() > 1'000);
        QStringList breaches;
        for (auto type = files.cbegin(); type != files.cend(); ++type) {
            if (type->size() > 1) breaches << type.key() + QLatin1String(": ") + type->join(u' ');
        }
        QVERIFY2(breaches.isEmpty(),
                 qPrintable(breaches.join(QLatin1Char('\n')) +
                            QLatin1String("\nGive one of them another name, or put it into a namespace "
                                          "without a name: the linker takes one for the other.")));
    }

    void aDefinitionIsRecognised_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("types");
        const auto row = [](const char* text, const char* types) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(types);
        };
        row("namespace rw {\nstruct Rows {", "rw::Rows");
        row("namespace rw::ui {\nclass Panel final : public QWidget {\n};\n}  // namespace rw::ui\nstruct "
            "Own {",
            "rw::ui::Panel");
        row("namespace rw {\nclass Task : public Base,", "rw::Task");
        row("namespace rw {\nenum class Kind { One, Two };\nunion Cell {", "rw::Kind rw::Cell");
        row("namespace rw {\nnamespace net {\nstruct Peer {\n}  // namespace net\nstruct Run {",
            "rw::net::Peer rw::Run");
        row("namespace rw {\nnamespace {\nstruct Asked {\n}  // namespace\nstruct Answer {", "rw::Answer");
        row("namespace rw {\nclass Run;\nstruct Plan;  // planning/plan.h", "");
        row("namespace rw {\nclass HttpClient::Impl {\n    struct Inner {", "");
        row("namespace rw {\nclass Task:\nclass Columns(dict):", "");  // Python
    }

    void aDefinitionIsRecognised() {
        QFETCH(QString, text);
        QTEST(definedTypes(text.split(u'\n')).join(u' '), "types");
    }
};

QTEST_APPLESS_MAIN(TestTypes)
#include "test_types.moc"

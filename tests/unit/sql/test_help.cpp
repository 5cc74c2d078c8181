// The help page on SQL names every function, as it is written and (in English) as the registry explains it.
#include <QFile>
#include <QtTest/QtTest>

#include "core/sql/aggregates/aggregates.h"
#include "core/sql/functions/functions.h"

using namespace rw;
using namespace rw::sql;

class TestHelp : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyFunctionIsExplained_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }
    void everyFunctionIsExplained() {
        QFETCH(QString, language);
        QFile file(QStringLiteral(RILLWRIGHT_SOURCE "/resources/help/%1/sql.md").arg(language));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QStringList lines = QString::fromUtf8(file.readAll()).split('\n');
        const auto explained = [&](std::string_view signature, const Text& help) {
            const QString mark = QStringLiteral("- `%1`").arg(
                QString::fromUtf8(signature.data(), static_cast<int>(signature.size())));
            const QString sentence = QString::fromStdString(english(help));
            return std::any_of(lines.begin(), lines.end(), [&](const QString& line) {
                return language == "en" ? line == mark + ": " + sentence : line.startsWith(mark + "：");
            });
        };
        QVERIFY(scalarFunctions().size() > 60 && aggregateFunctions().size() > 10);
        for (const ScalarFunction& function : scalarFunctions()) {
            QVERIFY2(explained(function.signature, function.help), function.signature.data());
        }
        for (const AggregateInfo& aggregate : aggregateFunctions()) {
            QVERIFY2(explained(aggregate.signature, aggregate.help), aggregate.signature.data());
        }
    }
};

QTEST_APPLESS_MAIN(TestHelp)
#include "test_help.moc"

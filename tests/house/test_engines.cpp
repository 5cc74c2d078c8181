// Only an engine itself may compare engines.
#include <QFileInfo>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/engine_rules.h"

using namespace rw::house;

class TestEngines : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nobodyAsksWhichEngineItIs() {
        QStringList breaches;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (const QString& engine : engineNames()) {
                if (isOfEngine(file.path, engine)) continue;
                for (qsizetype i = 0; i < file.lines.size(); ++i) {
                    const QString named = engineNamedIn(file.lines[i], engine);
                    if (!named.isEmpty())
                        breaches << at(file.path, i + 1,
                                       QStringLiteral("“%1”: ask writerOf() or backendOf(), and give "
                                                      "EngineFacts what they can't tell yet")
                                           .arg(named));
                }
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    void everyEngineHasItsFolders() {
        QVERIFY(engineNames().size() >= 2);
        for (const QString& engine : engineNames()) {
            for (const char* room : {"core/deploy", "core/cluster"}) {
                const QString folder = QStringLiteral("%1/%2").arg(QLatin1String(room), engine.toLower());
                QVERIFY2(QFileInfo(top() + QLatin1Char('/') + folder).isDir(), qPrintable(folder));
            }
        }
    }

    void whatNamesAnEngineIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* line, bool refused) {
            QTest::newRow(line) << QString::fromUtf8(line) << refused;
        };
        row("if (target.engine == Engine::Flink) return;", true);
        row("case Engine::Flink:", true);
        row("const bool flink = isFlinkEnd(state);", true);
        row("if (job->isOfFlink()) return;", true);
        row("return flinkBackend();", true);
        row("text(target->flink.gateway);", true);
        row("if (engine == \"flink\") return;", true);
        row("for (const Engine engine : kEngines) {", false);
        row("backendOf(Engine{}).facts();", false);
        row("// as Engine::Flink does", false);
        row("RW_TEXT(\"cluster\", \"of Flink 2.3\")", false);
        row("if (target.engine == Engine::Spark) return;", false);
    }

    void whatNamesAnEngineIsRecognised() {
        QFETCH(QString, line);
        QTEST(!engineNamedIn(line, QStringLiteral("Flink")).isEmpty(), "refused");
    }

    void anEngineNamesItself() {
        const QString flink = QStringLiteral("Flink"), spark = QStringLiteral("Spark");
        QVERIFY(isOfEngine(QStringLiteral("core/cluster/jobs/flink_run.cpp"), flink));
        QVERIFY(isOfEngine(QStringLiteral("core/deploy/spark/forms.cpp"), spark));
        QVERIFY(isOfEngine(QStringLiteral("core/compare/spark_side.cpp"), spark));
        QVERIFY(!isOfEngine(QStringLiteral("core/deploy/spark/forms.cpp"), flink));
        QVERIFY(!isOfEngine(QStringLiteral("core/cluster/jobs/flink_run.cpp"), spark));
        QVERIFY(!isOfEngine(QStringLiteral("core/cluster/deployment_store.cpp"), flink));
    }
};

QTEST_APPLESS_MAIN(TestEngines)
#include "test_engines.moc"

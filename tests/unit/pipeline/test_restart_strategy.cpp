// The setting “restart” and the same words on the command line: valid values, refused ones with a mend,
// and the default.
#include <QtTest>

#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/restart_strategy.h"

using namespace rw;

using Kind = RestartStrategy::Kind;

class TestRestartStrategy : public QObject {
    Q_OBJECT

    static Settings settingsOf(const Json& restart) {
        Settings settings;
        settings.unknown["restart"] = restart;
        return settings;
    }

 private Q_SLOTS:
    void whatIsWrittenIsRead() {
        const auto read = [](const char* text) {
            const Result<RestartStrategy> parsed = parseRestart(text);
            return parsed.ok() ? *parsed : RestartStrategy{Kind::None, -1, -1, -1, -1};
        };
        QVERIFY(read("none").kind == Kind::None);
        QVERIFY((read("fixed") == RestartStrategy{Kind::Fixed, 1'000, 1'000, 10, 600'000}));
        QVERIFY((read("fixed:5s:3") == RestartStrategy{Kind::Fixed, 5'000, 5'000, 3, 600'000}));
        QVERIFY((read("fixed:5s:unlimited") == RestartStrategy{Kind::Fixed, 5'000, 5'000, 0, 600'000}));
        QVERIFY((read("exponential") == RestartStrategy{Kind::Exponential, 1'000, 60'000, 10, 600'000}));
        QVERIFY((read("exponential:2s:2min:5:1h") ==
                 RestartStrategy{Kind::Exponential, 2'000, 120'000, 5, 3'600'000}));
        // The default for the longest gives way to a longer first one.
        QVERIFY(
            (read("exponential:5min") == RestartStrategy{Kind::Exponential, 300'000, 300'000, 10, 600'000}));
    }

    void whatIsWrongHasAMend_data() {
        QTest::addColumn<QString>("said");
        const QString forms = QStringLiteral(
            "Write one of: none, fixed:DELAY:TRIES, exponential:FIRST:LONGEST:TRIES:CALM; as fixed:5s:3 or "
            "exponential:1s:1min:10:10min.");
        QTest::newRow("fixd:5s") << QStringLiteral("There is no restart strategy “fixd”. Is “fixed” meant?");
        QTest::newRow("whenever") << QStringLiteral("There is no restart strategy “whenever”. ") + forms;
        QTest::newRow("") << QStringLiteral("There is no restart strategy “”. ") + forms;
        QTest::newRow("none:3") << QStringLiteral("“none” says too much. ") + forms;
        QTest::newRow("fixed:5s:3:1") << QStringLiteral("“fixed” says too much. ") + forms;
        QTest::newRow("fixed:0s") << QStringLiteral(
            "A pause of “0s” is not possible. Write one from 1ms to 7d.");
        QTest::newRow("fixed:-5s") << QStringLiteral(
            "A pause of “-5s” is not possible. Write one from 1ms to 7d.");
        QTest::newRow("fixed:8d") << QStringLiteral(
            "A pause of “8d” is not possible. Write one from 1ms to 7d.");
        QTest::newRow("fixed:soon") << QStringLiteral(
            "“soon” is not a duration. Write a whole number and a unit: 500ms, 10s, 5min, 2h or 1d.");
        for (const char* tries : {"0", "-1", "3x", "99999999999", ""}) {
            QTest::newRow(qPrintable(QStringLiteral("fixed:5s:%1").arg(QLatin1String(tries))))
                << QStringLiteral(
                       "“%1” is no number of tries. Write a number from 1 to 1000000, or unlimited.")
                       .arg(QLatin1String(tries));
        }
        QTest::newRow("exponential:1min:1s") << QStringLiteral(
            "The longest pause, 1s, is shorter than the first, 1min. Write the first pause before the "
            "longest.");
    }
    void whatIsWrongHasAMend() {
        QFETCH(QString, said);
        const Result<RestartStrategy> parsed = parseRestart(QTest::currentDataTag());
        QVERIFY(!parsed.ok());
        QCOMPARE(QString::fromStdString(english(parsed.error())), said);
        std::vector<Issue> issues;
        checkSettings(settingsOf(QTest::currentDataTag()), issues);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues.front().param, std::string("restart"));
        QVERIFY(issues.front().severity == Severity::Error);
    }

    void whatIsNoTextIsRefused() {
        for (const Json& value : {Json(3), Json(true), Json(nullptr), Json::object()}) {
            std::vector<Issue> issues;
            checkSettings(settingsOf(value), issues);
            QCOMPARE(issues.size(), std::size_t{1});
        }
    }

    void checkpointsDecideWhereNothingIsSaid() {
        QVERIFY(restartOf({}, false).kind == Kind::None);
        QVERIFY(restartOf({}, true).kind == Kind::Exponential);
        QCOMPARE(restartOf({}, true).tries, 10);
        QVERIFY(restartOf(settingsOf("none"), true).kind == Kind::None);
        QVERIFY(restartOf(settingsOf("fixed"), false).kind == Kind::Fixed);
    }

    void aFileKeepsIt() {
        const Result<Loaded> loaded = loadPipeline(
            R"({ "rill": 1, "settings": { "restart": "fixed:5s:3" }, "nodes": [], "wires": [] })");
        QVERIFY(loaded.ok());
        QVERIFY(loaded->warnings.empty());
        QCOMPARE(restartOf(loaded->pipeline.settings, false).tries, 3);
        QVERIFY(savePipeline(loaded->pipeline).find("\"restart\": \"fixed:5s:3\"") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestRestartStrategy)
#include "test_restart_strategy.moc"

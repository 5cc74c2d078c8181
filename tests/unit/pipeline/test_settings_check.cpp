// Errors in the settings of a pipeline, each time with a way out, and the values of the sizes of memory.
#include <QtTest>

#include "core/base/machine_memory.h"
#include "core/pipeline/checks/settings_check.h"

using namespace rw;

class TestSettingsCheck : public QObject {
    Q_OBJECT

    static std::vector<Issue> issuesOf(const std::string& memoryLimit) {
        std::vector<Issue> issues;
        Settings settings;
        settings.memoryLimit = memoryLimit;
        checkSettings(settings, issues);
        return issues;
    }

 private Q_SLOTS:
    void aSizeIsALimit_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("2GB") << (quint64{2} << 30U);
        QTest::newRow("64 kb") << (quint64{64} << 10U);
        QTest::newRow("1") << quint64{1};
    }
    void aSizeIsALimit() {
        QFETCH(quint64, bytes);
        Settings settings;
        settings.memoryLimit = QTest::currentDataTag();
        QVERIFY(issuesOf(settings.memoryLimit).empty());
        QCOMPARE(quint64{memoryLimitOf(settings)}, bytes);
    }

    void withoutOneThereIsNoLimit() {
        for (const char* nothing : {"", " ", " \t"}) {
            QVERIFY(issuesOf(nothing).empty());
            Settings settings;
            settings.memoryLimit = nothing;
            QCOMPARE(memoryLimitOf(settings), std::uint64_t{0});
        }
    }

    void whatIsNoLimitHasAMend_data() {
        QTest::addColumn<QString>("said");
        const QString noSize = QStringLiteral(
            "Memory limit: “%1” is not a size. Write a whole number and a unit, B, KB, MB, GB or TB: 512MB "
            "or 2GB. 1 GB is "
            "1024 MB, as 1 GiB is 1024 MiB.");
        for (const char* text : {"lots", "-2GB", "1.5GB", "2GB2", "${limit}"})
            QTest::newRow(text) << noSize.arg(QString::fromUtf8(text));
        QTest::newRow("0MB") << QStringLiteral(
            "With a memory limit of 0 no node may keep anything. Write a larger size, or nothing for no "
            "limit.");
        QTest::newRow("9999999999TB") << QStringLiteral(
            "Memory limit: “9999999999TB” is too large for a size. Write at most 8388607TB.");
    }
    void whatIsNoLimitHasAMend() {
        QFETCH(QString, said);
        const std::vector<Issue> issues = issuesOf(QTest::currentDataTag());
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(english(issues.front())), said);
        QVERIFY(issues.front().severity == Severity::Error);
        QCOMPARE(issues.front().param, std::string("memory_limit"));
        QVERIFY(issues.front().node.empty());
    }

    void stateMemoryIsASize_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("512MB") << (quint64{512} << 20U);
        QTest::newRow("1") << quint64{1};
        QTest::newRow("") << quint64{0};
        QTest::newRow(" \t") << quint64{0};
    }
    void stateMemoryIsASize() {
        QFETCH(quint64, bytes);
        Settings settings;
        settings.stateMemory = QTest::currentDataTag();
        std::vector<Issue> issues;
        checkSettings(settings, issues);
        QVERIFY(issues.empty());
        QCOMPARE(quint64{stateMemoryOf(settings)}, bytes);
    }

    void whatIsNoStateMemoryHasAMend_data() {
        QTest::addColumn<QString>("said");
        QTest::newRow("half") << QStringLiteral(
            "State memory: “half” is not a size. Write a whole number and a unit, B, KB, MB, GB or TB: 512MB "
            "or 2GB. 1 GB is 1024 MB, as 1 GiB is 1024 MiB.");
        for (const char* nothing : {"0", "0MB", "00 kb"})
            QTest::newRow(nothing) << QStringLiteral(
                "With a state memory of 0 nothing could be kept in memory. Write a larger size, as 512MB, or "
                "nothing for the usual one.");
        QTest::newRow("9999999999TB") << QStringLiteral(
            "State memory: “9999999999TB” is too large for a size. Write at most 8388607TB.");
    }
    void whatIsNoStateMemoryHasAMend() {
        QFETCH(QString, said);
        Settings settings;
        settings.stateMemory = QTest::currentDataTag();
        settings.memoryLimit = "1GB";  // is not compared with what is no size
        std::vector<Issue> issues;
        checkSettings(settings, issues);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(english(issues.front())), said);
        QVERIFY(issues.front().severity == Severity::Error);
        QCOMPARE(issues.front().param, std::string("state_memory"));
        QVERIFY(issues.front().node.empty());
    }

    void aRunThatEndsBeforeStateGoesToFilesIsWarnedOf() {
        Settings settings;
        settings.memoryLimit = "64MB";
        for (const char* much : {"64MB", "1GB"}) {
            settings.stateMemory = much;
            std::vector<Issue> issues;
            checkSettings(settings, issues);
            QCOMPARE(issues.size(), std::size_t{1});
            QVERIFY(issues.front().severity == Severity::Warning);
            QCOMPARE(issues.front().param, std::string("state_memory"));
            QCOMPARE(QString::fromStdString(english(issues.front())),
                     QStringLiteral("A run ends at its memory limit of 64\u2009MiB before any state goes to "
                                    "files. Write a state memory below the memory limit."));
        }
        for (const char* less : {"65535KB", "1"}) {
            settings.stateMemory = less;
            std::vector<Issue> issues;
            checkSettings(settings, issues);
            QVERIFY(issues.empty());
        }
    }

    void withoutAStateMemoryItIsAQuarterOfTheMachines() {
        QCOMPARE(usualStateMemory(), usableMemory() / 4);
        QVERIFY(usualStateMemory() > 0);
        QCOMPARE(usualStateMemory(0, 3), usableMemory() / 12);
        QCOMPARE(usualStateMemory(1'000, 3), std::uint64_t{500});
    }

    void checkpointsAreKept_data() {
        QTest::addColumn<int>("kept");
        QTest::newRow("1") << 1;
        QTest::newRow("7") << 7;
        QTest::newRow("100") << 100;
    }
    void checkpointsAreKept() {
        QFETCH(int, kept);
        Settings settings;
        QCOMPARE(checkpointsKeptOf(settings), 3);
        settings.unknown["checkpoints_kept"] = Json::parse(QTest::currentDataTag());
        QCOMPARE(checkpointsKeptOf(settings), kept);
        std::vector<Issue> issues;
        checkSettings(settings, issues);
        QVERIFY(issues.empty());
    }

    void whatIsNoNumberOfCheckpointsHasAMend_data() {
        QTest::addColumn<QString>("json");
        for (const char* text : {"0", "-1", "101", "2.0", "2.5", "\"3\"", "\"many\"", "true", "null", "[3]",
                                 "{}", "9223372036854775808", "18446744073709551617", "18446744073709551614"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void whatIsNoNumberOfCheckpointsHasAMend() {
        QFETCH(QString, json);
        Settings settings;
        settings.unknown["checkpoints_kept"] = Json::parse(json.toStdString());
        std::vector<Issue> issues;
        checkSettings(settings, issues);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(english(issues.front())),
                 QStringLiteral("The number of kept checkpoints must be a whole number from 1 to 100. "
                                "Write it as 3, or leave it away."));
        QVERIFY(issues.front().severity == Severity::Error);
        QCOMPARE(issues.front().param, std::string("checkpoints_kept"));
        QCOMPARE(checkpointsKeptOf(settings), 3);
    }
};

QTEST_APPLESS_MAIN(TestSettingsCheck)
#include "test_settings_check.moc"
